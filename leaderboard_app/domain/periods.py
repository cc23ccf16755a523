"""Periods: all time, a month, an ISO week, a day. Always UTC."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import assert_never

from leaderboard_app.domain.errors import InvalidValue

FIRST_YEAR, LAST_YEAR = 1969, 2286
"""The years that periods begin in: the first week that a score can have begins in 1969."""


class PeriodKind(StrEnum):
    """How long a ranking runs."""

    ALL = "all"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


_FORMS = {PeriodKind.MONTH: "%Y-%m", PeriodKind.WEEK: "%G-W%V", PeriodKind.DAY: "%Y-%m-%d"}
_KEYS: tuple[tuple[PeriodKind, re.Pattern[str], Callable[..., date]], ...] = (
    (PeriodKind.MONTH, re.compile(r"([0-9]{4})-([0-9]{2})"), lambda y, m: date(y, m, 1)),
    (
        PeriodKind.WEEK,
        re.compile(r"([0-9]{4})-W([0-9]{2})"),
        lambda y, w: date.fromisocalendar(y, w, 1),
    ),
    (PeriodKind.DAY, re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"), date),
)


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch of time with a ranking of its own.

    `first_day` is None for all time; else the period's first day (a week's is its Monday).
    """

    kind: PeriodKind
    first_day: date | None = None

    def __post_init__(self) -> None:
        """Refuse a first day that is not one, and years that no score can have."""
        if self.first_day is None:
            if self.kind is not PeriodKind.ALL:
                raise InvalidValue.saying("period", f"A {self.kind} needs its first day.")
            return
        if self.first_day != _first_day(self.kind, self.first_day):
            said = f"{self.first_day} is not the first day of a {self.kind}."
            raise InvalidValue.saying("period", said)
        if not FIRST_YEAR <= self.first_day.year <= LAST_YEAR:
            first, last = str(FIRST_YEAR), str(LAST_YEAR)
            raise InvalidValue(
                "period", "The year must be {first} to {last}.", first=first, last=last
            )

    @classmethod
    def containing(cls, kind: PeriodKind, moment: datetime) -> Period:
        """Return the period of that kind in which an aware `moment` falls, by UTC."""
        return _containing(kind, moment.astimezone(UTC).date())

    @classmethod
    def parse(cls, key: str) -> Period:
        """Return the period of a key such as `all`, `2026-11`, `2026-W48` or `2026-11-23`.

        Raises:
            InvalidValue: the key names no period; digits are ASCII, and each period has one key.
        """
        if key == PeriodKind.ALL:
            return cls(PeriodKind.ALL)
        for kind, pattern, first_day in _KEYS:
            if match := pattern.fullmatch(key):
                try:
                    return cls(kind, first_day(*map(int, match.groups())))
                except ValueError as cause:
                    raise _no_period(key) from cause
        raise _no_period(key)

    @property
    def key(self) -> str:
        """The period's name in keys and addresses."""
        return _key(self.kind, self.first_day)

    @property
    def start(self) -> datetime | None:
        """The first moment that counts; None for all time."""
        if self.first_day is None:
            return None
        return datetime.combine(self.first_day, time(), UTC)

    @property
    def end(self) -> datetime | None:
        """The first moment that counts no more; None for all time."""
        return _end(self.kind, self.first_day)

    def contains(self, moment: datetime) -> bool:
        """Say whether an aware `moment` counts here: start included, end not."""
        return Period.containing(self.kind, moment) == self

    def previous(self) -> Period | None:
        """Return the period of the same kind just before; None before the first, and for all."""
        return self._neighbour(timedelta(days=-1), self.first_day)

    def next(self) -> Period | None:
        """Return the period of the same kind just after; None after the last, and for all."""
        after = self.first_day and _next_first_day(self.kind, self.first_day)
        return self._neighbour(timedelta(), after)

    def _neighbour(self, step: timedelta, day: date | None) -> Period | None:
        if day is None:
            return None
        first_day = _first_day(self.kind, day + step)
        if first_day is None or not FIRST_YEAR <= first_day.year <= LAST_YEAR:
            return None
        return Period(self.kind, first_day)

    def __str__(self) -> str:
        """Return the key."""
        return self.key


ALL_TIME = Period(PeriodKind.ALL)

# The same few periods are worked with again and again: by every row of a page and of an import.
_remembered = lru_cache(maxsize=4096)


@_remembered
def _containing(kind: PeriodKind, day: date) -> Period:
    return Period(kind, _first_day(kind, day))


@_remembered
def _key(kind: PeriodKind, first_day: date | None) -> str:
    return first_day.strftime(_FORMS[kind]) if first_day else str(kind)


@_remembered
def _end(kind: PeriodKind, first_day: date | None) -> datetime | None:
    if first_day is None:
        return None
    return datetime.combine(_next_first_day(kind, first_day), time(), UTC)


def _no_period(key: str) -> InvalidValue:
    return InvalidValue(
        "period",
        "“{typed}” is no period: use all, a month (2026-11), a week (2026-W48) "
        "or a day (2026-11-23).",
        typed=key[:40],
    )


def _first_day(kind: PeriodKind, day: date) -> date | None:
    match kind:
        case PeriodKind.ALL:
            return None
        case PeriodKind.MONTH:
            return day.replace(day=1)
        case PeriodKind.WEEK:
            return day - timedelta(days=day.weekday())
        case PeriodKind.DAY:
            return day
        case _:
            assert_never(kind)


def _next_first_day(kind: PeriodKind, first_day: date) -> date:
    if kind is PeriodKind.MONTH:
        return (first_day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first_day + timedelta(days=7 if kind is PeriodKind.WEEK else 1)
