"""Decisions as items, and back: removals, holds, and the log of what was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.decisions import Act, MendRequest
from leaderboard_app.domain.deeds import Deed, What
from leaderboard_app.domain.holds import Hold
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import NOBODY_SPECIAL
from leaderboard_app.domain.reports import Removal, Report
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.gateway import conditions, items, schema, wire
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.table import Table

Action = Mapping[str, Any]


def recent_keys(submission: Submission, board: Board) -> Item:
    """Return what lists a submission among the latest of its day."""
    shard = schema.shard_of(submission.player.player_id, board)
    day = submission.achieved_at.date()
    return _listed(submission, schema.recent(board.board_id, day, shard))


def held_keys(submission: Submission, board: Board) -> Item:
    """Return what lists a submission among those held."""
    shard = schema.shard_of(submission.player.player_id, board)
    return _listed(submission, schema.held(board.board_id, shard))


def _listed(submission: Submission, key: str) -> Item:
    standing = schema.recent_standing(submission.submission_id)
    return {schema.BOARD_KEY: {"S": key}, schema.STANDING: wire.number(standing)}


def hold_actions(table: Table, board: Board, hold: Hold, expires_at: datetime) -> list[Action]:
    """Return the actions that store a held submission: itself, its removal, the log, the asks."""
    one, act = hold.submission, hold.act
    player_id, submission_id = one.player.player_id, one.submission_id
    removal = items.removal_item(player_id, board.board_id, submission_id, act)
    deed = Deed(act, What.HELD, player_id, board.board_id, submission_id)
    asks = (MendRequest(region, player_id, act.act_id) for region in hold.regions)
    submission_item = items.submission_item(one, expires_at) | held_keys(one, board)
    return [
        table.put_action(submission_item, conditions.if_new()),
        # An operator who was quicker, in another region, has the last word.
        table.put_action(removal | {"held": {"BOOL": True}}, conditions.if_new()),
        table.put_action(deed_item(deed)),
        *(table.put_action(items.mend_item(ask)) for ask in asks),
    ]


def release_action(table: Table, submission: Submission, board: Board) -> Action:
    """Return the action that takes a submission from those held to the latest of its day."""
    return {
        "Update": {
            "TableName": table.name,
            "Key": {
                "pk": {"S": schema.player(submission.player.player_id)},
                "sk": {"S": schema.submission(board.board_id, submission.submission_id)},
            },
            "UpdateExpression": f"SET {schema.BOARD_KEY} = :key",
            "ExpressionAttributeValues": {
                ":key": recent_keys(submission, board)[schema.BOARD_KEY],
            },
            # An update would bring back what has expired, without most of it.
            "ConditionExpression": "attribute_exists(pk)",
        }
    }


def deed_item(deed: Deed) -> Item:
    """Return a deed's item in the log, which nothing ever changes."""
    item: Item = {
        "pk": {"S": schema.acts(deed.act.at.year, deed.act.at.month)},
        "sk": {"S": schema.act(deed.act.at, deed.act.act_id)},
        "what": {"S": deed.what},
        "player_id": {"S": deed.player_id.value},
    }
    if deed.board_id:
        item["board_id"] = {"S": deed.board_id}
    if deed.submission_id:
        item["submission_id"] = {"S": deed.submission_id.value}
    return item | items.act_attributes(deed.act)


def deed_of(item: Mapping[str, Any]) -> Deed:
    """Return the deed of an item."""
    named = item.get("submission_id", {}).get("S")
    return Deed(
        act=act_of(item),
        what=What(item["what"]["S"]),
        player_id=PlayerId(item["player_id"]["S"]),
        board_id=item.get("board_id", {}).get("S"),
        submission_id=SubmissionId(named) if named else None,
    )


def act_of(item: Mapping[str, Any]) -> Act:
    """Return the act beside what it changed."""
    at = wire.moment_of(item["at"])
    return Act(item["act_id"]["S"], item["by"]["S"], item["why"]["S"], at)


def report_of(
    submission: Mapping[str, Any],
    removal: Mapping[str, Any] | None,
    profile: Mapping[str, Any] | None,
) -> Report:
    """Return the report of a submission's item and of what decides about it."""
    return Report(
        items.submission_of(submission),
        _removal_of(removal) if removal else None,
        items.profile_of(profile) if profile else NOBODY_SPECIAL,
    )


def _removal_of(item: Mapping[str, Any]) -> Removal:
    stands = "restored_at" not in item
    return Removal(act_of(item), stands, held=stands and is_held(item))


def is_held(item: Mapping[str, Any]) -> bool:
    """Say whether a removal is the board's rule's."""
    return bool(item.get("held", {}).get("BOOL", False))
