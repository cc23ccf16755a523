"""Marks rankings as changed, so that the walks know which to walk again.

Each region writes its own markers, and each replicates as entries do. A marker says that its
ranking changed in the minute after its time, so a process writes one of a ranking once a minute at
most: what a walk misses of that minute, the next one finds (see `domain.walks.is_due`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Lock

from leaderboard_app.domain import moments
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.periods import Period
from leaderboard_app.gateway import schema
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.table import Table

MARKED_EVERY = timedelta(minutes=1)
MAX_REMEMBERED = 1_000

Clock = Callable[[], datetime]
Put = Callable[[list[Item]], None]


def utc_now() -> datetime:
    """Return the time, aware and in UTC."""
    return datetime.now(UTC)


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
        due = {each.key: each for each in periods if self._is_due((board.board_id, each.key), now)}
        return [partial(self._mark, board, period, now) for period in due.values()]

    def mark(self, board: Board, periods: Iterable[Period], put: Put) -> None:
        """Mark those not marked of late; other threads wait, and find it done.

        Args:
            board: whose rankings changed.
            periods: which of them.
            put: stores items, and raises StoreUnavailable.
        """
        with self._lock:
            now = self._clock()
            due = [p for p in periods if self._is_due((board.board_id, p.key), now)]
            put([_marker(board, period, self._region, now) for period in due])
            self._marked.update(((board.board_id, period.key), now) for period in due)

    def _is_due(self, key: tuple[str, str], now: datetime) -> bool:
        return key not in self._marked or now - self._marked[key] >= MARKED_EVERY

    def _mark(self, board: Board, period: Period, now: datetime) -> bool:
        self._table.put(_marker(board, period, self._region, now), {})
        if len(self._marked) >= MAX_REMEMBERED:
            self._marked.clear()
        # Only now: a marker that was not taken is due with the next write.
        self._marked[board.board_id, period.key] = now
        return True


def _marker(board: Board, period: Period, region: str, now: datetime) -> Item:
    item: Item = {
        "pk": {"S": schema.changes(board.board_id)},
        "sk": {"S": schema.of_region(region, period)},
        "at": {"N": str(moments.to_ms(now))},
    }
    if expires_at := board.expires_at(period):
        item["expires_at"] = {"N": str(int(expires_at.timestamp()))}
    return item
