"""How the commands end: their exit codes, and the one line that says what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

DONE = 0
REFUSED = 1
USAGE = 2
PARTLY = 3
UNAVAILABLE = 4
DENIED = 5
BROKEN = 6
UNWELL = 7
INTERRUPTED = 130

MEANINGS = {
    DONE: "Done, or all was in place.",
    REFUSED: "Refused: the settings, the table or the file is not as needed.",
    USAGE: "The command line is wrong.",
    PARTLY: "Imported, except for rows that were refused.",
    UNAVAILABLE: "AWS can't be reached or is busy: run it again, it goes on from there.",
    DENIED: "AWS asks for other credentials or permissions.",
    BROKEN: "A part of the sandbox did not start, or ended by itself.",
    UNWELL: "Looked, and found what is not well: the lines above say what.",
    INTERRUPTED: "Interrupted: run it again, it goes on from there.",
}


class Problem(click.ClickException):
    """Ends a command with one line on standard error: something is not as needed."""

    exit_code = REFUSED


class Unavailable(Problem):
    """AWS can't be reached or is busy."""

    exit_code = UNAVAILABLE


class Denied(Problem):
    """AWS asks for other credentials or permissions."""

    exit_code = DENIED


class Broken(Problem):
    """A part of the sandbox did not start, or ended by itself."""

    exit_code = BROKEN


class Interrupted(Problem):
    """Somebody pressed Ctrl-C."""

    exit_code = INTERRUPTED


@contextmanager
def interruptible() -> Iterator[None]:
    """End a command that is interrupted with one line, like any other problem."""
    try:
        yield
    except KeyboardInterrupt as cause:
        raise Interrupted("Interrupted: run it again, it goes on from there.") from cause


def explained(*codes: int) -> str:
    """Return the exit codes as a block for the end of a `--help` page; all where none are given."""
    lines = (f"  {code:3}  {MEANINGS[code]}" for code in codes or MEANINGS)
    return "\n".join(["\b", "Exit codes:", *lines])
