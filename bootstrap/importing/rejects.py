"""The file of rejected rows: where, what and why, and the row's own values to be mended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from bootstrap.exits import Problem
from bootstrap.importing.rows import BadRow
from bootstrap.importing.scorefile import COLUMNS, Record
from leaderboard_app.domain.csv_lines import line_of

HEADER = ("line", "column", "reason")


def path_beside(file: Path) -> Path:
    """Return where the rejects of a file go: `scores.csv.rejects.csv` beside `scores.csv`."""
    return file.with_name(f"{file.name}.rejects.csv")


class Rejects:
    """Rejected rows on their way into a file, which is there once all are.

    Mended in that file, the rows can be imported from it: line, column and reason are not read.
    People open it in spreadsheets, so that no cell of it is left a formula.
    Where nothing was rejected, a file left by an earlier import of the same name is taken away.
    """

    def __init__(self, file: Path, columns: Sequence[str] = COLUMNS) -> None:
        """Take the rejects of a file that has these columns."""
        self._columns = columns
        self.path = path_beside(file)
        self.count = 0
        self._draft = self.path.with_name(f"{self.path.name}.part")
        self._output: TextIO | None = None

    def __enter__(self) -> Self:
        """Touch nothing yet."""
        return self

    def add(self, record: Record, bad: BadRow) -> None:
        """Keep a row.

        Raises:
            Problem: the file can't be written.
        """
        try:
            if self._output is None:
                # JSON can name characters that are none: half of a surrogate pair.
                self._output = self._draft.open(
                    "w", encoding="utf-8", errors="backslashreplace", newline=""
                )
                self._write((*HEADER, *self._columns))
            cells = record.cells or {}
            values = (cells.get(column, "") for column in self._columns)
            self._write((str(record.line), bad.column, bad.reason, *values))
        except OSError as cause:
            raise self._unwritable(cause) from cause
        self.count += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Put the file in its place, or leave no trace where the whole import was refused."""
        try:
            if self._output:
                self._output.close()
            if error:
                self._draft.unlink(missing_ok=True)
            elif self._output:
                self._draft.replace(self.path)
            else:
                self.path.unlink(missing_ok=True)
        except OSError as cause:
            raise self._unwritable(cause) from cause

    def _write(self, cells: Iterable[str]) -> None:
        if self._output:
            self._output.write(line_of(cells))

    def _unwritable(self, cause: OSError) -> Problem:
        return Problem(
            f"{self.path.name} can't be written: {cause.strerror}. Nothing was imported."
        )
