"""Counters of what clients did, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import cache

from leaderboard_app.domain.allowances import Client


class MemoryCounters:
    """See `usecases.ports.Counters`; tells a store of every call to it, which may refuse."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note
        self.counts: Counter[tuple[Client, datetime]] = Counter()

    def count(self, client: Client, minute: datetime, number: int) -> Callable[[], int]:
        @cache
        def count() -> int:
            self._note("count")
            self.counts[client, minute] += number
            return self.counts[client, minute]

        return count
