"""What operators read: the latest submissions, those held, a player's all, and the log of acts.

Submissions are listed under keys of their own in the index of rankings (see `schema.recent`); what
the index does not carry is read from the items themselves, as of the last local write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from heapq import nlargest
from itertools import chain
from typing import Any

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.deeds import Deed
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.reports import Dossier, Report, Reports
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.gateway import decided, items, schema, wire
from leaderboard_app.gateway.fanout import Fanout
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.records import all_items, record_of
from leaderboard_app.gateway.table import GET_AT_ONCE, Table

Key = tuple[str, str]

MOST_AT_ONCE = GET_AT_ONCE // 3
"""Each submission is three items: itself, its removal and its player's profile."""


class Logbook:
    """See `usecases.ports.Logbook`."""

    def __init__(self, table: Table, fanout: Fanout) -> None:
        """Read a table, several shards at once."""
        self._table = table
        self._fanout = fanout

    def latest(self, board: Board, day: date, past: int | None, limit: int) -> Reports:
        """Return a day's submissions: one Query a shard at once, then one BatchGetItem."""
        keys = [schema.recent(board.board_id, day, shard) for shard in range(board.shards)]
        return self._listed(keys, past, limit)

    def held(self, board: Board, past: int | None, limit: int) -> Reports:
        """Return the held submissions: as many calls as `latest`."""
        keys = [schema.held(board.board_id, shard) for shard in range(board.shards)]
        return self._listed(keys, past, limit)

    def dossier(self, board: Board, player_id: PlayerId, now: datetime) -> Dossier:
        """Return all that is known of a player on a board: two calls at once."""
        everything, named = self._fanout.at_once(
            [
                partial(all_items, self._table, board, player_id),
                partial(self._table.get_many, schema.player(player_id), [schema.PROFILE]),
            ]
        )
        submissions = [item for item in everything if schema.is_submission(item["sk"]["S"])]
        others = [item for item in everything if not schema.is_submission(item["sk"]["S"])]
        kept = [item for item in submissions if not items.is_expired(item, now)]
        reports = _reports(kept, [*others, *named])
        act = decided.act_of(named[0]) if named and "act_id" in named[0] else None
        return Dossier(record_of(board, others, named, now), act, _latest_first(reports))

    def find(self, board: Board, player_id: PlayerId, submission_id: SubmissionId) -> Report | None:
        """Return a submission with what was decided about it: one BatchGetItem."""
        sort = schema.submission(board.board_id, submission_id)
        sorts = [sort, schema.removal_of(sort), schema.PROFILE]
        found = self._table.get_many(schema.player(player_id), sorts)
        return next(iter(_reports([item for item in found if _is_submission(item)], found)), None)

    def acts(
        self, year: int, month: int, past: tuple[datetime, str] | None, limit: int
    ) -> tuple[Deed, ...]:
        """Return a month's deeds, latest first: one Query."""
        values = {":pk": {"S": schema.acts(year, month)}}
        condition = "pk = :pk"
        if past:
            condition, values[":past"] = f"{condition} AND sk < :past", {"S": schema.act(*past)}
        found = self._table.query(
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ScanIndexForward=False,
            Limit=limit,
        )["Items"]
        return tuple(decided.deed_of(item) for item in found)

    def _listed(self, keys: Sequence[str], past: int | None, limit: int) -> Reports:
        most = min(limit, MOST_AT_ONCE)
        shards = self._fanout.at_once([partial(self._shard, key, past, most + 1) for key in keys])
        rows = nlargest(most + 1, chain.from_iterable(shards), key=_standing)
        shown = rows[:most]
        found = self._table.get_keys(list(dict.fromkeys(_keys_of(shown)))) if shown else []
        submissions = [item for item in found if _is_submission(item)]
        reports = _reports(submissions, found)
        return Reports(_latest_first(reports), _standing(shown[-1]) if len(rows) > most else None)

    def _shard(self, key: str, past: int | None, limit: int) -> list[Item]:
        condition, values = f"{schema.BOARD_KEY} = :key", {":key": {"S": key}}
        if past is not None:
            condition += f" AND {schema.STANDING} < :past"
            values[":past"] = wire.number(past)
        answer = self._table.query(
            IndexName=schema.BOARD_INDEX,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ProjectionExpression=f"pk, sk, {schema.STANDING}",
            ScanIndexForward=False,
            Limit=limit,
        )
        return list(answer["Items"])


def _standing(row: Mapping[str, Any]) -> int:
    return int(row[schema.STANDING]["N"])


def _keys_of(rows: Sequence[Item]) -> list[Key]:
    """Return the keys of submissions and of what decides about them."""
    keys = []
    for row in rows:
        partition, sort = row["pk"]["S"], row["sk"]["S"]
        keys += [(partition, sort), (partition, schema.removal_of(sort))]
        keys.append((partition, schema.PROFILE))
    return keys


def _is_submission(item: Item) -> bool:
    sort = item["sk"]["S"]
    return bool(sort != schema.PROFILE and schema.is_submission(sort))


def _reports(submissions: Sequence[Item], others: Sequence[Item]) -> list[Report]:
    """Return the reports of submissions, by what else there is of their players."""
    by_key = {(item["pk"]["S"], item["sk"]["S"]): item for item in others}
    reports = []
    for item in submissions:
        partition, sort = item["pk"]["S"], item["sk"]["S"]
        removal = by_key.get((partition, schema.removal_of(sort)))
        profile = by_key.get((partition, schema.PROFILE))
        reports.append(decided.report_of(item, removal, profile))
    return reports


def _latest_first(reports: Sequence[Report]) -> tuple[Report, ...]:
    return tuple(sorted(reports, key=lambda one: one.submission.submission_id, reverse=True))
