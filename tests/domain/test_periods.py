"""Periods begin and end at midnight UTC, and each has one key."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.periods import ALL_TIME, Period, PeriodKind
from tests.strategies import KINDS, MOMENTS, periods

INSTANT = timedelta(microseconds=1)


@given(KINDS, MOMENTS)
def test_a_moment_lies_in_the_period_that_contains_it(kind: PeriodKind, at: datetime) -> None:
    """Its start is included, its end is the next one's start."""
    period = Period.containing(kind, at)
    assert period.contains(at)
    if period.start and period.end:
        assert period.start <= at < period.end


@given(periods())
def test_a_period_is_read_back_from_its_key(period: Period) -> None:
    """Keys stand in the table and in addresses."""
    assert Period.parse(period.key) == period


@given(periods())
def test_neighbours_touch_and_do_not_overlap(period: Period) -> None:
    """No moment falls between two periods or into both."""
    following = period.next()
    if following is None:
        return
    assert period.end == following.start
    assert following.previous() == period
    assert following.start
    assert following.contains(following.start)
    assert period.contains(following.start - INSTANT)


@given(MOMENTS, st.integers(-14, 14))
def test_a_time_zone_does_not_move_a_moment_to_another_day(at: datetime, hours: int) -> None:
    """Periods are UTC wherever the player is."""
    elsewhere = at.astimezone(timezone(timedelta(hours=hours)))
    assert Period.containing(PeriodKind.DAY, elsewhere) == Period.containing(PeriodKind.DAY, at)


@pytest.mark.parametrize(
    ("moment", "key"),
    [
        (datetime(2026, 12, 31, 23, 59, 59, 999999, UTC), "2026-W53"),
        (datetime(2027, 1, 3, 23, 59, tzinfo=UTC), "2026-W53"),
        (datetime(2027, 1, 4, tzinfo=UTC), "2027-W01"),
        (datetime(2024, 12, 30, tzinfo=UTC), "2025-W01"),
        (datetime(2020, 12, 31, tzinfo=UTC), "2020-W53"),
    ],
)
def test_an_iso_week_belongs_to_the_year_of_its_thursday(moment: datetime, key: str) -> None:
    """Week 53 comes in some years only, and the year of a week is not that of its every day."""
    assert Period.containing(PeriodKind.WEEK, moment).key == key


@pytest.mark.parametrize(
    ("key", "last_day"),
    [
        ("2024-02", date(2024, 2, 29)),
        ("2026-02", date(2026, 2, 28)),
        ("2100-02", date(2100, 2, 28)),
        ("2000-02", date(2000, 2, 29)),
        ("2026-12", date(2026, 12, 31)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2026-W53", date(2027, 1, 3)),
    ],
)
def test_a_period_ends_with_its_last_day(key: str, last_day: date) -> None:
    """Leap days and year ends."""
    end = Period.parse(key).end
    assert end
    assert (end - INSTANT).date() == last_day


@pytest.mark.parametrize(
    "key",
    [
        "",
        "ALL",
        "week",
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "2026-W00",
        "2025-W53",
        "2026-W54",
        "2026-02-29",
        "2026-11-31",
        "2026-11-23 ",
        "2026-11-23\n",
        "1968-12-31",
        "2287-01-01",
        "٢٠٢٦-11",
        "0000-01-01",
        "9999-W53",
        "x" * 5000,
    ],
)
def test_what_names_no_period_is_refused(key: str) -> None:
    """With the field's name, and words that say what would do."""
    with pytest.raises(InvalidValue, match=r"period|year") as refusal:
        Period.parse(key)
    assert refusal.value.field == "period"


@given(st.text())
def test_any_text_is_a_period_or_refused(text: str) -> None:
    """Nothing else comes out of the parser."""
    with suppress(InvalidValue):
        assert Period.parse(text).key == text


def test_a_period_with_a_wrong_first_day_can_not_exist() -> None:
    """A Tuesday begins no week."""
    with pytest.raises(InvalidValue):
        Period(PeriodKind.WEEK, date(2026, 11, 24))
    with pytest.raises(InvalidValue):
        Period(PeriodKind.ALL, date(2026, 11, 24))
    with pytest.raises(InvalidValue):
        Period(PeriodKind.DAY)


def test_all_time_has_no_ends_and_no_neighbours() -> None:
    """It is one period."""
    assert (ALL_TIME.start, ALL_TIME.end, ALL_TIME.next(), ALL_TIME.previous()) == (None,) * 4


def test_the_first_and_the_last_period_have_one_neighbour() -> None:
    """Turning pages of periods ends somewhere."""
    assert Period.parse("1969-01").previous() is None
    assert Period.parse("2286-12").next() is None
    assert Period.parse("2286-12-31").next() is None
