"""Checks a whole file, then loads what is good of it: twice read, never held in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from bootstrap import aws
from bootstrap.exits import Interrupted, Problem, Unavailable
from bootstrap.importing.checkpoint import Checkpoint, Mark, NoCheckpoint
from bootstrap.importing.rejects import Rejects
from bootstrap.importing.rows import BadRow, submission_of
from bootstrap.importing.scorefile import Record, ScoreFile
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.usecases.ports import Loaded, StoreUnavailable

STRETCH = 20_000
"""Rows after which all is waited for, so that a mark can say that they are stored."""


class Loader(Protocol):
    """Stores submissions; `gateway.bulk.BulkLoader` is one."""

    def load(
        self, board: Board, submissions: Iterable[Submission], now: datetime
    ) -> Iterator[Loaded]:
        """Store submissions, yielding what was done as it is done."""


Progress = Callable[[int], None]
"""Told how many more rows are done."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is in a file.

    Attributes:
        good: the rows that will be loaded.
        rejected: those that will not.
        rejects: where they are told; None where there are none.
        ignored: the columns that are not read.
        stored_before: how many of the good rows an interrupted import is known to have stored.
    """

    good: int
    rejected: int
    rejects: Path | None
    ignored: tuple[str, ...]
    stored_before: int = 0


@dataclass(frozen=True, slots=True)
class Import:
    """A file on its way to a board.

    Attributes:
        file: to be imported.
        board: where to.
        loader: what stores submissions.
        now: which times lie ahead, and which periods are still kept.
        checkpoint: where the mark of how far this came is kept.
        begun: the file's first rows that an interrupted import is known to have stored.
        stretch: rows between two marks.
    """

    file: ScoreFile
    board: Board
    loader: Loader
    now: datetime
    checkpoint: Checkpoint = field(default_factory=NoCheckpoint)
    begun: int = 0
    stretch: int = STRETCH

    def check(self) -> Checked:
        """Read the whole file once, write its rejects beside it, and store nothing.

        Raises:
            Problem: the file as a whole is no good, or its rejects can't be written.
        """
        good = before = 0
        with (
            closing(self.file.records()) as records,
            Rejects(self.file.path, self.file.columns) as rejects,
        ):
            for number, record in enumerate(records, 1):
                try:
                    submission_of(record, self.board, self.now)
                    good += 1
                    before += number <= self.begun
                except BadRow as bad:
                    rejects.add(record, bad)
            if not good and not rejects.count:
                raise Problem(f"{self.file.path.name} has no rows. Nothing was imported.")
        where = rejects.path if rejects.count else None
        return Checked(good, rejects.count, where, self.file.extra_columns, before)

    def load(self, progress: Progress, stored_before: int = 0) -> Loaded:
        """Store the good rows, but for those that an interrupted import is known to have stored.

        Raises:
            Problem: not all are stored; importing the file again stores the rest.
        """
        done = Loaded(present=stored_before)
        progress(stored_before)
        try:
            with aws.explaining(f"Could not import {self.file.path.name}"):
                for loaded in self._stored():
                    done += loaded
                    progress(loaded.stored + loaded.present)
                self.checkpoint.forget()
        except StoreUnavailable as cause:
            raise _unfinished(done, f"{cause}", Unavailable) from cause
        except KeyboardInterrupt as cause:
            raise _unfinished(done, "Interrupted", Interrupted) from cause
        except Problem as cause:
            reason = "The file changed while it was read" if self.file.changed else cause.message
            raise _unfinished(done, reason.rstrip("."), type(cause)) from cause
        return done

    def _stored(self) -> Iterator[Loaded]:
        """Store stretch after stretch, yielding what was done; mark where one is behind."""
        with closing(self.file.records()) as found:
            records = enumerate(found)
            for passed, first in islice(records, self.begun, None):
                if passed > self.begun:
                    self._refuse_changes()
                    self.checkpoint.keep(Mark(passed, self.now))
                others = (record for _, record in islice(records, self.stretch - 1))
                good = self._good_of(chain([first], others))
                yield from self.loader.load(self.board, good, self.now)
        self._refuse_changes()

    def _good_of(self, records: Iterable[Record]) -> Iterator[Submission]:
        for record in records:
            # What is bad has been told by `check`.
            with suppress(BadRow):
                yield submission_of(record, self.board, self.now)

    def _refuse_changes(self) -> None:
        if self.file.changed:
            raise Problem(f"{self.file.path.name} changed.")


def _unfinished(done: Loaded, reason: str, kind: type[Problem]) -> Problem:
    done_so_far = rows(done.stored + done.present)
    return kind(f"{reason}. Loaded so far: {done_so_far}; import the file again for the rest.")


def rows(count: int) -> str:
    """Return a number of rows in words."""
    return "1 row" if count == 1 else f"{count:,} rows"
