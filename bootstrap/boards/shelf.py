"""Where boards are kept: the first region's table; the global table carries them to the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from bootstrap import aws
from bootstrap.exits import Problem
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import View
from leaderboard_app.gateway import conditions, items, schema
from leaderboard_app.gateway.bulk import NO_TABLE
from leaderboard_app.gateway.errors import CONDITION_FAILED, code_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_VERSION = "version"


@dataclass(frozen=True, slots=True)
class Kept:
    """A board as it was read, and how often it had been changed by then."""

    board: Board
    version: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The boards of a deployment.

    One region's table takes all changes, so that of two at the same time one finds the other.
    Every method raises a Problem where a table can't be asked.
    """

    deployment: Deployment
    clients: Mapping[str, DynamoDBClient]

    @classmethod
    def of(cls, deployment: Deployment) -> Shelf:
        """Return the shelf of a deployment, on the AWS that the environment names.

        Raises:
            Problem: the environment names an address or a profile that can't be used.
        """
        return cls(deployment, aws.dynamodb(deployment.regions))

    def all(self) -> tuple[Kept, ...]:
        """Return all boards, by their ids."""
        with self._asking("read the boards"):
            found = self._home.query(
                TableName=self.deployment.table,
                KeyConditionExpression="pk = :boards",
                ExpressionAttributeValues={":boards": {"S": schema.BOARDS}},
                ConsistentRead=True,
            )
        return tuple(_kept(item) for item in found["Items"])

    def get(self, board_id: str) -> Kept:
        """Return a board.

        Raises:
            Problem: there is none of that id.
        """
        boards = {kept.board.board_id: kept for kept in self.all()}
        if board_id not in boards:
            known = ", ".join(boards) or "none yet"
            raise Problem(f"There is no board {board_id[:40]!r}. The boards are: {known}.")
        return boards[board_id]

    def add(self, board: Board) -> bool:
        """Keep a new board; False where there is one of its id."""
        return self._put(items.board_item(board), conditions.if_new())

    def replace(self, kept: Kept, board: Board) -> bool:
        """Keep a board as changed; False where somebody else changed it since it was read."""
        item = items.board_item(board) | {_VERSION: {"N": str(kept.version + 1)}}
        return self._put(item, conditions.if_version(kept.version))

    def region_with_entries(self, board: Board) -> str | None:
        """Return a region in which anybody is ranked on a board; None where nobody is anywhere."""
        keys = schema.shards_of(View(board, ALL_TIME))
        for region in self.deployment.regions:
            with self._asking(f"look for entries of board {board.board_id}", region):
                if any(self._is_ranked(region, key) for key in keys):
                    return region
        return None

    def _is_ranked(self, region: str, key: str) -> bool:
        answer = self.clients[region].query(
            TableName=self.deployment.table,
            IndexName=schema.BOARD_INDEX,
            KeyConditionExpression=f"{schema.BOARD_KEY} = :key",
            ExpressionAttributeValues={":key": {"S": key}},
            Limit=1,
        )
        return bool(answer["Items"])

    def _put(self, item: items.Item, condition: conditions.Condition) -> bool:
        with self._asking(f"store board {item['sk']['S']}"):
            try:
                self._home.put_item(TableName=self.deployment.table, Item=item, **condition)
            except ClientError as cause:
                if code_of(cause) == CONDITION_FAILED:
                    return False
                raise
        return True

    @property
    def _home(self) -> DynamoDBClient:
        return self.clients[self.deployment.regions[0]]

    @contextmanager
    def _asking(self, doing: str, region: str = "") -> Iterator[None]:
        where = f"in table {self.deployment.table} in {region or self.deployment.regions[0]}"
        try:
            with aws.explaining(f"Could not {doing} {where}"):
                yield
        except Problem as cause:
            error = cause.__cause__
            if isinstance(error, ClientError) and code_of(error) == NO_TABLE:
                missing = f"Could not {doing} {where}: it is not there."
                raise Problem(f"{missing} Run python -m bootstrap apply first.") from error
            raise


def _kept(item: Mapping[str, Any]) -> Kept:
    try:
        return Kept(items.board_of(item), int(item.get(_VERSION, {"N": "0"})["N"]))
    except (InvalidValue, KeyError, ValueError) as cause:
        name = item["sk"]["S"]
        raise Problem(f"Board {name!r} lies in the table as no board can: {cause!r}.") from cause
