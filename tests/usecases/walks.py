"""Few words for tests of the walks: rankings on the double, and what they must come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import ALL_TIME, Period
from leaderboard_app.domain.records import Ownership
from leaderboard_app.domain.seen import MAX_BYTES
from leaderboard_app.gateway import items, schema
from leaderboard_app.gateway.table import Table
from leaderboard_app.gateway.walking import Walking
from leaderboard_app.usecases.walk import Report, Walker
from tests.gateway.index_double import ROW_BYTES, IndexDouble, OneByOne, store_on
from tests.worlds import BOARD, NOW, OREGON, REGIONS

ROWS_A_PAGE = 3


@dataclass
class Scene:
    """A table in memory, and one region's walks in it.

    Attributes:
        double: the table.
        now: what time it is.
        run: how long a run takes at most.
        tick: what passes between two looks at the clock.
    """

    double: IndexDouble = field(
        default_factory=lambda: IndexDouble(page_bytes=ROWS_A_PAGE * ROW_BYTES)
    )
    region: str = OREGON
    board: Board = BOARD
    now: datetime = NOW
    run: timedelta = timedelta(hours=1)
    tick: timedelta = timedelta(0)
    filter_bytes: int = MAX_BYTES

    def __post_init__(self) -> None:
        self.store = store_on(self.double, self.region, clock=lambda: self.now)
        table = Table(self.store.client, self.store.table_name)
        self.store.walks = Walking(
            table, lambda: table, self.region, OneByOne(), pause=lambda _: None
        )
        self._runs = 0

    @classmethod
    def hurried(cls, board: Board = BOARD) -> Scene:
        """Return a scene whose runs have time for one page a shard, and to keep a checkpoint."""
        return cls(board=board, run=timedelta(seconds=11), tick=timedelta(seconds=1))

    def clock(self) -> datetime:
        """Return what time it is by now."""
        self.now += self.tick
        return self.now

    def walker(self) -> Walker:
        """Return the next run."""
        self._runs += 1
        return Walker(
            store=self.store,
            ownership=Ownership(self.region, REGIONS),
            clock=self.clock,
            deadline=self.now + self.run,
            holder=f"run-{self._runs}",
            filter_bytes=self.filter_bytes,
        )

    def walk(self, period: Period | None = ALL_TIME, *, every: bool = True) -> list[Report]:
        """Walk the board's rankings once."""
        return list(self.walker().walk([self.board], period, every=every))

    def rank(self, *entries: Entry) -> None:
        """Store entries as they are, beside the gateway."""
        for entry in entries:
            self.double.put_item(Item=items.entry_item(entry, self.board))

    def kept(self, period: Period = ALL_TIME) -> Boundaries | None:
        """Return the boundaries that the region keeps."""
        partition = schema.standings_of(self.board.board_id, period)
        item = self.double.items[partition].get(self.region)
        return items.boundaries_of(item) if item else None

    def other(self, region: str) -> Scene:
        """Return another region's view of the same table, as if all had arrived."""
        return Scene(self.double, region, self.board, self.now)


def counted(entries: Iterable[Entry], step: int) -> tuple[int, tuple[int, ...], int | None]:
    """Return what a walk must come to, by brute force: total, boundaries, lowest."""
    best: dict[str, int] = {}
    for entry in entries:
        player = entry.player.player_id.value
        best[player] = max(best.get(player, entry.standing), entry.standing)
    ordered = sorted(best.values(), reverse=True)
    return len(ordered), tuple(ordered[::step]), ordered[-1] if ordered else None


def found(boundaries: Boundaries | None) -> tuple[int, tuple[int, ...], int | None]:
    """Return what a walk came to, in the same words."""
    assert boundaries
    return boundaries.total, boundaries.standings, boundaries.lowest
