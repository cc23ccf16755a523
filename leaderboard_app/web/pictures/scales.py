"""Scales: where on a picture a number lies, and which round numbers stand along its edge."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from math import asinh, ceil, floor, sinh

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.scores import Unit

_DIGITS = 17
_A_MINUTE, _AN_HOUR, _A_DAY = 60, 3600, 86_400
_SPANS = (
    *(1, 2, 5, 10, 15, 30),
    *(each * _A_MINUTE for each in (1, 2, 5, 10, 15, 30)),
    *(each * _AN_HOUR for each in (1, 2, 6, 12)),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """A stretch of numbers laid along an edge, evenly or bent.

    A bent scale is even about its middle and logarithmic towards both ends, so that a few numbers
    that lie far out do not squeeze the many into one spot. It knows negative numbers, too.

    Attributes:
        low, high: the numbers at the ends; low < high.
        middle, width: where a scale bends and how wide its even stretch is; no width: nowhere.
    """

    low: float
    high: float
    middle: float = 0
    width: float = 0

    def share(self, number: float) -> float:
        """Return where a number lies: 0 at the lower end, 1 at the upper; none lies outside."""
        first, last = self._bent(self.low), self._bent(self.high)
        return min(1.0, max(0.0, (self._bent(number) - first) / (last - first)))

    def number(self, share: float) -> float:
        """Return the number that lies at a share of the way."""
        first, last = self._bent(self.low), self._bent(self.high)
        bent = first + share * (last - first)
        return self.middle + self.width * sinh(bent) if self.width else bent

    def _bent(self, number: float) -> float:
        return asinh((number - self.middle) / self.width) if self.width else number

    def ticks(self, steps: tuple[int, ...], most: int) -> tuple[int, ...]:
        """Return up to `most` round numbers along the scale, rising; at least one if any is there.

        Args:
            steps: what is round: numbers whose multiples are, rising.
            most: how many to return at most.
        """
        return self._far_apart(steps, most) if self.width else self._even(steps, most)

    def _even(self, steps: tuple[int, ...], most: int) -> tuple[int, ...]:
        one: tuple[int, ...] = ()
        for step in steps:
            first, last = ceil(self.low / step), floor(self.high / step)
            if last - first < most:
                # A step may be too wide to have a multiple here where the one before had many.
                return tuple(step * each for each in range(first, last + 1)) or one
            one = (step * last,)
        return one

    def _far_apart(self, steps: tuple[int, ...], most: int) -> tuple[int, ...]:
        """Return the roundest number of each of `most` stretches, a gap as wide between two."""
        found: list[int] = []
        for index in range(most):
            low, high = (self.number((2 * index + each) / (2 * most - 1)) for each in (0, 1))
            for step in reversed(steps):
                multiple = ceil(low / step) * step
                if multiple <= high:
                    found.append(multiple)
                    break
        # Where a scale is short, rounding may find one number twice.
        return tuple(sorted(set(found)))


@cache
def counting_steps() -> tuple[int, ...]:
    """Return what is round to who counts: 1, 2, 5, 10, 20 and so on."""
    return tuple(digit * 10**zeros for zeros in range(_DIGITS) for digit in (1, 2, 5))


def steps_of(board: Board) -> tuple[int, ...]:
    """Return what is round among the scores of a board: of times, seconds and minutes."""
    return _times(10**board.decimals) if board.unit is Unit.TIME else counting_steps()


@cache
def _times(second: int) -> tuple[int, ...]:
    counting = counting_steps()
    days = (each * _A_DAY * second for each in counting[: bisect_right(counting, 10**10)])
    return (
        *(each for each in counting if each < second),
        *(each * second for each in _SPANS),
        *days,
    )
