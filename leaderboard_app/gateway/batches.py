"""Many players at once: their records read in one round trip, and what follows kept in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.decisions import MendRequest
from leaderboard_app.domain.holds import Hold
from leaderboard_app.domain.keepings import Keeping
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import Record
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.gateway import conditions, decided, items, schema
from leaderboard_app.gateway.changes import Changes
from leaderboard_app.gateway.directory import listing_item
from leaderboard_app.gateway.fanout import Fanout
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.records import entries_and_removals, record_of
from leaderboard_app.gateway.table import GET_AT_ONCE, Table
from leaderboard_app.usecases.ports import StoreUnavailable

Key = tuple[str, str]
Put = Callable[[], bool]


class DynamoBatches:
    """See `usecases.ports.Batches`."""

    def __init__(self, table: Table, fanout: Fanout, changes: Changes) -> None:
        """Use a table, its markers of changes, and what makes several calls at once."""
        self._table = table
        self._fanout = fanout
        self._changes = changes

    def records(
        self, board: Board, asked: Mapping[PlayerId, Sequence[SubmissionId]], now: datetime
    ) -> dict[PlayerId, tuple[Record, dict[SubmissionId, Submission]]]:
        """Return records: one Query a player and one BatchGetItem a hundred items, at once."""
        keys = [
            (schema.player(player_id), sort)
            for player_id, named in asked.items()
            for sort in (schema.PROFILE, *(schema.submission(board.board_id, n) for n in named))
        ]
        calls: list[Callable[[], list[Item]]] = [
            partial(entries_and_removals, self._table, board, player_id, consistent=True)
            for player_id in asked
        ]
        starts = range(0, len(keys), GET_AT_ONCE)
        calls += (partial(self._table.get_keys, keys[s : s + GET_AT_ONCE]) for s in starts)
        found = self._fanout.at_once(calls)
        named_items = _by_player(item for answer in found[len(asked) :] for item in answer)
        return {
            player_id: _known(board, neighbours, named_items[schema.player(player_id)], now)
            for player_id, neighbours in zip(asked, found, strict=False)
        }

    def keep(
        self, board: Board, keepings: Sequence[Keeping], expires_at: datetime
    ) -> tuple[StoreUnavailable | None, ...]:
        """Store what is to be stored of each player: one PutItem each, all at once."""
        writes = (write for keeping in keepings for write in keeping.writes)
        marks = self._changes.calls(board, (write.entry.period for write in writes))
        puts = [puts_of(self._table, board, keeping, expires_at) for keeping in keepings]
        calls = [_attempt(put) for put in (*marks, *(put for each in puts for put in each))]
        failures = iter(self._fanout.at_once(calls))
        # A ranking that is not marked as changed is not walked again: that concerns all.
        unmarked = [next(failures) for _ in marks]
        return tuple(_first((*unmarked, *(next(failures) for _ in each))) for each in puts)


def puts_of(table: Table, board: Board, keeping: Keeping, expires_at: datetime) -> list[Put]:
    """Return the calls that store what is to be stored of a player, in any order."""
    puts: list[Put] = [
        partial(
            table.put,
            items.entry_item(write.entry, board),
            conditions.if_it_rises(write, board.operator),
        )
        for write in keeping.writes
    ]
    puts += (
        partial(
            table.put,
            items.submission_item(each, expires_at) | decided.recent_keys(each, board),
            conditions.if_new(),
        )
        for each in keeping.submissions
    )
    puts += (partial(table.put, items.mend_item(ask), {}) for ask in keeping.asks)
    puts += (partial(table.put, listing_item(one, board), {}) for one in keeping.listings)
    puts += (partial(_hold, table, board, hold, expires_at) for hold in keeping.holds)
    return puts


def _hold(table: Table, board: Board, hold: Hold, expires_at: datetime) -> bool:
    if table.transact(decided.hold_actions(table, board, hold, expires_at)):
        return True
    # It is here already, or what was decided about it arrived before it: that stays, and what
    # follows from it is mended.
    one = hold.submission
    item = items.submission_item(one, expires_at) | decided.recent_keys(one, board)
    table.put(item, conditions.if_new())
    for region in hold.regions:
        ask = MendRequest(region, one.player.player_id, hold.act.act_id)
        table.put(items.mend_item(ask), {})
    return False


def _by_player(found: Iterable[Item]) -> Mapping[str, list[Item]]:
    by_player: dict[str, list[Item]] = defaultdict(list)
    for item in found:
        by_player[item["pk"]["S"]].append(item)
    return by_player


def _known(
    board: Board, neighbours: Sequence[Item], named: Sequence[Item], now: datetime
) -> tuple[Record, dict[SubmissionId, Submission]]:
    profiles = [item for item in named if item["sk"]["S"] == schema.PROFILE]
    stored = [items.submission_of(item) for item in named if item["sk"]["S"] != schema.PROFILE]
    record = record_of(board, neighbours, profiles, now)
    return record, {each.submission_id: each for each in stored}


def _attempt(put: Callable[[], Any]) -> Callable[[], StoreUnavailable | None]:
    def attempt() -> StoreUnavailable | None:
        try:
            put()
        except StoreUnavailable as error:
            return error
        return None

    return attempt


def _first(failures: Iterable[StoreUnavailable | None]) -> StoreUnavailable | None:
    return next((failure for failure in failures if failure), None)
