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

KEPT_AFTER_END = {
    PeriodKind.MONTH: timedelta(days=400),
    PeriodKind.WEEK: timedelta(days=70),
    PeriodKind.DAY: timedelta(days=14),
}
"""How long the entries of a past period stay readable; all time has no end."""

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
    """

    board_id: str
    title: str
    order: Order = Order.HIGHER
    decimals: int = 0
    minimum: int = 0
    maximum: int = scores.LIMIT
    periods: tuple[PeriodKind, ...] = tuple(PeriodKind)
    shards: int = 1

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
        return _expires_at(period)

    def open_periods(self, achieved_at: datetime, now: datetime) -> tuple[Period, ...]:
        """Return the periods, still kept at `now`, that a score achieved then counts in."""
        kept_until = _kept_until(self.periods, achieved_at.astimezone(UTC).date())
        return tuple(period for period, end in kept_until if end is None or end > now)


# Scores of one day count in the same periods, and most come in on the same few days.
@lru_cache(maxsize=1024)
def _kept_until(
    kinds: tuple[PeriodKind, ...], day: date
) -> tuple[tuple[Period, datetime | None], ...]:
    moment = datetime.combine(day, time(), UTC)
    periods = (Period.containing(kind, moment) for kind in kinds)
    return tuple((period, _expires_at(period)) for period in periods)


def _expires_at(period: Period) -> datetime | None:
    return period.end and period.end + KEPT_AFTER_END[period.kind]
