"""Times, taken in turns so that whatever else the machine does meets both sides alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that one thing took, each time.

    Attributes:
        seconds: at least one.
    """

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The time that half of them stayed below."""
        return statistics.median(self.seconds)

    @property
    def spread(self) -> tuple[float, float]:
        """The times that a tenth stayed below and a tenth went above; of few, the extremes."""
        ordered = sorted(self.seconds)
        tenth = len(ordered) // 10
        return ordered[tenth], ordered[-1 - tenth]


def in_turns(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int, each: int
) -> tuple[Times, Times]:
    """Return the times of both, after a round that does not count.

    Args:
        ours: what is timed, one call at a time.
        theirs: what it is compared with.
        rounds: how often they take turns; the one that begins changes.
        each: calls of one side before it is the other's turn.
    """
    taken: dict[bool, list[float]] = {True: [], False: []}
    for number in range(-1, rounds):
        for is_ours in (True, False) if number % 2 else (False, True):
            seconds = _timed(ours if is_ours else theirs, each)
            if number >= 0:
                taken[is_ours] += seconds
    return Times(tuple(taken[True])), Times(tuple(taken[False]))


def _timed(call: Callable[[], object], times: int) -> Sequence[float]:
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - started)
    return seconds
