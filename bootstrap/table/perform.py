"""Does a plan's steps, each waiting until DynamoDB is done with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from botocore.exceptions import ClientError

from bootstrap.aws import explaining
from bootstrap.exits import Unavailable
from bootstrap.table import shape
from bootstrap.table.plan import Action, Step
from bootstrap.table.state import ACTIVE, look
from leaderboard_app.domain.boards import Board
from leaderboard_app.gateway import conditions, items
from leaderboard_app.gateway.errors import CONDITION_FAILED, code_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PATIENCE_SECONDS = 30 * 60.0
"""A replica of a full table takes a while; a step that takes longer is left to the next run."""

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 15.0


@dataclass(frozen=True, slots=True)
class Performer:
    """Does steps.

    Attributes:
        clients: of DynamoDB, by region.
        table: its name.
        boards: those that a step may add, by id.
        pause: waits that many seconds.
        clock: seconds that only ever rise.
    """

    clients: Mapping[str, DynamoDBClient]
    table: str
    boards: Mapping[str, Board]
    pause: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def perform(self, step: Step) -> None:
        """Do a step.

        Raises:
            Problem: AWS refused it, can't be reached, or is not done with it after half an hour.
        """
        with explaining(f"Could not do this in {step}"):
            self._do(step, self.clients[step.region])
            for _ in self._pauses(step):
                if self._is_done(step):
                    return

    def _do(self, step: Step, client: DynamoDBClient) -> None:
        match step.action:
            case Action.WAIT:
                pass
            case Action.CREATE_TABLE:
                client.create_table(**shape.table(self.table))
            case Action.ENABLE_STREAM:
                client.update_table(TableName=self.table, StreamSpecification=shape.STREAMING)
            case Action.CREATE_INDEX:
                self._create_index(client, step.subject)
            case Action.ADD_REPLICA:
                self._add_replica(client, step.subject)
            case Action.ENABLE_TTL:
                self._enable_ttl(client, step.subject)
            case Action.ENABLE_RECOVERY:
                self._enable_recovery(client, step)
            case Action.PROTECT:
                client.update_table(TableName=self.table, DeletionProtectionEnabled=True)
            case Action.ADD_BOARD:
                self._add_board(client, self.boards[step.subject])
            case _:
                assert_never(step.action)

    def _create_index(self, client: DynamoDBClient, name: str) -> None:
        client.update_table(
            TableName=self.table,
            AttributeDefinitions=shape.attributes(*shape.INDEX_KEYS[name]),
            GlobalSecondaryIndexUpdates=[{"Create": {**shape.index(name)}}],
        )

    def _add_replica(self, client: DynamoDBClient, region: str) -> None:
        client.update_table(
            TableName=self.table, ReplicaUpdates=[{"Create": {"RegionName": region}}]
        )

    def _enable_ttl(self, client: DynamoDBClient, attribute: str) -> None:
        try:
            client.update_time_to_live(
                TableName=self.table,
                TimeToLiveSpecification={"Enabled": True, "AttributeName": attribute},
            )
        except ClientError:
            # Another region's setting may have reached this one between looking and doing.
            state = look(client, self.table)
            if state is None or state.ttl != attribute:
                raise

    def _enable_recovery(self, client: DynamoDBClient, step: Step) -> None:
        """Turn on point-in-time recovery; a new table's backups take a moment to be there."""
        for _ in self._pauses(step):
            with suppress(client.exceptions.ContinuousBackupsUnavailableException):
                client.update_continuous_backups(
                    TableName=self.table,
                    PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
                )
                return

    def _add_board(self, client: DynamoDBClient, board: Board) -> None:
        try:
            client.put_item(
                TableName=self.table, Item=items.board_item(board), **conditions.if_new()
            )
        except ClientError as cause:
            # Somebody else added it since; theirs stays.
            if code_of(cause) != CONDITION_FAILED:
                raise

    def _is_done(self, step: Step) -> bool:
        state = look(self.clients[step.region], self.table)
        if state is None or not state.settled:
            return False
        if step.action is not Action.ADD_REPLICA:
            return True
        listed = state.replicas.get(step.subject)
        if listed not in {None, ACTIVE}:
            # It failed, and more waiting is for nothing: the next look says how.
            return True
        replica = look(self.clients[step.subject], self.table)
        return listed == ACTIVE and replica is not None and replica.settled

    def _pauses(self, step: Step) -> Iterator[None]:
        """Yield at once and then again after ever longer pauses, half an hour long."""
        deadline, pause = self.clock() + PATIENCE_SECONDS, _FIRST_PAUSE_SECONDS
        while self.clock() < deadline:
            yield
            self.pause(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE_SECONDS)
        minutes = PATIENCE_SECONDS / 60
        raise Unavailable(
            f"DynamoDB was not done after {minutes:.0f} minutes with this in {step}. "
            "Run apply again later: it goes on from there."
        )
