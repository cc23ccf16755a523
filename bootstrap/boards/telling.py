"""Boards for people, in lines, and for machines, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from bootstrap.boards.changing import option
from leaderboard_app.domain import scores
from leaderboard_app.domain.boards import Board

NOTHING = "none"


def as_json(board: Board) -> dict[str, object]:
    """Return a board for machines; scores are whole numbers, as the API has them."""
    return {
        "board": board.board_id,
        "title": board.title,
        "order": board.order,
        "operator": board.operator,
        "unit": board.unit,
        "decimals": board.decimals,
        "minimum": board.minimum,
        "maximum": board.maximum,
        "max_rise": board.max_rise,
        "periods": list(board.periods),
        "kept_days": asdict(board.retention),
        "is_open": board.is_open,
        "shards": board.shards,
        "shards_written": board.shards_written,
        "spread_from": board.spread_from and board.spread_from.isoformat(),
    }


def overview(boards: Iterable[Board]) -> Iterator[str]:
    """Yield a line a board, below a line of headings."""
    rows = [("BOARD", "OPEN", "ORDER", "COUNTS", "UNIT", "SHARDS", "TITLE")]
    for board in boards:
        is_open = "open" if board.is_open else "closed"
        about = (is_open, board.order, board.operator, board.unit, f"{board.shards}")
        rows.append((board.board_id, *about, board.title))
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()


def lines(board: Board) -> Iterator[str]:
    """Yield a line for each thing that can be said of a board, by the option that sets it."""
    yield f"Board {board.board_id}: {'open' if board.is_open else 'closed'}"
    said = _said(board)
    for name, value in said.items():
        yield f"  {option(name):<14}{value}"
    if board.spread_from:
        yield (
            f"Entries go to {board.shards_written} of the {board.shards} shards until "
            f"{board.spread_from:%H:%M:%S} UTC, when every page reads all of them."
        )


def differences(before: Board, after: Board) -> Iterator[str]:
    """Yield a line for each thing that changes."""
    old, new = _said(before), _said(after)
    for name in new:
        if old[name] != new[name]:
            yield f"  {option(name):<14}{old[name]} -> {new[name]}"


def _said(board: Board) -> Mapping[str, str]:
    """Return a board's fields as the command line takes them."""
    return {
        "title": board.title,
        "order": board.order,
        "operator": board.operator,
        "unit": board.unit,
        "decimals": f"{board.decimals}",
        "minimum": _bound(board, board.minimum),
        "maximum": _bound(board, board.maximum),
        "max_rise": NOTHING if board.max_rise is None else _bound(board, board.max_rise),
        "periods": ",".join(board.periods),
        **{f"keep_{kind}": f"{days}" for kind, days in asdict(board.retention).items()},
        "shards": f"{board.shards}",
    }


def _bound(board: Board, score: int) -> str:
    return NOTHING if abs(score) == scores.LIMIT else board.show(score, group="")
