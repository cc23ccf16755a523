"""A file of scores that is read more than once, from one opened file, whatever its format."""

from __future__ import annotations

import hashlib
import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from bootstrap.exits import Problem

COLUMNS = ("player", "country", "score", "achieved_at")
PLAYER_ID = "player_id"
"""May be there: whose player has another id than the one that the name gives, keeps it."""

MAX_LINE = 16 * 2**20
"""Characters; a file with a longer line is no file of scores, and would fill the memory."""

_BLOCK = 2**20
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Record:
    """A row of the file, split into the columns that count.

    Attributes:
        line: where it begins; the first line of the file is 1.
        cells: the text by column; None where the row can't be split.
        broken: why not.
    """

    line: int
    cells: dict[str, str] | None
    broken: str = ""


class ScoreFile(ABC):
    """A file of scores.

    Attributes:
        path: what it is called.
        columns: those that are read.

    Raises:
        Problem: it is no regular file, or is empty.
    """

    columns: Sequence[str] = (*COLUMNS, PLAYER_ID)

    def __init__(self, path: Path, file: BinaryIO) -> None:
        """Take an opened file."""
        self.path = path
        self._file = file
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise self._refused("is no regular file: save it first, then import that")
        if status.st_size == 0:
            raise self._refused("is empty")
        self._stamp = status.st_size, status.st_mtime_ns

    @abstractmethod
    def records(self) -> Generator[Record, None, None]:
        """Yield the rows from the first to the last, blank lines left out.

        Raises:
            Problem: the file as a whole can't be read.
        """

    @property
    @abstractmethod
    def extra_columns(self) -> tuple[str, ...]:
        """The columns that are not read, as far as they were met."""

    @property
    def changed(self) -> bool:
        """Whether somebody wrote to the file since it was opened."""
        status = os.fstat(self._file.fileno())
        return self._stamp != (status.st_size, status.st_mtime_ns)

    def digest(self) -> str:
        """Return what tells this file's content, read in this format, from every other."""
        self._file.seek(0)
        found = hashlib.sha256()
        while block := self._file.read(_BLOCK):
            found.update(block)
        return f"{type(self).__name__} {found.hexdigest()}"

    @contextmanager
    def _text(self) -> Iterator[Iterator[str]]:
        """Give the lines, none of them longer than MAX_LINE."""
        self._file.seek(0)
        text = TextIOWrapper(self._file, encoding="utf-8-sig", newline="")
        try:
            yield self._lines(text)
        except UnicodeDecodeError as cause:
            raise self._refused(self._where_not_utf_8()) from cause
        except OSError as cause:
            raise self._refused(f"can't be read: {cause.strerror}") from cause
        finally:
            # The file stays open for the next reading.
            text.detach()

    def _lines(self, text: TextIOWrapper) -> Iterator[str]:
        number = 0
        while line := text.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE:
                raise self._refused(f"line {number} is longer than {MAX_LINE:,} characters")
            yield line

    def _where_not_utf_8(self) -> str:
        self._file.seek(0)
        if self._file.read(2) in _UTF_16_MARKS:
            return "is UTF-16: save it as UTF-8"
        self._file.seek(0)
        for number, line in enumerate(self._file, 1):
            try:
                line.decode()
            except UnicodeDecodeError as cause:
                byte = cause.object[cause.start]
                return f"is not UTF-8: byte 0x{byte:02X} in line {number}. Save it as UTF-8"
        return "is not UTF-8: save it as UTF-8"

    def _refused(self, reason: str) -> Problem:
        return Problem(f"{self.path.name} {reason}. Nothing was imported.")
