"""Places: how a rank is found without counting everybody above.

While a ranking is small, all who stand above are counted, and the rank is exact. Else the place of
the boundary just above is known of the last walk, and only who stands between is counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from leaderboard_app.domain.boundaries import Boundaries, Boundary
from leaderboard_app.domain.rankings import Rank


@dataclass(frozen=True, slots=True)
class Reach:
    """How many rows of a ranking one answer may count or read.

    Attributes:
        direct: from the top of a ranking.
        between: between two boundaries; at least `direct`.
    """

    direct: int
    between: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows were counted: `number`, or more where not `complete`."""

    number: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Way:
    """What is to be counted to find the rank of a standing.

    Attributes:
        standing: whose rank it is.
        boundaries: what the last walk found; None where none is known.
        boundary: up to which rows are counted; None to the top.
        limit: how many rows are counted, on all shards together; some more where there are many.
        counts_below: whether those below are counted too, as the ranking seems to be small.
    """

    standing: int
    boundaries: Boundaries | None
    boundary: Boundary | None
    limit: int
    counts_below: bool

    @classmethod
    def to(cls, standing: int, boundaries: Boundaries | None, reach: Reach) -> Way:
        """Return the way to a standing's rank: exact where that is within reach."""
        if boundaries is None or boundaries.total <= reach.direct:
            return cls(standing, boundaries, None, reach.direct, counts_below=True)
        above = boundaries.above(standing)
        # To count on from the first boundary to the top costs nothing more.
        nearest = 1 if above is None else above.place
        if nearest == 1 or nearest + boundaries.step <= reach.direct:
            return cls(standing, boundaries, None, reach.between, counts_below=False)
        return cls(standing, boundaries, above, reach.between, counts_below=False)

    def rank(self, above: Count) -> Rank:
        """Return the rank, when so many were counted above.

        Where a count ended at its limit and boundaries are known, the place is interpolated
        between the two on either side: then it may be off by up to the step between them, beside
        what changed above since the walk.
        """
        place = (self.boundary.place if self.boundary else 0) + above.number + 1
        if self.boundaries is None or (above.complete and self.boundary is None):
            return Rank(place, exact=above.complete)
        if not above.complete:
            if self.boundary is None and place > _lowest_place(self.boundaries, self.standing):
                # Of so many above no walk can speak: they came in since.
                return Rank(place, exact=False)
            place = max(place, estimated_place(self.boundaries, self.standing))
        return Rank(place, exact=False, as_of=self.boundaries.taken_at)

    def total(self, place: int, above: Count, below: Count | None) -> int | None:
        """Return how many players there are: counted where all were, else as of the walk.

        None where nobody knows: without a walk, or where more came in since than it knew of.
        """
        if self.counts_below:
            is_all = above.complete and below and below.complete
            return above.number + 1 + below.number if below and is_all else None
        if self.boundaries is None or (not above.complete and place > self.boundaries.total):
            return None
        # Who came in last since the walk stands below all that it knew.
        return max(self.boundaries.total, place)


def _lowest_place(boundaries: Boundaries, standing: int) -> int:
    """Return the lowest place that a standing can have had when the ranking was walked."""
    above = boundaries.above(standing)
    if above is None:
        return 1
    below = boundaries.next_after(above)
    return below.place if standing >= below.standing else below.place + 1


def estimated_place(boundaries: Boundaries, standing: int) -> int:
    """Return a standing's place, taking standings for evenly spread between two boundaries."""
    above = boundaries.above(standing)
    if above is None:
        return 1
    below = boundaries.next_after(above)
    if standing <= below.standing:
        return _lowest_place(boundaries, standing)
    fallen, fall = above.standing - standing, above.standing - below.standing
    return above.place + max(1, (below.place - above.place) * fallen // fall)


def estimated_standing(boundaries: Boundaries, place: int) -> int | None:
    """Return about the standing just above a place; None where that is the top of the ranking."""
    before = boundaries.before(place)
    if before is None:
        return None
    after = boundaries.next_after(before)
    skipped, places = place - 1 - before.place, after.place - before.place
    if not skipped or not places:
        return before.standing
    return before.standing - (before.standing - after.standing) * min(skipped, places) // places
