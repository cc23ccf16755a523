"""Rankings, read from the two indexes: all shards at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from leaderboard_app.domain.rankings import Direction, Row, View
from leaderboard_app.gateway import items, schema
from leaderboard_app.gateway.fanout import Fanout
from leaderboard_app.gateway.stretches import Stretch, gather
from leaderboard_app.gateway.table import Table
from leaderboard_app.usecases.ports import Count, Surroundings

_SHOWN = "pk, standing, #name, country, expires_at"
_NAMES = {"#name": "name"}
"""`name` is a reserved word of DynamoDB's expressions."""


class RankingReader:
    """Reads rows of a view and counts them."""

    def __init__(self, table: Table, fanout: Fanout) -> None:
        """Read from a table, several shards at once."""
        self._table = table
        self._fanout = fanout

    def rows(
        self, view: View, past: int | None, direction: Direction, limit: int, now: datetime
    ) -> tuple[Row, ...]:
        """Return up to `limit` rows past a standing, nearest first: one Query a shard, at once."""

        def read(past: int | None) -> Sequence[Stretch]:
            return self._fanout.at_once(self._stretches(view, past, direction, limit, now))

        return gather(read, past, direction, limit)

    def surroundings(
        self, view: View, standing: int, limit: int, count_limit: int, now: datetime
    ) -> Surroundings:
        """Return the rows on either side and the count above: three Queries a shard, at once."""
        up = self._stretches(view, standing, Direction.PREVIOUS, limit, now)
        down = self._stretches(view, standing, Direction.NEXT, limit, now)
        counts = [
            partial(self._count_above, view, shard, standing, count_limit)
            for shard in schema.shards_of(view)
        ]
        found: list[Any] = self._fanout.at_once([*up, *down, *counts])
        shards = len(counts)
        read_up, read_down = found[:shards], found[shards : 2 * shards]
        above = self._from(read_up, view, standing, Direction.PREVIOUS, limit, now)
        below = self._from(read_down, view, standing, Direction.NEXT, limit, now)
        counted = found[2 * shards :]
        total = Count(sum(c.number for c in counted), all(c.complete for c in counted))
        return Surroundings(tuple(reversed(above)), below, total)

    def _from(
        self,
        first: Sequence[Stretch],
        view: View,
        past: int,
        direction: Direction,
        limit: int,
        now: datetime,
    ) -> tuple[Row, ...]:
        """Return the rows that begin with stretches already read."""
        ready = [first]

        def read(past: int | None) -> Sequence[Stretch]:
            if ready:
                return ready.pop()
            return self._fanout.at_once(self._stretches(view, past, direction, limit, now))

        return gather(read, past, direction, limit)

    def _stretches(
        self, view: View, past: int | None, direction: Direction, limit: int, now: datetime
    ) -> list[Callable[[], Stretch]]:
        return [
            partial(self._stretch, view, shard, past, direction, limit, now)
            for shard in schema.shards_of(view)
        ]

    def _stretch(
        self,
        view: View,
        shard: str,
        past: int | None,
        direction: Direction,
        limit: int,
        now: datetime,
    ) -> Stretch:
        found = self._table.query(
            **_key_condition(view, shard, past, direction),
            ProjectionExpression=_SHOWN,
            ExpressionAttributeNames=_NAMES,
            ScanIndexForward=direction is Direction.PREVIOUS,
            Limit=limit,
        )["Items"]
        rows = tuple(items.row_of(item) for item in found if not items.is_expired(item, now))
        # Fewer than asked for, and far below a megabyte: the shard holds nothing more.
        end = int(found[-1]["standing"]["N"]) if len(found) == limit else None
        return Stretch(rows, end)

    def _count_above(self, view: View, shard: str, standing: int, limit: int) -> Count:
        query = _key_condition(view, shard, standing, Direction.PREVIOUS)
        number = 0
        while number < limit:
            answer = self._table.query(**query, Select="COUNT", Limit=limit - number)
            number += answer["Count"]
            if "LastEvaluatedKey" not in answer:
                return Count(number, complete=True)
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        return Count(number, complete=False)


def _key_condition(
    view: View, shard: str, past: int | None, direction: Direction
) -> dict[str, Any]:
    index, key = schema.index_of(view)
    expression, values = f"{key} = :shard", {":shard": {"S": shard}}
    if past is not None:
        expression += f" AND standing {'<' if direction is Direction.NEXT else '>'} :past"
        values[":past"] = {"N": str(past)}
    return {
        "IndexName": index,
        "KeyConditionExpression": expression,
        "ExpressionAttributeValues": values,
    }
