"""Rows of a ranking as lines of a file, in the columns that `import` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from bootstrap.importing.scorefile import COLUMNS, PLAYER_ID
from bootstrap.importing.sources import Format
from leaderboard_app.domain import scores
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.csv_lines import line_of
from leaderboard_app.domain.rankings import Row

HEADER = (*COLUMNS, PLAYER_ID)


def lines_of(rows: Iterable[Row], board: Board, form: Format) -> Iterator[str]:
    """Yield the lines of a file, each with its line end; those of CSV begin with the header.

    Scores have the board's decimals, times are UTC to the millisecond.
    """
    if form is Format.CSV:
        yield line_of(HEADER)
    for row in rows:
        values = _values(row, board)
        if form is Format.CSV:
            yield line_of(values)
        else:
            yield _json_line(values)


def _values(row: Row, board: Board) -> tuple[str, ...]:
    return (
        row.name,
        row.country.code,
        scores.show(row.score(board.order), board.decimals),
        row.achieved_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        row.player_id.value,
    )


def _json_line(values: tuple[str, ...]) -> str:
    named = dict(zip(HEADER, values, strict=True))
    score = named["score"]
    # Written as it stands: a float would lose digits.
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in named.items()}
    quoted["score"] = score
    inside = ", ".join(f'"{name}": {value}' for name, value in quoted.items())
    return f"{{{inside}}}\n"
