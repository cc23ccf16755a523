"""Walks along a ranking, best first: what they count, what they leave behind, when one is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.boundaries import MAX_BOUNDARIES, Boundaries
from leaderboard_app.domain.periods import ALL_TIME, Period
from leaderboard_app.domain.rankings import Row
from leaderboard_app.domain.submissions import OLDEST

SETTLING = timedelta(minutes=10)
"""How long a ranking is walked again and again after a change was first seen: a marker speaks for
the minute after it, and what it speaks of may arrive from another region after it."""

REFRESH = timedelta(days=1)
"""How old the walk of a ranking that takes submissions may get without a marker: should a process
have died between an entry and its marker, the walk finds the entry then."""

REST_A_PLAYER = timedelta(microseconds=400)
"""How long a ranking rests after a walk, for each of its players: 7 minutes where there are a
million. It keeps a ranking's walks below 60 read units a second, however large it is."""

WINNERS = 3

Markers = Mapping[str, int]
"""When each region last marked a ranking as changed, by its own clock: compared, never counted."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The places counted so far.

    Attributes:
        count: how many players were counted.
        step: places between two boundaries.
        standings: those at the places 1, 1 + step and so on; at most MAX_BOUNDARIES.
        lowest: the last one's; None before the first.
    """

    count: int = 0
    step: int = 1
    standings: tuple[int, ...] = ()
    lowest: int | None = None

    def then(self, standings: Sequence[int]) -> Tally:
        """Return the tally after further players, best first."""
        if not standings:
            return self
        step, kept = self.step, [*self.standings, *standings[-self.count % self.step :: self.step]]
        while len(kept) > MAX_BOUNDARIES:
            step, kept = 2 * step, kept[::2]
        return Tally(self.count + len(standings), step, tuple(kept), standings[-1])

    def boundaries(self, taken_at: datetime) -> Boundaries:
        """Return what a walk that began then found."""
        return Boundaries(self.count, self.step, self.standings, self.lowest, taken_at)


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """A period that is over, with its winners.

    Attributes:
        period: which.
        winners: the first three rows, best first.
        total: how many players it had.
        taken_at: when that was so.
    """

    period: Period
    winners: tuple[Row, ...]
    total: int
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Walked:
    """What a region keeps of its last walk of a ranking, beside the boundaries.

    Attributes:
        past: its period, its first rows, how many there were, and when the walk began.
        markers: those that were there when it began.
        changed_at: when this region first walked the ranking with these markers.
    """

    past: PastPeriod
    markers: Markers
    changed_at: datetime

    @property
    def taken_at(self) -> datetime:
        """When the walk began."""
        return self.past.taken_at


def changed_at(walked: Walked | None, markers: Markers, now: datetime) -> datetime:
    """Return when a region first saw the markers that it sees now."""
    return walked.changed_at if walked and walked.markers == markers else now


def is_due(walked: Walked | None, markers: Markers, now: datetime) -> bool:
    """Say whether a ranking is to be walked: not where nothing can have changed since it was.

    No clock of another region counts: a marker that arrives days late is a change all the same.
    """
    if walked is None:
        return True
    if now - walked.taken_at < walked.past.total * REST_A_PLAYER:
        return False
    is_settling = walked.taken_at - walked.changed_at < SETTLING
    is_old = now - walked.taken_at >= REFRESH and _takes_more(walked.past.period, now)
    return markers != walked.markers or is_settling or is_old


def rankings_of(board: Board, marked: Sequence[Period], now: datetime) -> tuple[Period, ...]:
    """Return the periods of a board to look at: the current ones, and the marked that are kept."""
    current = (Period.containing(kind, now) for kind in board.periods)
    both = dict.fromkeys([ALL_TIME, *current, *marked])
    return tuple(each for each in both if each.kind in board.periods and _is_kept(board, each, now))


def _is_kept(board: Board, period: Period, now: datetime) -> bool:
    expires_at = board.expires_at(period)
    return expires_at is None or expires_at > now


def _takes_more(period: Period, now: datetime) -> bool:
    return period.end is None or now < period.end + OLDEST + REFRESH
