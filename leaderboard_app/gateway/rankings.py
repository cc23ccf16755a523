"""Rankings, read from the two indexes: all shards at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any

from leaderboard_app.domain.answers import Surroundings, Wanted
from leaderboard_app.domain.places import Count, Way
from leaderboard_app.domain.rankings import Direction, Row, View
from leaderboard_app.gateway import items, schema, wire
from leaderboard_app.gateway.fanout import Fanout
from leaderboard_app.gateway.stretches import Stretch, gather, shares_of
from leaderboard_app.gateway.table import Table

_SHOWN = "pk, standing, #name, country, expires_at"
_NAMES = {"#name": "name"}
"""`name` is a reserved word of DynamoDB's expressions."""

Query = Mapping[str, Any]
Counted = tuple[int, Query | None]
"""How many rows of a shard were counted, and the Query that goes on; None where none is left."""

Reading = list[Callable[[], Stretch]]
Counting = list[Callable[[], Counted]]


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
        return self._from(None, view, past, direction, limit, now)

    def many(self, view: View, past: int | None, limit: int, now: datetime) -> tuple[Row, ...]:
        """Return up to `limit` rows below a standing: of each shard its share, at once."""
        shares = shares_of(limit, view.board.shards)

        def read(past: int | None) -> Sequence[Stretch]:
            stretches = self._stretches(view, past, Direction.NEXT, next(shares), now)
            return self._fanout.at_once(stretches)

        return gather(read, past, Direction.NEXT, limit, view.board.operator)

    def surroundings(self, view: View, wanted: Wanted, now: datetime) -> Surroundings:
        """Return the rows on either side and the counts: up to four Queries a shard, at once."""
        way, above, below = wanted.way, wanted.above, wanted.below
        up, down = Direction.PREVIOUS, Direction.NEXT
        calls: tuple[Sequence[Callable[[], Any]], ...] = (
            self._stretches(view, way.standing, up, above, now) if above else (),
            self._stretches(view, way.standing, down, below, now) if below else (),
            self._counts(view, way, way.boundary.standing if way.boundary else None, up),
            self._counts(view, way, None, down) if way.counts_below else (),
        )
        answers = iter(self._fanout.at_once([call for some in calls for call in some]))
        rows_up, rows_down, counts_up, counts_down = (list(islice(answers, len(c))) for c in calls)
        nearest_up = self._from(rows_up, view, way.standing, up, above, now)
        return Surroundings(
            above=tuple(reversed(nearest_up)),
            below=self._from(rows_down, view, way.standing, down, below, now),
            count_above=self._sum(counts_up, way.limit),
            count_below=self._sum(counts_down, way.limit) if way.counts_below else None,
        )

    def _from(
        self,
        first: Sequence[Stretch] | None,
        view: View,
        past: int | None,
        direction: Direction,
        limit: int,
        now: datetime,
    ) -> tuple[Row, ...]:
        """Return rows; they begin with the stretches that were read already, if any were."""
        ready = [] if first is None else [first]

        def read(past: int | None) -> Sequence[Stretch]:
            if ready:
                return ready.pop()
            return self._fanout.at_once(self._stretches(view, past, direction, limit, now))

        return gather(read, past, direction, limit, view.board.operator)

    def _stretches(
        self, view: View, past: int | None, direction: Direction, limit: int, now: datetime
    ) -> Reading:
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
        answer = self._table.query(
            **_key_condition(view, shard, *_side(past, direction)),
            ProjectionExpression=_SHOWN,
            ExpressionAttributeNames=_NAMES,
            ScanIndexForward=direction is Direction.PREVIOUS,
            Limit=limit,
        )
        found = answer["Items"]
        rows = tuple(items.row_of(item) for item in found if not items.is_expired(item, now))
        # The shard may hold more where all were found that were asked for, or a megabyte of them.
        goes_on = len(found) == limit or "LastEvaluatedKey" in answer
        return Stretch(rows, int(found[-1]["standing"]["N"]) if goes_on else None)

    def _counts(self, view: View, way: Way, end: int | None, direction: Direction) -> Counting:
        """Return the counts between a standing and an end, both left out; None: to the last."""
        if end is None:
            only = _side(way.standing, direction)
        elif end - way.standing > 1:
            only = "BETWEEN :low AND :high", {":low": way.standing + 1, ":high": end - 1}
        else:
            return []
        share = next(shares_of(way.limit, view.board.shards))
        return [
            partial(self._count, _key_condition(view, shard, *only), share)
            for shard in schema.shards_of(view)
        ]

    def _count(self, query: Query, limit: int) -> Counted:
        number = 0
        while number < limit:
            answer = self._table.query(**query, Select="COUNT", Limit=limit - number)
            number += answer["Count"]
            if "LastEvaluatedKey" not in answer:
                return number, None
            query = {**query, "ExclusiveStartKey": answer["LastEvaluatedKey"]}
        return number, query

    def _sum(self, counted: Sequence[Counted], limit: int) -> Count:
        """Return how many all shards hold; where one holds far more than its share, count on."""
        number = sum(each for each, _ in counted)
        left = [query for _, query in counted if query]
        while left and number < limit:
            share = next(shares_of(limit - number, len(left)))
            further = self._fanout.at_once([partial(self._count, query, share) for query in left])
            number += sum(each for each, _ in further)
            left = [query for _, query in further if query]
        return Count(number, complete=not left)


def _side(past: int | None, direction: Direction) -> tuple[str, dict[str, int]]:
    """Return which standings lie past one: what they are compared to, and how."""
    if past is None:
        return "", {}
    return f"{'<' if direction is Direction.NEXT else '>'} :past", {":past": past}


def _key_condition(view: View, shard: str, compared: str, to: dict[str, int]) -> dict[str, Any]:
    index, key = schema.index_of(view)
    expression = f"{key} = :shard" + (f" AND standing {compared}" if compared else "")
    values = {":shard": {"S": shard}} | {name: wire.number(each) for name, each in to.items()}
    return {
        "IndexName": index,
        "KeyConditionExpression": expression,
        "ExpressionAttributeValues": values,
    }
