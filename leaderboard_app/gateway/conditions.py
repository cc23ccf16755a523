"""The conditions under which items are written, each by its name."""

from __future__ import annotations

from typing import Any, assert_never

from leaderboard_app.domain.boards import Operator
from leaderboard_app.domain.records import NOBODY_SPECIAL, EntryWrite, Profile
from leaderboard_app.gateway import wire

Condition = dict[str, Any]


def if_new() -> Condition:
    """Only where no item has the key."""
    return {"ConditionExpression": "attribute_not_exists(pk)"}


def if_digest_is(digest: str) -> Condition:
    """Only where the API key's secret is still the one of this digest."""
    return {
        "ConditionExpression": "digest = :digest",
        "ExpressionAttributeValues": {":digest": {"S": digest}},
    }


def if_profile_is(profile: Profile) -> Condition:
    """Only where what operators decided about a player is still this."""
    voided = "attribute_not_exists(voided_at)"
    values: dict[str, Any] = {":banned": {"BOOL": profile.banned}}
    if profile.voided_at:
        voided = "voided_at = :voided_at"
        values[":voided_at"] = wire.moment(profile.voided_at)
    expression = f"(banned = :banned AND {voided})"
    if profile == NOBODY_SPECIAL:
        expression += " OR attribute_not_exists(pk)"
    return {"ConditionExpression": expression, "ExpressionAttributeValues": values}


def if_held() -> Condition:
    """Only where the removal is the board's rule's still: no operator decided yet."""
    return {
        "ConditionExpression": "held = :held",
        "ExpressionAttributeValues": {":held": {"BOOL": True}},
    }


def if_version(version: int) -> Condition:
    """Only where the stored item is of a version; one that says none is of version 0."""
    if version == 0:
        return {"ConditionExpression": "attribute_exists(pk) AND attribute_not_exists(version)"}
    return {
        "ConditionExpression": "version = :version",
        "ExpressionAttributeValues": {":version": wire.number(version)},
    }


def if_it_rises(write: EntryWrite, operator: Operator = Operator.BEST) -> Condition:
    """Only where the stored entry is missing, lower, the same, or one that counts no more.

    Lower is as `Entry.height` has it. The same height passes, so that an entry can be put into the
    indexes and taken out of them.
    """
    values = {":standing": wire.number(write.entry.standing)}
    match operator:
        case Operator.BEST:
            lower = "standing <= :standing"
        case Operator.FIRST:
            # Ids are ordered as text, as they are by number: all are as long, in lower case.
            lower = "submission_id > :id OR (submission_id = :id AND standing <= :standing)"
            values[":id"] = {"S": write.entry.submission_id.value}
        case _:
            assert_never(operator)
    expression = f"attribute_not_exists(pk) OR {lower}"
    if write.instead_of:
        expression += " OR submission_id = :instead_of"
        values[":instead_of"] = {"S": write.instead_of.value}
    return {"ConditionExpression": expression, "ExpressionAttributeValues": values}
