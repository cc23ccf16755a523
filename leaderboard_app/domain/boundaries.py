"""Boundaries: the standing at every k-th place of a ranking, as one walk of it found them.

With them a rank is the place of the boundary just above plus what stands between, however many
players there are. The only error is what changed above the player since the walk.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime

MAX_BOUNDARIES = 2_000
"""So many fit into 50 KB; a walk halves them when there are more, so at least half are kept."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """The standing that had a place when the ranking was walked."""

    place: int
    standing: int


@dataclass(frozen=True, slots=True)
class Boundaries:
    """What one region knows of a ranking as a whole.

    Attributes:
        total: how many players it had.
        step: places between two boundaries.
        standings: those at the places 1, 1 + step, 1 + 2 x step and so on; falling.
        lowest: the last player's standing; None on an empty ranking.
        taken_at: when the walk began: everything stored before is in it.
    """

    total: int
    step: int
    standings: tuple[int, ...]
    lowest: int | None
    taken_at: datetime

    def above(self, standing: int) -> Boundary | None:
        """Return the lowest boundary that stands higher; None where none does."""
        index = bisect_left(self.standings, -standing, key=lambda each: -each) - 1
        return self._at(index) if index >= 0 else None

    def before(self, place: int) -> Boundary | None:
        """Return the last boundary at a smaller place; None before the first place."""
        if place <= 1 or not self.standings:
            return None
        return self._at(min((place - 2) // self.step, len(self.standings) - 1))

    def next_after(self, boundary: Boundary) -> Boundary:
        """Return the boundary that follows another; the last player, where none does."""
        index = (boundary.place - 1) // self.step + 1
        if index < len(self.standings):
            return self._at(index)
        return Boundary(self.total, self.standings[-1] if self.lowest is None else self.lowest)

    def _at(self, index: int) -> Boundary:
        return Boundary(1 + index * self.step, self.standings[index])
