"""A player's record on one board: the items that it lies in, and what they say together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import NOBODY_SPECIAL, Record
from leaderboard_app.gateway import decided, items, schema
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.table import Table


def entries_and_removals(
    table: Table, board: Board, player_id: PlayerId, *, consistent: bool
) -> list[Item]:
    """Return a player's entries and removals on a board: one Query."""
    first, last = schema.entries_and_removals(board.board_id)
    found = table.query_all(
        KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues={
            ":pk": {"S": schema.player(player_id)},
            ":first": {"S": first},
            ":last": {"S": last},
        },
        ConsistentRead=consistent,
    )
    return list(found)


def all_items(table: Table, board: Board, player_id: PlayerId) -> list[Item]:
    """Return all of a player's items on a board, as of the last local write: one Query."""
    found = table.query_all(
        KeyConditionExpression="pk = :pk AND begins_with(sk, :board)",
        ExpressionAttributeValues={
            ":pk": {"S": schema.player(player_id)},
            ":board": {"S": schema.everything_on(board.board_id)},
        },
        ConsistentRead=True,
    )
    return list(found)


def record_of(
    board: Board, neighbours: Sequence[Item], named: Sequence[Item], now: datetime
) -> Record:
    """Return the record that the items of one player on a board give.

    Args:
        board: the board.
        neighbours: entries and removals.
        named: the profile and one submission, as far as they are there.
        now: what has expired by then is left out.
    """
    entries = []
    removed = []
    held = []
    for item in neighbours:
        if schema.is_removal(item["sk"]["S"]):
            removed.append(items.standing_removal_of(item))
            held.append(removed[-1] if decided.is_held(item) else None)
        elif not items.is_expired(item, now):
            entries.append(items.entry_of(item))
    by_kind = {item["sk"]["S"] == schema.PROFILE: item for item in named}
    profile, submission = by_kind.get(True), by_kind.get(False)
    return Record(
        entries=tuple(entries),
        removed=frozenset(name for name in removed if name),
        profile=items.profile_of(profile) if profile else NOBODY_SPECIAL,
        submission=items.submission_of(submission) if submission else None,
        operator=board.operator,
        held=frozenset(name for name in held if name),
    )
