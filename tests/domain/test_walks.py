"""What walks count and when one is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.boundaries import MAX_BOUNDARIES
from leaderboard_app.domain.periods import ALL_TIME, Period, PeriodKind
from leaderboard_app.domain.walks import (
    REFRESH,
    SETTLING,
    PastPeriod,
    Tally,
    Walked,
    changed_at,
    is_due,
    rankings_of,
)
from tests.worlds import BOARD, DUBLIN, NOW, OREGON

MARKED = {OREGON: 1, DUBLIN: 2}
DAY = Period.containing(PeriodKind.DAY, NOW)


def walked(
    taken_at: datetime, seen_at: datetime, total: int = 10, period: Period = ALL_TIME
) -> Walked:
    """Return what a walk left whose markers were first seen then."""
    return Walked(PastPeriod(period, (), total, taken_at), MARKED, seen_at)


@given(st.integers(0, 3 * MAX_BOUNDARIES), st.lists(st.integers(1, 700), max_size=40))
def test_every_step_th_place_is_kept_however_the_rows_come(total: int, sizes: list[int]) -> None:
    standings = list(range(total, 0, -1))
    tally, start = Tally(), 0
    for size in [*sizes, total]:
        tally = tally.then(standings[start : start + size])
        start += size
    kept = tally.boundaries(NOW)
    assert kept.total == total
    assert kept.standings == tuple(standings[:: kept.step])
    assert kept.lowest == (1 if total else None)
    assert len(kept.standings) <= MAX_BOUNDARIES
    assert kept.step == 1 or len(kept.standings) >= MAX_BOUNDARIES / 2


def test_what_was_never_walked_is_due() -> None:
    assert is_due(None, {}, NOW)


def test_what_did_not_change_is_not_due() -> None:
    assert not is_due(walked(NOW - timedelta(hours=1), NOW - timedelta(hours=2)), MARKED, NOW)


@pytest.mark.parametrize("markers", [{OREGON: 3, DUBLIN: 2}, {OREGON: 1}, {**MARKED, "new": 1}])
def test_any_regions_new_marker_makes_it_due_whatever_its_time(markers: dict[str, int]) -> None:
    """Also one that was written long ago, and came late: no region's clock is believed."""
    last = walked(NOW - timedelta(minutes=5), NOW - timedelta(hours=2))
    assert is_due(last, markers, NOW)


def test_a_change_is_walked_again_until_all_that_it_stands_for_has_come() -> None:
    seen_at = NOW - SETTLING
    assert is_due(walked(NOW - timedelta(seconds=1), seen_at), MARKED, NOW)
    assert not is_due(walked(NOW, seen_at), MARKED, NOW)


def test_a_ranking_that_takes_submissions_is_walked_once_a_day_without_a_marker() -> None:
    """Should a process have died between an entry and its marker."""
    settled = NOW - timedelta(days=9)
    assert is_due(walked(NOW - REFRESH, settled), MARKED, NOW)
    over = Period.containing(PeriodKind.DAY, NOW - timedelta(days=30))
    assert not is_due(walked(NOW - REFRESH, settled, period=over), MARKED, NOW)


def test_a_large_ranking_rests_between_its_walks() -> None:
    last = walked(NOW - timedelta(minutes=5), NOW, total=1_000_000)
    assert not is_due(last, {OREGON: 9}, NOW)
    assert is_due(last, {OREGON: 9}, NOW + timedelta(minutes=2))


def test_the_time_of_a_change_is_when_this_region_first_saw_it() -> None:
    last = walked(NOW, NOW - timedelta(minutes=3))
    assert changed_at(last, MARKED, NOW) == NOW - timedelta(minutes=3)
    assert changed_at(last, {OREGON: 9}, NOW) == NOW
    assert changed_at(None, {}, NOW) == NOW


def test_the_rankings_are_the_current_ones_and_the_marked_that_are_kept() -> None:
    gone = Period.containing(PeriodKind.DAY, NOW - timedelta(days=400))
    week_ago = Period.containing(PeriodKind.DAY, NOW - timedelta(days=7))
    found = rankings_of(BOARD, [week_ago, gone, DAY], NOW)
    assert {period.key for period in found} == {
        "all", "2026-11", "2026-W48", "2026-11-23", "2026-11-16"
    }  # fmt: skip
    by_month = replace(BOARD, periods=(PeriodKind.ALL, PeriodKind.MONTH))
    assert {period.key for period in rankings_of(by_month, [DAY], NOW)} == {"all", "2026-11"}
