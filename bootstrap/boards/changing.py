"""What may be changed of a board, and what becomes of it. Nothing is asked or stored here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from bootstrap.exits import Problem
from leaderboard_app.domain import scores
from leaderboard_app.domain.boards import Board, Retention
from leaderboard_app.domain.errors import InvalidValue

SPREAD_AFTER = timedelta(minutes=5)
"""After so long every process reads the shards that were added: each remembers the boards for a
minute, and replication and clocks have the rest."""

FIXED = {
    "order": "every entry stands in the ranking by the order it came in under",
    "operator": "what a player's earlier scores came to can't be told from the entries",
    "decimals": "the scores that are stored would all mean something else",
    "unit": "the scores that are stored would all mean something else",
}
"""What a board with entries keeps for good, and why."""

_KEEPS = {f"keep_{field.name}": field.name for field in fields(Retention)}
_BOUNDS: Mapping[str, int | None] = {
    "minimum": -scores.LIMIT,
    "maximum": scores.LIMIT,
    "max_rise": None,
}
"""The fields that are typed as the board shows scores, each with what `none` stands for."""


def made(board_id: str, wanted: Mapping[str, Any]) -> Board:
    """Return a new board with what is wanted of it, by the fields' names; bounds as typed.

    Raises:
        Problem: it would be no board; names the option at fault.
    """
    return _with(Board("new", "New"), {"board_id": board_id, **wanted})


def changed(board: Board, wanted: Mapping[str, Any], now: datetime) -> Board:
    """Return a board with what is wanted of it, by the fields' names; bounds as typed.

    Shards that are added are not written to before every reader can be expected to know them.

    Raises:
        Problem: it would be no board, or have fewer shards; names the option at fault.
    """
    board = board.as_of(now)
    shards = wanted.get("shards", board.shards)
    if shards < board.shards:
        raise Problem(
            f"--shards: board {board.board_id} has {board.shards}, and {shards} would leave out "
            "of sight whoever stands in the others. They can only be raised."
        )
    if shards == board.shards:
        return _with(board, wanted)
    spread = {"spread_before": board.shards_written, "spread_from": now + SPREAD_AFTER}
    return _with(board, {**wanted, **spread})


def fixed_changes(before: Board, after: Board) -> tuple[str, ...]:
    """Return what differs between two boards that a board with entries has to keep."""
    return tuple(name for name in FIXED if getattr(before, name) != getattr(after, name))


def option(field: str) -> str:
    """Return what the command line calls a field of a board."""
    return "BOARD" if field in {"board", "board_id"} else f"--{field.replace('_', '-')}"


def _with(board: Board, wanted: Mapping[str, Any]) -> Board:
    kept = {_KEEPS[name]: days for name, days in wanted.items() if name in _KEEPS}
    bounds = {name: text for name, text in wanted.items() if name in _BOUNDS}
    others = {name: value for name, value in wanted.items() if name not in {*_KEEPS, *_BOUNDS}}
    try:
        found = replace(board, retention=replace(board.retention, **kept), **others)
        # Typed as the board shows scores, so its unit and decimals have to be known first.
        parsed: dict[str, Any] = {name: _bound(found, name, bounds[name]) for name in bounds}
        return replace(found, **parsed)
    except InvalidValue as cause:
        raise Problem(f"{option(cause.field)}: {cause.message}") from cause


def _bound(board: Board, name: str, text: str) -> int | None:
    if text.strip().lower() == "none":
        return _BOUNDS[name]
    try:
        return scores.parse(text, board.decimals, board.unit)
    except InvalidValue as cause:
        raise cause.renamed(name) from cause
