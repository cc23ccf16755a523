"""Walks a whole ranking, page after page, in bounded memory."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from leaderboard_app.domain.rankings import Direction, Row, View
from leaderboard_app.usecases.ports import StoreUnavailable

PAGE_ROWS = 500
"""Some 200 kB a shard: answered well within the second that the store waits."""

TRIES = 6
FIRST_PAUSE_SECONDS = 0.5


class Rankings(Protocol):
    """Gives rows of a ranking; every region's store is one."""

    def rows(
        self, view: View, past: int | None, direction: Direction, limit: int, now: datetime
    ) -> tuple[Row, ...]:
        """Return up to `limit` rows past a standing; raises StoreUnavailable."""


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk along a ranking, from its top to its end.

    Attributes:
        rankings: the region's store; no other is asked.
        view: the ranking.
        now: which entries have expired.
        pause: waits between tries, in seconds.
        jitter: gives 0 to 1.
    """

    rankings: Rankings
    view: View
    now: datetime
    pause: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random

    def rows(self) -> Iterator[Row]:
        """Yield each player's best row, best first.

        Raises:
            StoreUnavailable: the store can't be reached, or refused a page in each of TRIES tries.
        """
        past: int | None = None
        with closing(_Seen()) as seen:
            while page := self._page(past):
                yield from (row for row in page if seen.is_first(row))
                past = page[-1].standing

    def _page(self, past: int | None) -> tuple[Row, ...]:
        for tried in range(TRIES - 1):
            try:
                return self._read(past)
            except StoreUnavailable:
                self.pause(self.jitter() * FIRST_PAUSE_SECONDS * 2**tried)
        return self._read(past)

    def _read(self, past: int | None) -> tuple[Row, ...]:
        return self.rankings.rows(self.view, past, Direction.NEXT, PAGE_ROWS, self.now)


class _Seen:
    """The players that were met, in a temporary file: a set of a million would fill the memory."""

    def __init__(self) -> None:
        # SQLite's name for a database that goes with its connection and spills to a file.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE player (id TEXT PRIMARY KEY) WITHOUT ROWID")
        # One transaction that is never ended, as nothing of it is to stay.
        self._database.execute("BEGIN")

    def is_first(self, row: Row) -> bool:
        """Note a row's player, and say whether they were not met before.

        A player may stand twice until their own region has taken out the lower entry.
        """
        command = "INSERT OR IGNORE INTO player VALUES (?)"
        return self._database.execute(command, (row.player_id.value,)).rowcount == 1

    def close(self) -> None:
        """Forget all."""
        self._database.close()
