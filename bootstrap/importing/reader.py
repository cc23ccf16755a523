"""Reads a CSV file's records, however broken, without ever holding more than a line of it."""

from __future__ import annotations

import csv
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bootstrap.importing.scorefile import COLUMNS, PLAYER_ID, Record, ScoreFile
from leaderboard_app.domain.csv_lines import bare

if TYPE_CHECKING:
    from _csv import Reader as CsvReader


class CsvFile(ScoreFile):
    """A CSV file.

    Raises:
        Problem: it is no regular file, can't be read, or has no usable header.
    """

    def __init__(self, path: Path, file: BinaryIO) -> None:
        """Read the header of an opened file."""
        super().__init__(path, file)
        self._header = self._read_header()
        self.columns = [name for name in (*COLUMNS, PLAYER_ID) if name in self._header]
        self._places = {column: self._header.index(column) for column in self.columns}

    @property
    def extra_columns(self) -> tuple[str, ...]:
        """The columns that are not read."""
        return tuple(name for name in self._header if name not in self.columns)

    def records(self) -> Generator[Record, None, None]:
        """Yield the rows below the header, blank lines left out.

        Raises:
            Problem: the file as a whole can't be read.
        """
        with closing(self._split()) as records:
            next(records)
            for line, cells in records:
                yield self._record(line, cells)

    def _record(self, line: int, cells: list[str] | str) -> Record:
        if isinstance(cells, str):
            return Record(line, None, cells)
        places = self._places.items()
        named = {name: bare(cells[place]) for name, place in places if place < len(cells)}
        if len(cells) != len(self._header):
            named = dict.fromkeys(self.columns, "") | named
            reason = f"The row has {len(cells)} cells and the header {len(self._header)}."
            if len(cells) > len(self._header):
                reason += " Quote a value that holds a comma."
            return Record(line, named, reason)
        return Record(line, named)

    def _read_header(self) -> list[str]:
        with closing(self._split()) as records:
            _, cells = next(records, (0, []))
        if isinstance(cells, str):
            raise self._refused(f"has a broken header: {cells}")
        header = [cell.strip().lower() for cell in cells]
        missing = [column for column in COLUMNS if column not in header]
        if missing:
            found = ", ".join(name[:40] for name in header[:10]) or "nothing"
            raise self._refused(
                f"lacks the column {missing[0]!r}: its first line must name "
                f"{','.join(COLUMNS)}, and it holds {found}"
            )
        twice = [column for column in (*COLUMNS, PLAYER_ID) if header.count(column) > 1]
        if twice:
            raise self._refused(f"names the column {twice[0]!r} twice")
        return header

    def _split(self) -> Generator[tuple[int, list[str] | str], None, None]:
        """Yield each record's first line and its cells, or why it has none."""
        with self._text() as lines:
            reader = csv.reader(lines, strict=True)
            line = 1
            while (cells := self._next_cells(reader, line)) is not None:
                if cells:
                    yield line, cells
                line = reader.line_num + 1

    def _next_cells(self, reader: CsvReader, line: int) -> list[str] | str | None:
        """Return the cells of the record that begins on a line, or why not; None at the end.

        What can't be split is one bad row as long as it is one line; a quote that stays open
        over line ends may have swallowed any number of rows.
        """
        try:
            return next(reader, None)
        except csv.Error as cause:
            if reader.line_num > line:
                reason = f"line {line}: a quote is opened and not closed ({cause})"
                raise self._refused(reason) from cause
            return f"The row can't be split: {cause}."
