"""Counters of what clients did: an item a client and minute, of the local region alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from leaderboard_app.domain.allowances import Client
from leaderboard_app.gateway import schema, wire
from leaderboard_app.gateway.fanout import Threads
from leaderboard_app.gateway.table import Table

KEPT = timedelta(minutes=5)
"""Long enough for clocks that differ; addresses are personal data, and nobody needs them longer."""


class DynamoCounters:
    """One region's counters; see `usecases.ports.Counters`."""

    def __init__(self, table: Table, region: str, threads: Threads) -> None:
        """Count in a table, in an item of the region's own (invariant 1)."""
        self._table = table
        self._region = region
        self._threads = threads

    def count(self, client: Client, minute: datetime, number: int) -> Callable[[], int]:
        """Begin one UpdateItem in a thread; return what waits for the count that it gave."""
        return self._threads.start(lambda: self._add(client, minute, number))

    def _add(self, client: Client, minute: datetime, number: int) -> int:
        answer = self._table.update(
            schema.allowance(client, minute),
            self._region,
            UpdateExpression="SET expires_at = :end ADD #count :number",
            ExpressionAttributeNames={"#count": "count"},
            ExpressionAttributeValues={
                ":end": wire.seconds(minute + KEPT),
                ":number": wire.number(number),
            },
            ReturnValues="UPDATED_NEW",
        )
        return int(answer["Attributes"]["count"]["N"])
