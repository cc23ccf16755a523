"""How far an import came, so that the next run of the same file need not begin at its start.

It is kept in the table, not beside the file: it says what is stored there, so it has to go where
that table goes. A file would outlive a table that was destroyed and made again, and rows would be
passed over that are nowhere; and standard input has no place beside it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from leaderboard_app.domain import moments
from leaderboard_app.domain.boards import Board

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PARTITION = "import"
KEPT = timedelta(days=1)
"""Importing again from the start changes nothing, so that no checkpoint has to be kept for long."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far an import came.

    Attributes:
        rows: the file's first rows, good and bad, that nothing is left to do for.
        now: which times lay ahead and which periods were open when they were looked at.
    """

    rows: int
    now: datetime


class Checkpoint(Protocol):
    """Keeps the mark of one import."""

    def find(self, now: datetime) -> Mark | None:
        """Return the mark of an import that was interrupted; None where there is none of late."""

    def keep(self, mark: Mark) -> None:
        """Keep a mark: all its rows are stored."""

    def forget(self) -> None:
        """Take the mark away: all rows are stored."""


class NoCheckpoint:
    """Remembers nothing: every import begins at the start."""

    def find(self, now: datetime) -> Mark | None:  # noqa: ARG002 - as in Checkpoint.
        """Return None."""
        return None

    def keep(self, mark: Mark) -> None:
        """Keep nothing."""

    def forget(self) -> None:
        """Forget nothing."""


@dataclass(slots=True)
class TableCheckpoint:
    """Keeps the mark as an item of the table that the import goes to.

    Attributes:
        client: the region's.
        table: where to.
        name: what tells this import from every other, see `name_of`.
    """

    client: DynamoDBClient
    table: str
    name: str
    _there: bool = field(default=False, init=False)

    def find(self, now: datetime) -> Mark | None:
        """Return the mark, unless it is over a day old."""
        found = self.client.get_item(TableName=self.table, Key=self._key, ConsistentRead=True)
        item = found.get("Item")
        if item is None:
            return None
        self._there = True
        mark = Mark(int(item["rows"]["N"]), moments.from_ms(int(item["now"]["N"])))
        return mark if now - KEPT < mark.now <= now else None

    def keep(self, mark: Mark) -> None:
        """Keep a mark."""
        self._there = True
        expires_at = moments.to_ms(mark.now + KEPT) // 1000
        numbers = {"rows": mark.rows, "now": moments.to_ms(mark.now), "expires_at": expires_at}
        written = {name: {"N": str(number)} for name, number in numbers.items()}
        self.client.put_item(TableName=self.table, Item={**self._key, **written})

    def forget(self) -> None:
        """Take the mark away, where there is one."""
        if self._there:
            self.client.delete_item(TableName=self.table, Key=self._key)
            self._there = False

    @property
    def _key(self) -> dict[str, dict[str, str]]:
        return {"pk": {"S": PARTITION}, "sk": {"S": self.name}}


def name_of(digest: str, board: Board, region: str) -> str:
    """Return the name of the import of a file to a board, as the board is now, in a region.

    Another bound or another decimal of the board makes other rows good, or other scores of them.
    """
    return hashlib.sha256(f"{digest}\n{board!r}\n{region}".encode()).hexdigest()
