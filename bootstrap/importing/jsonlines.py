"""Reads JSON lines: an object a line, by the names of the columns."""

from __future__ import annotations

import json
from collections.abc import Generator
from itertools import islice
from typing import Any

from bootstrap.importing.scorefile import COLUMNS, PLAYER_ID, Record, ScoreFile

_EXTRAS_TOLD = 10


class _Number(str):
    """A number as it is written, so that none loses a digit on its way."""

    __slots__ = ()


class JsonLinesFile(ScoreFile):
    """A file of JSON lines; see https://jsonlines.org."""

    _extras: tuple[str, ...] = ()

    @property
    def extra_columns(self) -> tuple[str, ...]:
        """The first few names that are not read, as far as they were met."""
        return self._extras

    def records(self) -> Generator[Record, None, None]:
        """Yield the rows, blank lines left out.

        Raises:
            Problem: the file as a whole can't be read.
        """
        with self._text() as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield self._record(number, line)

    def _record(self, number: int, line: str) -> Record:
        try:
            pairs = _DECODER.decode(line.strip())
        except (ValueError, RecursionError) as cause:
            return Record(number, None, f"The line is no JSON: {_short(cause)}.")
        if not isinstance(pairs, _Pairs):
            return Record(number, None, "The line is no JSON object: write it as {…}.")
        return self._record_of(number, pairs)

    def _record_of(self, number: int, pairs: _Pairs) -> Record:
        cells = dict.fromkeys(self.columns, "")
        cells |= {name: str(v) for name, v in pairs if name in cells and isinstance(v, str)}
        self._note_extras(pairs)
        return Record(number, cells, _fault(pairs))

    def _note_extras(self, pairs: _Pairs) -> None:
        extras = (name for name, _ in pairs if name not in (*self.columns, *self._extras))
        room = _EXTRAS_TOLD - len(self._extras)
        self._extras += tuple(dict.fromkeys(islice(extras, room)))


class _Pairs(list[tuple[str, Any]]):
    """An object's names and values, as often as they come."""


_DECODER = json.JSONDecoder(
    object_pairs_hook=_Pairs, parse_int=_Number, parse_float=_Number, parse_constant=_Number
)


def _fault(pairs: _Pairs) -> str:
    """Return what is wrong with an object as a whole; nothing where it can be read."""
    values = dict(pairs)
    names = [name for name, _ in pairs]
    for column in (*COLUMNS, PLAYER_ID):
        if column not in values:
            if column in COLUMNS:
                return f"The line lacks {column!r}."
            continue
        if names.count(column) > 1:
            return f"The line names {column!r} twice."
        if not _is_readable(column, values[column]):
            also = " or a number" if column == "score" else ""
            return f"The value of {column!r} must be text{also}."
    return ""


def _is_readable(column: str, value: object) -> bool:
    return isinstance(value, str) and (column == "score" or not isinstance(value, _Number))


def _short(cause: Exception) -> str:
    said = cause.msg if isinstance(cause, json.JSONDecodeError) else str(cause)
    return said[:80].rstrip(".")
