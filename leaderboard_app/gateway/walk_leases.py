"""Leases on walks, and the checkpoints of those that were interrupted: one item a ranking."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from leaderboard_app.gateway import schema, walk_items, wire
from leaderboard_app.gateway.errors import CONDITION_FAILED, code_of
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.table import Table
from leaderboard_app.usecases.walk_ports import Checkpoint, Lease

SAVING_RATE = walk_items.PIECE_BYTES * 2
"""Bytes of a checkpoint a second: some 700 write units, which leaves a partition some for play."""


class Leases:
    """The leases of one region; see `usecases.walk_ports.Walks` for what each method promises."""

    saving_rate = SAVING_RATE

    def __init__(
        self, table: Table, region: str, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """Keep them in a table; `pause` waits between the pieces of a checkpoint, in seconds."""
        self._table = table
        self._region = region
        self._pause = pause

    def begin(self, lease: Lease, now: datetime) -> tuple[bool, Checkpoint | None]:
        """Take a lease by a conditional UpdateItem, which gives the checkpoint; read its pieces."""
        free = "attribute_not_exists(held_until) OR held_until <= :now"
        values = {
            ":holder": {"S": lease.holder},
            ":until": wire.moment(lease.until),
            ":gone": wire.seconds(lease.until + walk_items.KEPT),
            ":now": wire.moment(now),
        }
        update = "SET held_by = :holder, held_until = :until, expires_at = :gone"
        item = self._update(lease, update, free, values)
        if item is None:
            return False, None
        if not walk_items.is_good(item, now):
            return True, None
        return True, walk_items.checkpoint_of(item, self._pieces(lease, item["pieces"]["S"]))

    def pause(self, lease: Lease, checkpoint: Checkpoint, now: datetime) -> None:
        """Keep a checkpoint: its pieces one by one, unhurried; then what names them."""
        name = f"{self._region}#{lease.holder}"
        partition = self._partition(lease)
        pieces = walk_items.piece_items(partition, name, checkpoint.layers, now)
        for number, piece in enumerate(pieces):
            if number:
                self._pause(walk_items.PIECE_BYTES / SAVING_RATE)
            self._table.put(piece, {})
        kept = walk_items.checkpoint_attributes(lease.view, self._region, checkpoint, name, now)
        self.give_back(lease, kept)

    def leave(self, lease: Lease) -> None:
        """Give a lease back: one UpdateItem."""
        values = {":holder": {"S": lease.holder}, ":until": {"N": "0"}}
        self._update(lease, "SET held_until = :until", "held_by = :holder", values)

    def _pieces(self, lease: Lease, name: str) -> list[Item]:
        found = self._table.query_all(
            KeyConditionExpression="pk = :pk AND begins_with(sk, :piece)",
            ExpressionAttributeValues={
                ":pk": {"S": self._partition(lease)},
                ":piece": {"S": f"{name}#"},
            },
            ConsistentRead=True,
        )
        return list(found)

    def give_back(self, lease: Lease, kept: Item) -> None:
        """Put the lease's item without a holder, unless another run has taken it since."""
        key = {"pk": {"S": self._partition(lease)}, "sk": {"S": self._region}}
        ours = {
            "ConditionExpression": "held_by = :holder",
            "ExpressionAttributeValues": {":holder": {"S": lease.holder}},
        }
        self._table.put(key | kept, ours)

    def _update(
        self, lease: Lease, update: str, condition: str, values: Mapping[str, Any]
    ) -> Mapping[str, Any] | None:
        """Return the lease's item after an update; None where the condition does not hold."""
        try:
            answer = self._table.update(
                self._partition(lease),
                self._region,
                UpdateExpression=update,
                ConditionExpression=condition,
                ExpressionAttributeValues=values,
                ReturnValues="ALL_NEW",
            )
        except ClientError as cause:
            if code_of(cause) == CONDITION_FAILED:
                return None
            raise
        attributes: Mapping[str, Any] = answer["Attributes"]
        return attributes

    def _partition(self, lease: Lease) -> str:
        return schema.walk(lease.view.board.board_id, lease.view.period)
