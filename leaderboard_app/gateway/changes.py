"""Marks rankings as changed, so that the walks know which to walk again.

Each region writes its own markers, and each replicates as entries do. A marker says that its
ranking changed in the minute after its time, so a process writes one of a ranking once a minute at
most: what a walk misses of that minute, the next one finds (see `domain.walks.is_due`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from threading import Lock

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.periods import Period
from leaderboard_app.gateway import schema, wire
from leaderboard_app.gateway.clock import Clock, utc_now
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.table import Table

MARKED_EVERY = timedelta(minutes=1)
MAX_REMEMBERED = 1_000

Put = Callable[[list[Item]], None]


class Changes:
    """One region's markers, as one process writes them."""

    def __init__(self, table: Table, region: str, clock: Clock = utc_now) -> None:
        """Remember no marker yet; `clock` decides which is due, and is written into it."""
        self._table = table
        self._region = region
        self._clock = clock
        self._marked: dict[tuple[str, str], datetime] = {}
        self._lock = Lock()

    def calls(self, board: Board, periods: Iterable[Period]) -> list[Callable[[], bool]]:
        """Return the calls, to be made beside the writes, that mark those not marked of late."""
        now = self._clock()
        return [
            partial(self._mark, board, period, now) for period in self._due(board, periods, now)
        ]

    def mark(self, board: Board, periods: Iterable[Period], put: Put) -> None:
        """Mark those not marked of late; other threads wait, and find it done.

        Args:
            board: whose rankings changed.
            periods: which of them.
            put: stores items, and raises StoreUnavailable.
        """
        with self._lock:
            now = self._clock()
            due = self._due(board, periods, now)
            put([_marker(board, period, self._region, now) for period in due])
            for period in due:
                self._remember(board, period, now)

    def _due(self, board: Board, periods: Iterable[Period], now: datetime) -> list[Period]:
        """Return the periods not marked of late, each once."""
        oldest = now - MARKED_EVERY
        return [
            period
            for period in dict.fromkeys(periods)
            if self._marked.get((board.board_id, period.key), oldest) <= oldest
        ]

    def _mark(self, board: Board, period: Period, now: datetime) -> bool:
        self._table.put(_marker(board, period, self._region, now), {})
        # Only now: a marker that was not taken is due with the next write.
        self._remember(board, period, now)
        return True

    def _remember(self, board: Board, period: Period, now: datetime) -> None:
        if len(self._marked) >= MAX_REMEMBERED:
            self._marked.clear()
        self._marked[board.board_id, period.key] = now


def _marker(board: Board, period: Period, region: str, now: datetime) -> Item:
    item: Item = {
        "pk": {"S": schema.changes(board.board_id)},
        "sk": {"S": schema.of_region(region, period)},
        "at": wire.moment(now),
    }
    if expires_at := board.expires_at(period):
        item["expires_at"] = wire.seconds(expires_at)
    return item
