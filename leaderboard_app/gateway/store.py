"""The leaderboard's store on DynamoDB: what the use cases ask, as calls to one region's table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.decisions import MendRequest
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Direction, Row, View
from leaderboard_app.domain.records import NOBODY_SPECIAL, EntryWrite, Record
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.gateway import conditions, items, schema
from leaderboard_app.gateway.client import HEALTH_PATIENCE, MAX_CONNECTIONS, make_client
from leaderboard_app.gateway.fanout import Fanout, Threads
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.moderation import Moderation
from leaderboard_app.gateway.rankings import RankingReader
from leaderboard_app.gateway.regions import RegionRoster
from leaderboard_app.gateway.table import Table
from leaderboard_app.usecases.ports import Decisions, Roster, Surroundings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoStore:
    """One region's table; see `usecases.ports.Store` for what each method promises."""

    def __init__(
        self,
        region: str,
        table: str,
        endpoint: str | None = None,
        fanout: Fanout | None = None,
    ) -> None:
        """Connect to a table in a region, at AWS's own address or another."""
        self.table_name = table
        self._address = region, endpoint
        self.client = make_client(region, endpoint)
        self._table = Table(self.client, table)
        self._fanout = fanout or Threads(MAX_CONNECTIONS)
        self._rankings = RankingReader(self._table, self._fanout)
        self.moderation: Decisions = Moderation(self._table)
        self.roster: Roster = RegionRoster(self._table, lambda: self._hasty)

    def boards(self) -> tuple[Board, ...]:
        """Return all boards: one Query."""
        found = self._table.query_partition(schema.BOARDS)
        return tuple(items.board_of(item) for item in found)

    def record(
        self,
        board: Board,
        player_id: PlayerId,
        now: datetime,
        submission_id: SubmissionId | None = None,
    ) -> Record:
        """Return what is known of a player: one Query and one BatchGetItem, at once."""
        entries, named = self._fanout.at_once(
            [
                partial(self._entries_and_removals, board, player_id, consistent=True),
                partial(self._named, board, player_id, submission_id),
            ]
        )
        return _record(entries, named, now)

    def history(
        self, board: Board, player_id: PlayerId, limit: int, now: datetime
    ) -> tuple[Record, tuple[Submission, ...]]:
        """Return a player's record and latest submissions: three calls at once."""
        entries, named, latest = self._fanout.at_once(
            [
                partial(self._entries_and_removals, board, player_id, consistent=False),
                partial(self._named, board, player_id, None),
                partial(self._latest_submissions, board, player_id, limit),
            ]
        )
        kept = (item for item in latest if not items.is_expired(item, now))
        return _record(entries, named, now), tuple(items.submission_of(item) for item in kept)

    def full_record(
        self, board: Board, player_id: PlayerId, now: datetime
    ) -> tuple[Record, tuple[Submission, ...]]:
        """Return a player's record and all submissions on a board: two calls at once."""
        everything, named = self._fanout.at_once(
            [
                partial(self._everything, board, player_id),
                partial(self._named, board, player_id, None),
            ]
        )
        submissions = [item for item in everything if schema.is_submission(item["sk"]["S"])]
        others = [item for item in everything if not schema.is_submission(item["sk"]["S"])]
        kept = (item for item in submissions if not items.is_expired(item, now))
        return _record(others, named, now), tuple(items.submission_of(item) for item in kept)

    def keep(
        self,
        board: Board,
        submission: Submission | None,
        expires_at: datetime,
        writes: Sequence[EntryWrite],
        asks: Sequence[MendRequest] = (),
    ) -> None:
        """Store a submission and entries: one PutItem each, at once."""
        puts = [
            partial(
                self._table.put,
                items.entry_item(write.entry, board),
                conditions.if_it_rises(write),
            )
            for write in writes
        ]
        if submission:
            item = items.submission_item(submission, expires_at)
            puts.append(partial(self._table.put, item, conditions.if_new()))
        puts += (partial(self._table.put, items.mend_item(ask), {}) for ask in asks)
        self._fanout.at_once(puts)

    def rows(
        self, view: View, past: int | None, direction: Direction, limit: int, now: datetime
    ) -> tuple[Row, ...]:
        """Return up to `limit` rows past a standing: one Query a shard, at once."""
        return self._rankings.rows(view, past, direction, limit, now)

    def surroundings(
        self, view: View, standing: int, limit: int, count_limit: int, now: datetime
    ) -> Surroundings:
        """Return the rows on either side of a standing: three Queries a shard, at once."""
        return self._rankings.surroundings(view, standing, limit, count_limit, now)

    @cached_property
    def hasty_client(self) -> DynamoDBClient:
        """A client that gives up within a second, made when first wanted."""
        region, endpoint = self._address
        return make_client(region, endpoint, HEALTH_PATIENCE)

    @cached_property
    def _hasty(self) -> Table:
        return Table(self.hasty_client, self.table_name)

    def _entries_and_removals(
        self, board: Board, player_id: PlayerId, *, consistent: bool
    ) -> list[Item]:
        first, last = schema.entries_and_removals(board.board_id)
        found = self._table.query_all(
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":pk": {"S": schema.player(player_id)},
                ":first": {"S": first},
                ":last": {"S": last},
            },
            ConsistentRead=consistent,
        )
        return list(found)

    def _everything(self, board: Board, player_id: PlayerId) -> list[Item]:
        found = self._table.query_all(
            KeyConditionExpression="pk = :pk AND begins_with(sk, :board)",
            ExpressionAttributeValues={
                ":pk": {"S": schema.player(player_id)},
                ":board": {"S": schema.everything_on(board.board_id)},
            },
            ConsistentRead=True,
        )
        return list(found)

    def _named(
        self, board: Board, player_id: PlayerId, submission_id: SubmissionId | None
    ) -> list[Item]:
        sorts = [schema.PROFILE]
        if submission_id:
            sorts.append(schema.submission(board.board_id, submission_id))
        return self._table.get_many(schema.player(player_id), sorts)

    def _latest_submissions(self, board: Board, player_id: PlayerId, limit: int) -> list[Item]:
        found = self._table.query(
            KeyConditionExpression="pk = :pk AND begins_with(sk, :submission)",
            ExpressionAttributeValues={
                ":pk": {"S": schema.player(player_id)},
                ":submission": {"S": schema.submissions(board.board_id)},
            },
            ScanIndexForward=False,
            Limit=limit,
        )
        return list(found["Items"])


def _record(neighbours: Sequence[Item], named: Sequence[Item], now: datetime) -> Record:
    """Return the record that the items of one player on one board give."""
    entries = []
    removed = []
    for item in neighbours:
        if schema.is_removal(item["sk"]["S"]):
            removed.append(items.standing_removal_of(item))
        elif not items.is_expired(item, now):
            entries.append(items.entry_of(item))
    by_kind = {item["sk"]["S"] == schema.PROFILE: item for item in named}
    profile, submission = by_kind.get(True), by_kind.get(False)
    return Record(
        entries=tuple(entries),
        removed=frozenset(name for name in removed if name),
        profile=items.profile_of(profile) if profile else NOBODY_SPECIAL,
        submission=items.submission_of(submission) if submission else None,
    )
