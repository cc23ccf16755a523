"""Single values as DynamoDB's JSON has them, written and read in one way by all items."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from leaderboard_app.domain import moments

Value = dict[str, str]


def string(value: str) -> Value:
    """Return a text's value; of an enumeration, its text."""
    return {"S": str(value)}


def number(value: int) -> Value:
    """Return a whole number's value."""
    return {"N": str(value)}


def moment(at: datetime) -> Value:
    """Return a moment's value: milliseconds."""
    return number(moments.to_ms(at))


def moment_of(value: Mapping[str, str]) -> datetime:
    """Return the moment of a value."""
    return moments.from_ms(int(value["N"]))


def seconds(at: datetime) -> Value:
    """Return the value by which TTL knows a moment: whole seconds."""
    return number(int(at.timestamp()))
