"""Rankings of any size in memory, walked, and then changed: what ranks are proven against."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.places import Reach
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.walks import Tally
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from tests.gateway.index_double import IndexDouble, OneByOne, store_on
from tests.worlds import BOARD, NOW, OREGON


@dataclass
class WalkedRanking:
    """Players `p0`, `p1` … on a board, as they stood when it was walked and as they stand now.

    Attributes:
        before: their standings at the walk.
        board: theirs.
        step: places between two boundaries; None for as many as a walk of that size leaves.
    """

    before: Sequence[int]
    board: Board = BOARD
    step: int | None = None
    now: list[int] = field(init=False)
    double: IndexDouble = field(init=False)
    fanout: OneByOne = field(init=False)
    store: DynamoStore = field(init=False)

    def __post_init__(self) -> None:
        self.double, self.fanout = IndexDouble(), OneByOne()
        self.store = store_on(self.double, fanout=self.fanout)
        self.boundaries = self._walk()
        item = items.boundaries_item(self.board.board_id, ALL_TIME, OREGON, self.boundaries, None)
        self.double.put_item(TableName="any", Item=item)
        self.change({})

    @property
    def view(self) -> View:
        return View(self.board, ALL_TIME)

    def reaching(self, reach: Reach) -> WalkedRanking:
        self.store.reach = reach
        return self

    def change(self, changes: Mapping[int, int], added: Sequence[int] = ()) -> None:
        """Let players stand elsewhere than at the walk, and others come in."""
        self.now = [changes.get(number, each) for number, each in enumerate(self.before)]
        self.now += added
        self._changed = [
            (self.before[other] if other < len(self.before) else each, each)
            for other, each in enumerate(self.now)
            if other >= len(self.before) or each != self.before[other]
        ]
        self.double.fill(self.board, ALL_TIME, self.now)
        self._rising = sorted(self.now)

    def rank_of(self, number: int) -> int:
        """Return a player's true rank, by counting everybody."""
        return 1 + len(self.now) - bisect_right(self._rising, self.now[number])

    def at(self, place: int) -> int:
        """Return the standing that is at a place now."""
        return self._rising[-place]

    def changed_above(self, number: int) -> int:
        """Return how many stand, or stood at the walk, above a player, and not at both alike."""
        return sum(max(either) > self.now[number] for either in self._changed)

    @property
    def changed(self) -> int:
        """How many stand elsewhere than at the walk, or came in since."""
        return len(self._changed)

    def player(self, number: int) -> PlayerId:
        return PlayerId(f"p{number}")

    def _walk(self) -> Boundaries:
        falling = sorted(self.before, reverse=True)
        if self.step is None:
            return Tally().then(falling).boundaries(NOW)
        lowest = falling[-1] if falling else None
        return Boundaries(len(falling), self.step, tuple(falling[:: self.step]), lowest, NOW)
