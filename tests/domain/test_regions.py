from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.regions import (
    LATE_AFTER,
    SILENT_AFTER,
    Draining,
    Freshness,
    RegionState,
    can_drain,
)
from tests.worlds import DUBLIN, NOW, OREGON

A_MOMENT = timedelta(milliseconds=1)


def heard_from(ago: timedelta) -> RegionState:
    return RegionState(DUBLIN, heartbeat=NOW - ago)


def draining(region: str) -> RegionState:
    return RegionState(region, heartbeat=NOW, draining=Draining("ann", "a rehearsal", NOW))


@pytest.mark.parametrize(
    ("ago", "freshness"),
    [
        (timedelta(), Freshness.FRESH),
        (timedelta(seconds=61), Freshness.FRESH),
        (LATE_AFTER - A_MOMENT, Freshness.FRESH),
        (LATE_AFTER, Freshness.LATE),
        (SILENT_AFTER - A_MOMENT, Freshness.LATE),
        (SILENT_AFTER, Freshness.SILENT),
        (timedelta(days=400), Freshness.SILENT),
    ],
)
def test_a_region_is_as_fresh_as_its_last_heartbeat(ago: timedelta, freshness: Freshness) -> None:
    assert heard_from(ago).freshness(NOW) is freshness
    assert heard_from(ago).age(NOW) == ago


def test_a_region_that_was_never_heard_from_is_silent_and_has_no_age() -> None:
    assert RegionState(DUBLIN).freshness(NOW) is Freshness.SILENT
    assert RegionState(DUBLIN).age(NOW) is None


def test_a_heartbeat_from_a_clock_that_runs_ahead_is_just_now() -> None:
    ahead = heard_from(-timedelta(seconds=3))
    assert (ahead.age(NOW), ahead.freshness(NOW)) == (timedelta(), Freshness.FRESH)


def test_a_region_can_be_drained_while_another_takes_its_traffic() -> None:
    assert can_drain([RegionState(OREGON), RegionState(DUBLIN)], OREGON)
    assert can_drain([draining(OREGON), RegionState(DUBLIN)], OREGON)


def test_the_last_region_that_is_not_draining_can_not_be_drained() -> None:
    assert not can_drain([RegionState(OREGON), draining(DUBLIN)], OREGON)
    assert not can_drain([RegionState(OREGON)], OREGON)


def test_a_silent_region_can_still_take_traffic() -> None:
    assert can_drain([RegionState(OREGON), heard_from(timedelta(days=1))], OREGON)


@given(st.lists(st.integers(0, 3), max_size=12))
def test_drained_one_by_one_as_allowed_some_region_is_always_left(wishes: list[int]) -> None:
    states = {f"r{number}": RegionState(f"r{number}") for number in range(4)}
    for region in (f"r{number}" for number in wishes):
        if can_drain(states.values(), region):
            states[region] = draining(region)
    assert any(state.draining is None for state in states.values())
