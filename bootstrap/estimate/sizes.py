"""How large our items are, as DynamoDB counts: by the very items that the gateway makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from leaderboard_app.domain.boards import SUBMISSIONS_KEPT, Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.submissions import ENTROPY_BYTES, Submission, SubmissionId
from leaderboard_app.gateway import items, schema

Item = Mapping[str, Any]

OVERHEAD_BYTES = 100
"""DynamoDB counts so many on top of each item, and of each entry in an index, for storage alone."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of one item each.

    Attributes:
        entry, submission: in the table.
        row: of an entry in one index.
    """

    entry: int
    submission: int
    row: int


def typical() -> Sizes:
    """Return the sizes for a player whose id is a UUID and whose name has ten letters."""
    at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    player = Player(PlayerId("018f0000-0000-7000-8000-000000000000"), "Aleksandra", Country("FI"))
    one = Submission(
        SubmissionId.make(at, bytes(ENTROPY_BYTES)), "global", player, 123_456, "us-west-2", "api"
    )
    board = Board("global", "Global")
    month = board.open_periods(at, at)[1]
    entry = items.entry_item(Entry.of(one, board, month), board)
    shown = {
        schema.PARTITION_KEY, schema.SORT_KEY, schema.STANDING, schema.BOARD_KEY,
        *schema.SHOWN_ATTRIBUTES,
    }  # fmt: skip
    return Sizes(
        entry=size_of(entry),
        submission=size_of(items.submission_item(one, at + SUBMISSIONS_KEPT)),
        row=size_of({name: value for name, value in entry.items() if name in shown}),
    )


def size_of(item: Item) -> int:
    """Return an item's size: names and values, two digits of a number to a byte.

    See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
    """
    return sum(len(name) + _value(value) for name, value in item.items())


def _value(value: Mapping[str, Any]) -> int:
    ((kind, inside),) = value.items()
    match kind:
        case "S":
            return len(inside.encode())
        case "N":
            return (len(inside.lstrip("-")) + 1) // 2 + 1
        case "BOOL":
            return 1
        case _:
            raise ValueError(f"{kind}: our entries and submissions hold none.")


def units(some: Iterable[int], unit_bytes: int) -> int:
    """Return how many units so many bytes take together: at least one."""
    return max(1, -(-sum(some) // unit_bytes))
