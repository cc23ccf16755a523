"""The conditions under which items are written, each by its name."""

from __future__ import annotations

from typing import Any

from leaderboard_app.domain.records import EntryWrite

Condition = dict[str, Any]


def if_new() -> Condition:
    """Only where no item has the key."""
    return {"ConditionExpression": "attribute_not_exists(pk)"}


def if_it_rises(write: EntryWrite) -> Condition:
    """Only where the stored entry is missing, lower, the same, or one that counts no more.

    The same standing passes, so that an entry can be put into the indexes and taken out of them.
    """
    expression = "attribute_not_exists(pk) OR standing <= :standing"
    values = {":standing": {"N": str(write.entry.standing)}}
    if write.instead_of:
        expression += " OR submission_id = :instead_of"
        values[":instead_of"] = {"S": write.instead_of.value}
    return {"ConditionExpression": expression, "ExpressionAttributeValues": values}
