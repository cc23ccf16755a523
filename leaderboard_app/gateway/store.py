"""The leaderboard's store on DynamoDB: what the use cases ask, as calls to one region's table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from leaderboard_app.domain.answers import Named, Surroundings, Wanted
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.decisions import MendRequest
from leaderboard_app.domain.keepings import Keeping
from leaderboard_app.domain.listings import Listing
from leaderboard_app.domain.places import Reach
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Direction, Row, View
from leaderboard_app.domain.records import EntryWrite, Record
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.gateway import items, schema
from leaderboard_app.gateway.allowances import DynamoCounters
from leaderboard_app.gateway.batches import DynamoBatches, puts_of
from leaderboard_app.gateway.changes import Changes
from leaderboard_app.gateway.client import (
    HEALTH_PATIENCE,
    MAX_CONNECTIONS,
    WALK_PATIENCE,
    make_client,
)
from leaderboard_app.gateway.clock import Clock, utc_now
from leaderboard_app.gateway.directory import Directory, players_of
from leaderboard_app.gateway.fanout import Fanout, Threads
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.keys import DynamoKeyRing
from leaderboard_app.gateway.logbook import Logbook
from leaderboard_app.gateway.moderation import Moderation
from leaderboard_app.gateway.rankings import RankingReader
from leaderboard_app.gateway.reaches import REACH
from leaderboard_app.gateway.records import all_items, entries_and_removals, record_of
from leaderboard_app.gateway.regions import RegionRoster
from leaderboard_app.gateway.table import Table
from leaderboard_app.gateway.walking import Walking
from leaderboard_app.usecases.ports import Batches, Counters, Decisions, KeyRing, Reading, Roster
from leaderboard_app.usecases.walk_ports import Walks

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
        reach: Reach = REACH,
        client: DynamoDBClient | None = None,
        clock: Clock = utc_now,
    ) -> None:
        """Connect to a table in a region, at AWS's own address or another.

        Args:
            region: the store's own.
            table: its name.
            endpoint: an address other than AWS's own.
            fanout: makes several calls at once; None for threads.
            reach: how far a rank is counted directly.
            client: what makes the calls; None for one of the region and endpoint.
            clock: says which rankings have not been marked as changed for a minute.
        """
        self.reach = reach
        self.table_name = table
        self._address = region, endpoint
        self._given = client
        self.client = client or make_client(region, endpoint)
        self._table = Table(self.client, table)
        self._fanout = fanout or Threads(MAX_CONNECTIONS)
        self._rankings = RankingReader(self._table, self._fanout)
        self._changes = Changes(self._table, region, clock)
        self.walks: Walks = Walking(self._table, lambda: self._patient, region, self._fanout)
        self._directory = Directory(self._table)
        self.moderation: Decisions = Moderation(self._table)
        self.logbook: Reading = Logbook(self._table, self._fanout)
        self.roster: Roster = RegionRoster(self._table, lambda: self._hasty)
        self.keys: KeyRing = DynamoKeyRing(self._table)
        self.batches: Batches = DynamoBatches(self._table, self._fanout, self._changes)
        threads = Threads(MAX_CONNECTIONS)
        self.counters: Counters = DynamoCounters(self._table, region, threads)

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
                partial(entries_and_removals, self._table, board, player_id, consistent=True),
                partial(self._named, board, player_id, submission_id),
            ]
        )
        return record_of(board, entries, named, now)

    def history(
        self, board: Board, player_id: PlayerId, limit: int, now: datetime
    ) -> tuple[Record, tuple[Submission, ...]]:
        """Return a player's record and latest submissions: three calls at once."""
        entries, named, latest = self._fanout.at_once(
            [
                partial(entries_and_removals, self._table, board, player_id, consistent=False),
                partial(self._named, board, player_id, None),
                partial(self._latest_submissions, board, player_id, limit),
            ]
        )
        kept = (item for item in latest if not items.is_expired(item, now))
        return record_of(board, entries, named, now), tuple(
            items.submission_of(item) for item in kept
        )

    def full_record(
        self, board: Board, player_id: PlayerId, now: datetime
    ) -> tuple[Record, tuple[Submission, ...]]:
        """Return a player's record and all submissions on a board: two calls at once."""
        everything, named = self._fanout.at_once(
            [
                partial(all_items, self._table, board, player_id),
                partial(self._named, board, player_id, None),
            ]
        )
        submissions = [item for item in everything if schema.is_submission(item["sk"]["S"])]
        others = [item for item in everything if not schema.is_submission(item["sk"]["S"])]
        kept = (item for item in submissions if not items.is_expired(item, now))
        return record_of(board, others, named, now), tuple(
            items.submission_of(item) for item in kept
        )

    def keep(
        self,
        board: Board,
        submission: Submission | None,
        expires_at: datetime,
        writes: Sequence[EntryWrite],
        asks: Sequence[MendRequest] = (),
        listings: Sequence[Listing] = (),
    ) -> None:
        """Store a submission, entries and the rest: one PutItem each, at once."""
        new = (submission,) if submission else ()
        keeping = Keeping(new, tuple(writes), tuple(asks), tuple(listings))
        puts = puts_of(self._table, board, keeping, expires_at)
        puts += self._changes.calls(board, (write.entry.period for write in writes))
        self._fanout.at_once(puts)

    def rows(
        self, view: View, past: int | None, direction: Direction, limit: int, now: datetime
    ) -> tuple[Row, ...]:
        """Return up to `limit` rows past a standing: one Query a shard, at once."""
        return self._rankings.rows(view, past, direction, limit, now)

    def many(self, view: View, past: int | None, limit: int, now: datetime) -> tuple[Row, ...]:
        """Return up to `limit` rows below a standing: one Query a shard, each of its share."""
        return self._rankings.many(view, past, limit, now)

    def surroundings(self, view: View, wanted: Wanted, now: datetime) -> Surroundings:
        """Return what lies on either side of a standing: up to four Queries a shard, at once."""
        return self._rankings.surroundings(view, wanted, now)

    def known(
        self, view: View, player_id: PlayerId, now: datetime
    ) -> tuple[Record, Boundaries | None]:
        """Return a player's record and a ranking's boundaries: three calls at once."""
        calls: list[Callable[[], Any]] = [
            *self._reading(view.board, player_id),
            partial(self.boundaries, view),
        ]
        entries, named, boundaries = self._fanout.at_once(calls)
        return record_of(view.board, entries, named, now), boundaries

    def boundaries(self, view: View) -> Boundaries | None:
        """Return what this region's last walk of a ranking found: one GetItem."""
        if view.country:
            return None
        partition = schema.standings_of(view.board.board_id, view.period)
        item = self._table.get(partition, self._address[0])
        return items.boundaries_of(item) if item else None

    def named(
        self,
        board: Board,
        player_ids: Sequence[PlayerId],
        key: str,
        limit: int,
        now: datetime,
    ) -> Named:
        """Return players' records and a name's listings: two calls a player and one a shard."""
        calls: list[Callable[[], Any]] = [
            call for player_id in player_ids for call in self._reading(board, player_id)
        ]
        calls += self._directory.reading(board, key, limit)
        found = self._fanout.at_once(calls)
        read, listings = found[: 2 * len(player_ids)], found[2 * len(player_ids) :]
        each = zip(read[::2], read[1::2], strict=True)
        records = tuple(record_of(board, entries, named, now) for entries, named in each)
        listed, complete = players_of(listings, limit)
        return Named(records, listed, complete)

    def _reading(self, board: Board, player_id: PlayerId) -> list[Callable[[], list[Item]]]:
        """Return the calls that read a player's record."""
        return [
            partial(entries_and_removals, self._table, board, player_id, consistent=True),
            partial(self._named, board, player_id, None),
        ]

    @cached_property
    def hasty_client(self) -> DynamoDBClient:
        """A client that gives up within a second, made when first wanted."""
        region, endpoint = self._address
        return make_client(region, endpoint, HEALTH_PATIENCE)

    @cached_property
    def patient_client(self) -> DynamoDBClient:
        """A client that waits for a megabyte's answer, made when first wanted."""
        region, endpoint = self._address
        return self._given or make_client(region, endpoint, WALK_PATIENCE)

    @cached_property
    def _patient(self) -> Table:
        return Table(self.patient_client, self.table_name)

    @cached_property
    def _hasty(self) -> Table:
        return Table(self.hasty_client, self.table_name)

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
