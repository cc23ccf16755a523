"""Where an export is written: standard output, or a file that is there once it is whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bootstrap.exits import Problem

STANDARD_OUTPUT = Path("-")


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Give what to write to, and put it in its place once all is written.

    Where that fails, the file that was there before stays as it was.

    Raises:
        Problem: it can't be written.
    """
    try:
        with _standard_output() if path == STANDARD_OUTPUT else _replacing(path) as output:
            yield output
    except BrokenPipeError:
        # Whoever reads has had enough, which click ends without a word.
        raise
    except OSError as cause:
        name = "Standard output" if path == STANDARD_OUTPUT else path
        raise Problem(f"{name} can't be written: {cause.strerror}.") from cause


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    draft = path.with_name(f"{path.name}.part")
    try:
        with draft.open("wb") as output:
            yield output
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
