"""Rankings as walks see them: whole, a megabyte a call, no more of a row than its place needs."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.walks import Markers, Walked
from leaderboard_app.gateway import items, schema, walk_items, wire
from leaderboard_app.gateway.fanout import Fanout
from leaderboard_app.gateway.table import Table
from leaderboard_app.gateway.walk_leases import Leases
from leaderboard_app.usecases.walk_ports import Ask, IndexPage, Lease

ROWS_AT_ONCE = 40_000
"""So many rows are asked for at once, of all shards together: it bounds a walk's memory. Of up to
seven shards each gives its megabyte."""


class Walking(Leases):
    """The walks of one region; see `usecases.walk_ports.Walks` for what each method promises."""

    def __init__(
        self,
        table: Table,
        patient: Callable[[], Table],
        region: str,
        fanout: Fanout,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Walk in a table for a region.

        Args:
            table: the region's.
            patient: gives the same, over a client that waits for large answers.
            region: whose walks they are.
            fanout: makes several calls at once.
            pause: waits between the pieces of a checkpoint, in seconds.
        """
        super().__init__(table, region, pause)
        self._patient = patient
        self._fanout = fanout

    def pages(self, view: View, asks: Sequence[Ask], now: datetime) -> list[IndexPage]:
        """Return a page of each shard that is asked for: one Query each, at once."""
        return self._fanout.at_once([partial(self._page, view, ask, now) for ask in asks])

    def ranked(
        self, view: View, players: Sequence[PlayerId], now: datetime
    ) -> list[list[tuple[int, str]]]:
        """Return each player's ranked entries: one Query each, at once."""
        return self._fanout.at_once([partial(self._ranked, view, each, now) for each in players])

    def markers(self, board_id: str, now: datetime) -> Mapping[Period, Markers]:
        """Return a board's markers, of all regions: one Query."""
        found: dict[Period, dict[str, int]] = defaultdict(dict)
        for item in self._table.query_partition(schema.changes(board_id)):
            if not items.is_expired(item, now):
                region = item["sk"]["S"].split("#", 1)[0]
                found[walk_items.period_of(item)][region] = int(item["at"]["N"])
        return found

    def walked(self, board_id: str, now: datetime) -> Mapping[Period, Walked]:
        """Return what this region keeps of its walks of a board: one Query."""
        found = self._table.query_all(
            KeyConditionExpression="pk = :pk AND begins_with(sk, :region)",
            ExpressionAttributeValues={
                ":pk": {"S": schema.winners(board_id)},
                ":region": {"S": f"{self._region}#"},
            },
        )
        kept = (walk_items.walked_of(item) for item in found if not items.is_expired(item, now))
        return {walked.past.period: walked for walked in kept}

    def finish(self, lease: Lease, boundaries: Boundaries, walked: Walked) -> None:
        """Put what a walk found, at once; then give the lease back."""
        view, region = lease.view, self._region
        expires_at = view.board.expires_at(view.period)
        board_id = view.board.board_id
        found = [
            items.boundaries_item(board_id, view.period, region, boundaries, expires_at),
            walk_items.walked_item(view, region, walked),
        ]
        self._fanout.at_once([partial(self._table.put, item, {}) for item in found])
        self.give_back(lease, {"expires_at": wire.seconds(lease.until)})

    def _page(self, view: View, ask: Ask, now: datetime) -> IndexPage:
        index, key = schema.index_of(view)
        expression, values = f"{key} = :shard", {":shard": {"S": schema.shards_of(view)[ask.shard]}}
        if ask.past is not None:
            expression += " AND standing < :past"
            values[":past"] = wire.number(ask.past)
        after: dict[str, Any] = {"ExclusiveStartKey": ask.after} if ask.after else {}
        expires = view.board.expires_at(view.period) is not None
        answer = self._patient().query(
            IndexName=index,
            KeyConditionExpression=expression,
            ExpressionAttributeValues=values,
            ProjectionExpression="pk, standing, expires_at" if expires else "pk, standing",
            ScanIndexForward=False,
            Limit=max(1, ROWS_AT_ONCE // view.board.shards),
            **after,
        )
        found = answer["Items"]
        kept = [each for each in found if not items.is_expired(each, now)] if expires else found
        rows = [(int(each["standing"]["N"]), schema.player_of(each["pk"]["S"])) for each in kept]
        following = answer.get("LastEvaluatedKey")
        end = int(following["standing"]["N"]) if following else None
        return IndexPage(rows, end, following)

    def _ranked(self, view: View, player_id: PlayerId, now: datetime) -> list[tuple[int, str]]:
        start = schema.entry(view.board.board_id, view.period, "")
        found = self._table.query_all(
            KeyConditionExpression="pk = :pk AND begins_with(sk, :entry)",
            ExpressionAttributeValues={
                ":pk": {"S": schema.player(player_id)},
                ":entry": {"S": start},
            },
        )
        return [
            (int(item["standing"]["N"]), item["sk"]["S"].removeprefix(start))
            for item in found
            if schema.BOARD_KEY in item and not items.is_expired(item, now)
        ]
