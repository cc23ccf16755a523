"""Where an import goes: a board of the first region, which looks after what imports write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from botocore.exceptions import ClientError

from bootstrap import aws
from bootstrap.exits import Problem, Unavailable
from bootstrap.importing.checkpoint import TableCheckpoint, name_of
from bootstrap.importing.scorefile import ScoreFile
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.records import Ownership
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.errors import code_of
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.load import load
from leaderboard_app.usecases.ports import Loaded, StoreUnavailable


def board_of(deployment: Deployment, board_id: str) -> Board:
    """Return a board as the first region has it.

    Raises:
        Problem: there is none of that id, or the table can't be asked.
    """
    region, table = deployment.regions[0], deployment.table
    doing = f"Could not read the boards of table {table} in {region}"
    try:
        with aws.connecting():
            store = DynamoStore(region, table)
        with aws.explaining(doing):
            now = datetime.now(UTC)
            boards = {board.board_id: board.as_of(now) for board in store.boards()}
    except StoreUnavailable as cause:
        raise _unavailable(doing, cause) from cause
    if board_id not in boards:
        known = ", ".join(sorted(boards)) or "none yet: run python -m bootstrap apply"
        raise Problem(f"There is no board {board_id!r}. The boards are: {known}.")
    return boards[board_id]


@dataclass(frozen=True, slots=True)
class Destination:
    """Stores submissions in the first region."""

    store: DynamoStore
    loader: BulkLoader
    ownership: Ownership

    def load(
        self, board: Board, submissions: Iterable[Submission], now: datetime
    ) -> Iterator[Loaded]:
        """Store submissions, yielding what was done as it is done."""
        return load(self.store, self.loader, board, submissions, self.ownership, now)

    def checkpoint(self, board: Board, file: ScoreFile) -> TableCheckpoint:
        """Return where it is kept how far the import of a file to a board came."""
        name = name_of(file.digest(), board, self.ownership.region)
        return TableCheckpoint(self.store.client, self.store.table_name, name)


def destination(deployment: Deployment) -> Destination:
    """Return where imports go."""
    region, table = deployment.regions[0], deployment.table
    return Destination(
        DynamoStore(region, table),
        BulkLoader(region, table),
        Ownership(region, deployment.regions),
    )


def _unavailable(doing: str, error: StoreUnavailable) -> Problem:
    cause = error.__cause__
    if isinstance(cause, ClientError) and code_of(cause) == "ResourceNotFoundException":
        return Problem(f"{doing}: it is not there. Run python -m bootstrap apply first.")
    return Unavailable(f"{doing}: {error}. Run this again in a while.")
