"""Boards: one ranking each, with its order, bounds, decimals and periods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from leaderboard_app.domain import names, scores
from leaderboard_app.domain.errors import InvalidValue, mark
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.scores import ScoreText, Unit

MAX_SHARDS = 64
MAX_TITLE = 64

MIN_DAYS_KEPT, MAX_DAYS_KEPT = 8, 4000

SUBMISSIONS_KEPT = timedelta(days=400)
"""How long a submission stays in its player's history."""

_BOARD_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
_OUT_OF_BOUNDS = mark("This board takes scores from {low} to {high}.")
_ID_RULE = "an id is 1 to 32 of a-z, 0-9 and -, which neither begins nor ends it"


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
                raise InvalidValue.saying(f"keep_{field}", f"Keep a past {field} for {rule}.")

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
        decimals: 0 to 6, of times 0 to 3; a score of 1250 is shown as 12.50 with two.
        minimum, maximum: the lowest and the highest score taken, both included.
        periods: the kinds of ranking kept; all time is always one of them.
        shards: 1 to 64 index partitions that readers look for a ranking in.
        operator: which of a player's submissions counts.
        unit: what the scores measure.
        retention: how long past periods stay readable.
        is_open: whether it takes submissions.
        max_rise: how much better a player's best may get within a minute, in scores; what rises
            faster is held for an operator. None for no limit.
        spread_before: as many of the shards are written to while not every reader can be expected
            to know the others; None where all are.
        spread_from: when all shards may be written to.
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
    spread_before: int | None = None
    spread_from: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what is no board."""
        for field, holds, rule in self._rules():
            if not holds:
                raise InvalidValue.saying(field, f"Board {self.board_id[:40]!r}: {rule}.")

    def _rules(self) -> Iterator[tuple[str, bool, str]]:
        """Yield each field with whether it keeps its rule, and the rule."""
        yield "board", bool(_BOARD_ID.fullmatch(self.board_id)), _ID_RULE
        names.refuse_characters("title", self.title)
        fits = 1 <= len(self.title) <= MAX_TITLE and names.is_visible(self.title)
        yield "title", fits, f"the title has 1 to {MAX_TITLE} characters, one of them visible"
        most = self.unit.most_decimals
        yield "decimals", 0 <= self.decimals <= most, f"the decimals of {self.unit} are 0 to {most}"
        for field in ("minimum", "maximum"):
            yield field, abs(getattr(self, field)) <= scores.LIMIT, f"the {field} is beyond 10^15"
        yield "maximum", self.minimum <= self.maximum, "the maximum is below the minimum"
        has_all = PeriodKind.ALL in self.periods
        yield "periods", has_all, "the periods must hold `all`, for all time"
        each_once = len(set(self.periods)) == len(self.periods)
        yield "periods", each_once, "a period is named twice"
        yield "shards", 1 <= self.shards <= MAX_SHARDS, f"the shards are 1 to {MAX_SHARDS}"
        rises = self.max_rise is None or 0 < self.max_rise <= 2 * scores.LIMIT
        yield "max_rise", rises, "the largest rise is more than 0"
        are_there = 1 <= (self.spread_before or self.shards) <= self.shards
        yield "shards", are_there, "more shards would be written to than are read"

    def check(self, score: int) -> int:
        """Return a score that this board takes.

        Raises:
            InvalidValue: outside of the board's bounds.
        """
        if not self.minimum <= score <= self.maximum:
            low, high = self.show(self.minimum), self.show(self.maximum)
            raise InvalidValue("score", _OUT_OF_BOUNDS, low=low, high=high)
        return score

    def show(self, score: int, group: str = scores.GROUP) -> ScoreText:
        """Return the score as this board shows it, thousands apart by a narrow no-break space."""
        return scores.show(score, self.decimals, group, self.unit)

    def parse(self, text: str) -> int:
        """Return the score that was typed, as this board shows scores, where it takes it.

        Raises:
            InvalidValue: it is none, or outside of the board's bounds.
        """
        return self.check(scores.parse(text, self.decimals, self.unit))

    @property
    def shards_written(self) -> int:
        """How many of the shards new entries go to.

        Fewer than are read, for a while after they were raised: see `as_of`.
        """
        return self.spread_before or self.shards

    def as_of(self, now: datetime) -> Board:
        """Return the board with all shards to be written to, once it is time for that.

        Whoever leaves this out goes on writing to the shards of before, which everybody reads.
        """
        if self.spread_from is None or now < self.spread_from:
            return self
        return replace(self, spread_before=None, spread_from=None)

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
