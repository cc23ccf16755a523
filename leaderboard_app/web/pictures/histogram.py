"""How many players have which scores, read out of a ranking's boundaries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from leaderboard_app.domain import standings
from leaderboard_app.domain.boards import Order
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.web.pictures.scales import Scale

_FEWEST_BARS, MOST_BARS = 8, 36
_FAR = 5
"""A tail is long where all scores reach over so many times as wide as those of most players."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Players whose scores lie from `low` to `high`, both included."""

    players: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The scores of a ranking that has players, as far as its boundaries tell them.

    Attributes:
        total: how many players there are.
        step: places between two scores.
        scores: those at the places 1, 1 + step and so on, best first.
        last: the last player's.
    """

    total: int
    step: int
    scores: tuple[int, ...]
    last: int

    @classmethod
    def of(cls, boundaries: Boundaries, order: Order) -> Spread | None:
        """Return the spread of a ranking; None where it has no players."""
        if boundaries.lowest is None or not boundaries.standings:
            return None
        scores = tuple(standings.score_of(each, order) for each in boundaries.standings)
        last = standings.score_of(boundaries.lowest, order)
        return cls(boundaries.total, boundaries.step, scores, last)

    @property
    def best(self) -> int:
        """The first player's score."""
        return self.scores[0]

    def at(self, share: float) -> int:
        """Return the score that this share of the players, 0 < share <= 1, have or better.

        Exact where every place has its boundary, else that of the nearest boundary.
        """
        place = max(1, ceil(self.total * share))
        index = round((place - 1) / self.step)
        return self.scores[index] if index < len(self.scores) else self.last

    def stretches(self) -> Iterator[Stretch]:
        """Yield all players, best first; where two boundaries are apart, who stands between."""
        for index, score in enumerate(self.scores):
            yield Stretch(1, score, score)
            following = self.scores[index + 1] if index + 1 < len(self.scores) else self.last
            until = min((index + 1) * self.step, self.total - 1)
            between = until - index * self.step - 1
            if between > 0:
                yield Stretch(between, min(score, following), max(score, following))
        if self.total > 1 + (len(self.scores) - 1) * self.step:
            yield Stretch(1, self.last, self.last)

    def scale(self) -> Scale:
        """Return the scale on which these scores are drawn: bent where a tail is long."""
        lowest, highest = sorted((self.best, self.last))
        # Half a point further at both ends, as each score is a stretch; more where there are few.
        room = 0.5 + max(0, (_FEWEST_BARS - (highest - lowest)) // 2)
        low, high = lowest - room, highest + room
        if high - low <= max(_FAR * abs(self.at(0.1) - self.at(0.9)), MOST_BARS):
            return Scale(low, high)
        middle = self.at(0.5)
        below, above = middle - lowest, highest - middle
        # A tail on one side alone is drawn from the other end; else the scale bends both ways.
        if above > _FAR * below:
            return Scale(low, high, lowest, max(1, below / 2))
        if below > _FAR * above:
            return Scale(low, high, highest, max(1, above / 2))
        return Scale(low, high, middle, max(1, abs(self.at(0.25) - self.at(0.75)) / 2))


def bars(spread: Spread, scale: Scale) -> tuple[float, ...]:
    """Return how many players have a score in each of some even stretches of a scale.

    As many stretches as there are whole scores, at most `MOST_BARS`; the sum is all players.
    """
    whole = round(scale.high - scale.low)
    count = whole if whole <= MOST_BARS and not scale.width else MOST_BARS
    heights = [0.0] * count
    for stretch in spread.stretches():
        first, last = (scale.share(end) * count for end in (stretch.low, stretch.high))
        _pour(stretch.players, first, last, heights)
    return tuple(heights)


def _pour(players: int, first: float, last: float, heights: list[float]) -> None:
    """Add players evenly from one point to another, measured in bars."""
    end = len(heights) - 1
    left, right = min(int(first), end), min(int(last), end)
    if left == right:
        heights[left] += players
        return
    for index in range(left, right + 1):
        covered = min(index + 1, last) - max(index, first)
        heights[index] += players * covered / (last - first)
