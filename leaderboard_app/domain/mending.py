"""Mending: a player's entries as they must stand by all that was submitted and decided.

Entries are what submissions and decisions come to, kept at hand. Each writer's entry can therefore
be worked out anew at any time, which heals whatever a crash, a removal in another region or a lost
replica write left behind. Mending twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.records import EntryWrite, Record, ranked_writes
from leaderboard_app.domain.submissions import Submission

Covers = Callable[[str], bool]
"""Says whether a writer's entries may be written."""


def every_writer(_: str) -> bool:
    """Cover all writers, as an operator's act does, once."""
    return True


def mending_writes(
    record: Record,
    submissions: Iterable[Submission],
    board: Board,
    covers: Covers,
    now: datetime,
) -> tuple[EntryWrite, ...]:
    """Return what must be written for the entries of the covered writers to be right.

    An entry that counts stays or rises. One that does not count gives way to its writer's best
    submission that does; where there is none, it stays and is ranked nowhere.

    Args:
        record: the player's entries, removals and profile on the board.
        submissions: all of the player's on the board that are still kept.
        board: the board.
        covers: whose entries may be written.
        now: decides which periods are still kept.
    """
    counting = [entry for entry in record.entries if record.counts(entry)]
    counting += _entries(record, submissions, board, now)
    best: dict[tuple[str, str], Entry] = {}
    for entry in counting:
        if record.rises(best.get(entry.key), entry):
            best[entry.key] = entry
    return ranked_writes(record, best.values(), covers)


def _entries(
    record: Record, submissions: Iterable[Submission], board: Board, now: datetime
) -> Iterator[Entry]:
    """Yield each entry that a submission would give and that counts."""
    for submission in submissions:
        for period in board.open_periods(submission.achieved_at, now):
            entry = Entry.of(submission, board, period)
            if record.counts(entry):
                yield entry
