"""Imports files, each from its check to its closing line."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from bootstrap import aws, exits
from bootstrap.exits import Problem
from bootstrap.importing.load import Checked, Import, rows
from bootstrap.importing.scorefile import ScoreFile
from bootstrap.importing.sources import Format, opened
from bootstrap.importing.target import Destination, board_of, destination
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain import moments
from leaderboard_app.domain.boards import Board
from leaderboard_app.usecases.ports import Loaded

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of files that were imported."""

    good: int = 0
    new: int = 0
    rejected: int = 0
    seconds: float = 0.0

    def __add__(self, other: Outcome) -> Outcome:
        """Return both together."""
        return Outcome(
            self.good + other.good,
            self.new + other.new,
            self.rejected + other.rejected,
            self.seconds + other.seconds,
        )

    def __str__(self) -> str:
        """Return it in words."""
        rate = self.good / self.seconds
        said = f"{rows(self.good)} in {self.seconds:.1f} s, {rate:,.0f} rows a second"
        # Rows that say the same are one submission.
        present = self.good - self.new
        return f"{said}: {self.new} new, {present} there before." if present else f"{said}."


@dataclass(frozen=True, slots=True)
class Importer:
    """Imports files to a board.

    Attributes:
        board: where to.
        target: what stores submissions.
        say: told what a person should know.
    """

    board: Board
    target: Destination
    say: Say

    @classmethod
    def to(cls, deployment: Deployment, board_id: str, say: Say) -> Importer:
        """Return what imports to a board of a deployment.

        Raises:
            Problem: there is no such board, or the table can't be asked.
        """
        return cls(board_of(deployment, board_id), destination(deployment), say)

    def take(self, path: Path, form: Format | None = None) -> Outcome:
        """Import a file, say what was not as it should be, and return what became of it.

        Raises:
            Problem: nothing was imported, or not all that could be.
        """
        started = time.monotonic()
        with opened(path, form) as file:
            run = self._run(file)
            checked = run.check()
            self._say_checked(checked)
            loaded = _load(run, checked)
        seconds = time.monotonic() - started
        return Outcome(checked.good, loaded.stored, checked.rejected, seconds)

    def take_all(self, paths: Sequence[Path], form: Format | None) -> int:
        """Import file after file, past those that are refused, and return the exit code.

        Raises:
            Problem: AWS is away or denies, or somebody interrupted: no other file is begun.
        """
        if len(paths) == 1:
            outcome = self.take(paths[0], form)
            self.say(f"{outcome}")
            return exits.PARTLY if outcome.rejected else exits.DONE
        total, refused = Outcome(), 0
        for path in paths:
            try:
                outcome = self.take(path, form)
            except Problem as problem:
                if problem.exit_code != exits.REFUSED:
                    raise
                problem.show()
                refused += 1
            else:
                self.say(f"{path}: {outcome}")
                total += outcome
        self.say(_of_all(len(paths), refused, total))
        if refused:
            return exits.REFUSED
        return exits.PARTLY if total.rejected else exits.DONE

    def _run(self, file: ScoreFile) -> Import:
        now = moments.from_ms(moments.to_ms(datetime.now(UTC)))
        checkpoint = self.target.checkpoint(self.board, file)
        with aws.explaining(f"Could not import {file.path.name}"):
            mark = checkpoint.find(now)
        if mark is None:
            return Import(file, self.board, self.target, now, checkpoint)
        self.say(f"Going on after {rows(mark.rows)}, where an import of this was interrupted.")
        # By its clock, so that it ends as if it had never been interrupted.
        return Import(file, self.board, self.target, mark.now, checkpoint, mark.rows)

    def _say_checked(self, checked: Checked) -> None:
        if checked.ignored:
            names = ", ".join(repr(name[:40]) for name in checked.ignored[:10])
            self.say(f"Not read: the columns {names}.")
        if checked.rejects:
            self.say(f"{rows(checked.rejected)} rejected: see {checked.rejects}")


def import_file(deployment: Deployment, path: Path, board_id: str, say: Say) -> None:
    """Import a file and say what became of it.

    Raises:
        Problem: nothing was imported, or not all that could be.
    """
    importer = Importer.to(deployment, board_id, say)
    say(f"{importer.take(path)}")


def _load(run: Import, checked: Checked) -> Loaded:
    hidden = not sys.stdout.isatty()
    with click.progressbar(length=checked.good, label="Importing", hidden=hidden) as bar:
        return run.load(bar.update, checked.stored_before)


def _of_all(files: int, refused: int, total: Outcome) -> str:
    said = f"All {files} files: " if not refused else f"{files - refused} of {files} files: "
    if refused == files:
        return f"{said}nothing was imported."
    rejected = f" {rows(total.rejected)} rejected." if total.rejected else ""
    return f"{said}{total}{rejected}"
