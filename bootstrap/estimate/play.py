"""How a game is played, and what follows for its entries: how many are new, and how many rise."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from leaderboard_app.domain.boards import Retention
from leaderboard_app.domain.periods import PeriodKind

DAYS_A_MONTH = 365 / 12
KEPT_DAYS_OF_ALL_TIME = 365
"""All time is looked at a year after the start: most players are there, and rise seldom."""

_LENGTHS = {PeriodKind.MONTH: DAYS_A_MONTH, PeriodKind.WEEK: 7.0, PeriodKind.DAY: 1.0}
_SERIES_UP_TO = 20.0


@dataclass(frozen=True, slots=True)
class Play:
    """How many play, and what each of them does a day, on average.

    Attributes:
        players: who play the game.
        submissions: scores that are sent in.
        views: pages of a ranking that are looked at.
        ranks: places that are asked for.
        peak: the busiest second, against the average one.
    """

    players: int
    submissions: float = 3.0
    views: float = 3.0
    ranks: float = 3.0
    peak: float = 4.0


@dataclass(frozen=True, slots=True)
class Ranking:
    """One kind of ranking, by what a month of play does to it.

    Attributes:
        kind: all time, month, week or day.
        players: who stand in one of them.
        new: entries that are made, by all players in a month.
        rises: entries that rise, by all players in a month.
        kept: entries that are there at any time.
    """

    kind: PeriodKind
    players: float
    new: float
    rises: float
    kept: float


def rankings(play: Play, kept: Retention) -> Iterator[Ranking]:
    """Yield what becomes of the four kinds of ranking.

    Players send their scores at random times, and each score is as likely as another to be the
    best: of n scores in a period, the last is the best with a chance of 1/n.
    """
    a_day, everybody = play.submissions, float(play.players)
    year = KEPT_DAYS_OF_ALL_TIME
    rises = bests(a_day * year) - bests(a_day * (year - DAYS_A_MONTH))
    yield Ranking(PeriodKind.ALL, everybody, 0.0, everybody * rises, everybody)
    for kind, days in _LENGTHS.items():
        playing = everybody * firsts(a_day * days)
        periods = DAYS_A_MONTH / days
        improved = everybody * bests(a_day * days) - playing
        here = 1 + kept.after_end(kind).days / days
        yield Ranking(kind, playing, playing * periods, improved * periods, playing * here)


def firsts(scores: float) -> float:
    """Return the chance that anything is sent in while so many scores are expected."""
    return -math.expm1(-scores)


def bests(scores: float) -> float:
    """Return how many bests are expected among so many scores: the integral of (1 - e^-t) / t.

    Below 20 by its series, above by its limit, ln n + Euler's constant.
    """
    if scores > _SERIES_UP_TO:
        return math.log(scores) + 0.577_215_664_901_533
    total, term = 0.0, -1.0
    for k in range(1, 120):
        term *= -scores / k
        total += term / k
    return total
