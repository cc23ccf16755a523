"""Boards: one ranking each, with its order, bounds, decimals and periods."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from leaderboard_app.domain import scores
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.periods import Period, PeriodKind

MAX_SHARDS = 64
MAX_DECIMALS = 6
MAX_TITLE = 64

MIN_DAYS_KEPT, MAX_DAYS_KEPT = 8, 4000

SUBMISSIONS_KEPT = timedelta(days=400)
"""How long a submission stays in its player's history."""

_BOARD_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")


class Order(StrEnum):
    """Which score is the better one."""

    HIGHER = "higher"
    LOWER = "lower"

    @property
    def sign(self) -> int:
        """+1 where higher is better, -1 where lower is."""
        return 1 if self is Order.HIGHER else -1


class Operator(StrEnum):
    """Which of a player's submissions counts."""

    BEST = "best"
    FIRST = "first"


class Unit(StrEnum):
    """What a score measures; it decides how scores are written and read."""

    POINTS = "points"
    TIME = "time"
    METRES = "metres"


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days the entries of a past period stay readable; all time has no end.

    At least 8 for each: a submission may come in a week late, and counts then.
    """

    month: int = 400
    week: int = 70
    day: int = 14

    def __post_init__(self) -> None:
        """Refuse what would forget a period before its last submissions can have come in."""
        for field in ("month", "week", "day"):
            if not MIN_DAYS_KEPT <= getattr(self, field) <= MAX_DAYS_KEPT:
                rule = f"{MIN_DAYS_KEPT} to {MAX_DAYS_KEPT} days"
                raise InvalidValue(f"keep_{field}", f"Keep a past {field} for {rule}.")

    def after_end(self, kind: PeriodKind) -> timedelta:
        """Return how long a period of a kind that ends stays."""
        return timedelta(days=getattr(self, kind.value))


@dataclass(frozen=True, slots=True)
class Board:
    """One ranking.

    Attributes:
        board_id: 1 to 32 lower-case letters, digits and inner hyphens.
        title: 1 to 64 characters, for people.
        order: which score is better.
        decimals: 0 to 6; a score of 1250 is shown as 12.50 with two.
        minimum, maximum: the lowest and the highest score taken, both included.
        periods: the kinds of ranking kept; all time is always one of them.
        shards: 1 to 64 index partitions a ranking is spread over.
        operator: which of a player's submissions counts.
        unit: what the scores measure.
        retention: how long past periods stay readable.
        is_open: whether it takes submissions.
        max_rise: how much better a player's best may get within a minute, in scores; what rises
            faster is held for an operator. None for no limit.
    """

    board_id: str
    title: str
    order: Order = Order.HIGHER
    decimals: int = 0
    minimum: int = 0
    maximum: int = scores.LIMIT
    periods: tuple[PeriodKind, ...] = tuple(PeriodKind)
    shards: int = 1
    operator: Operator = Operator.BEST
    unit: Unit = Unit.POINTS
    retention: Retention = Retention()
    is_open: bool = True
    max_rise: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is no board."""
        for field, holds, rule in (
            ("board", _BOARD_ID.fullmatch(self.board_id), "is 1 to 32 of a-z, 0-9 and inner -"),
            ("title", 1 <= len(self.title.strip()) <= MAX_TITLE, "has 1 to 64 characters"),
            ("decimals", 0 <= self.decimals <= MAX_DECIMALS, f"are 0 to {MAX_DECIMALS}"),
            ("minimum", scores.LIMIT >= self.minimum >= -scores.LIMIT, "is beyond 10^15"),
            ("maximum", self.minimum <= self.maximum <= scores.LIMIT, "is below the minimum"),
            ("periods", PeriodKind.ALL in self.periods, "must hold all time"),
            ("shards", 1 <= self.shards <= MAX_SHARDS, f"are 1 to {MAX_SHARDS}"),
            ("max_rise", self.max_rise is None or self.max_rise > 0, "is more than 0"),
        ):
            if not holds:
                raise InvalidValue(field, f"Board {self.board_id!r}: {field} {rule}.")

    def check(self, score: int) -> int:
        """Return a score that this board takes.

        Raises:
            InvalidValue: outside of the board's bounds.
        """
        if not self.minimum <= score <= self.maximum:
            low, high = self.show(self.minimum), self.show(self.maximum)
            raise InvalidValue("score", f"This board takes scores from {low} to {high}.")
        return score

    def show(self, score: int, group: str = "\u202f") -> str:
        """Return the score as this board shows it, thousands apart by a narrow no-break space."""
        return scores.show(score, self.decimals, group)

    def expires_at(self, period: Period) -> datetime | None:
        """Return when the entries of a period may go; None for never."""
        return _expires_at(self.retention, period)

    def open_periods(self, achieved_at: datetime, now: datetime) -> tuple[Period, ...]:
        """Return the periods, still kept at `now`, that a score achieved then counts in."""
        kept_until = _kept_until(self.periods, self.retention, achieved_at.astimezone(UTC).date())
        return tuple(period for period, end in kept_until if end is None or end > now)


# Scores of one day count in the same periods, and most come in on the same few days.
@lru_cache(maxsize=1024)
def _kept_until(
    kinds: tuple[PeriodKind, ...], retention: Retention, day: date
) -> tuple[tuple[Period, datetime | None], ...]:
    moment = datetime.combine(day, time(), UTC)
    periods = (Period.containing(kind, moment) for kind in kinds)
    return tuple((period, _expires_at(retention, period)) for period in periods)


def _expires_at(retention: Retention, period: Period) -> datetime | None:
    return period.end and period.end + retention.after_end(period.kind)
