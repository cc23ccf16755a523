"""What an import reads: files by their names, or standard input."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import click

from bootstrap.exits import Problem
from bootstrap.importing.jsonlines import JsonLinesFile
from bootstrap.importing.reader import CsvFile
from bootstrap.importing.scorefile import ScoreFile

STANDARD_INPUT = Path("-")
_JSONL_SUFFIXES = frozenset({".jsonl", ".ndjson"})


class Format(StrEnum):
    """How scores are written down."""

    CSV = "csv"
    JSONL = "jsonl"

    @classmethod
    def of(cls, path: Path) -> Format:
        """Return the format that a file's suffix names: CSV where it names none."""
        return cls.JSONL if path.suffix.lower() in _JSONL_SUFFIXES else cls.CSV


@contextmanager
def opened(path: Path, form: Format | None = None) -> Iterator[ScoreFile]:
    """Open a file of scores, or standard input under the name `stdin`.

    Raises:
        Problem: it can't be read, or is no file of scores.
    """
    name = Path("stdin") if path == STANDARD_INPUT else path
    form = form or Format.of(name)
    try:
        with _readable(path) as file:
            yield JsonLinesFile(name, file) if form is Format.JSONL else CsvFile(name, file)
    except OSError as cause:
        raise Problem(f"{name.name} can't be read: {cause.strerror}.") from cause


def _readable(path: Path) -> AbstractContextManager[BinaryIO]:
    return _spooled() if path == STANDARD_INPUT else path.open("rb")


@contextmanager
def _spooled() -> Iterator[BinaryIO]:
    """Give standard input as a file: it is read twice, and comes only once."""
    if sys.stdin is None:
        raise Problem("There is no standard input to read.")
    if sys.stdin.isatty():
        click.echo("Reading scores from the keyboard; Ctrl-D ends them.", err=True)
    with tempfile.TemporaryFile() as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.flush()
        yield file
