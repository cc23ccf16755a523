"""Holds: a score that rises too fast waits for an operator instead of being ranked.

A held score is stored like any other, together with a removal that the board's rule makes: so it
counts nowhere, in every region, until an operator restores it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.errors import mark
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.records import Record
from leaderboard_app.domain.submissions import Submission

BY = mark("the board’s rule")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Hold:
    """A submission that waits for an operator.

    Attributes:
        submission: what was sent.
        act: the removal by which it counts nowhere until it is restored.
        regions: all of them: each is asked to mend what it may have made of the same submission.
    """

    submission: Submission
    act: Act
    regions: tuple[str, ...]


def hold_for(
    record: Record, submission: Submission, board: Board, regions: tuple[str, ...], now: datetime
) -> Hold | None:
    """Return the hold of a submission that rises faster than its board allows; None for others.

    A first score has nothing to rise from: the board's bounds hold it.
    """
    if board.max_rise is None:
        return None
    best = record.bests().get(ALL_TIME.key)
    if best is None or not record.rises(best, Entry.of(submission, board, ALL_TIME)):
        return None
    rise = board.order.sign * (submission.score - best.score)
    time = max(MINUTE, abs(submission.achieved_at - best.achieved_at))
    # Whole numbers on both sides: a float would lose digits of a large score.
    if rise * (MINUTE // _MS) <= board.max_rise * (time // _MS):
        return None
    # One run may count on two boards, by one id.
    act_id = f"{submission.submission_id}-{board.board_id}"
    act = Act(act_id, BY, _why(best, submission, board, time), now)
    return Hold(submission, act, regions)


_MS = timedelta(milliseconds=1)


def _why(best: Entry, submission: Submission, board: Board, time: timedelta) -> str:
    minutes = time // MINUTE
    return (
        f"From {board.show(best.score)} to {board.show(submission.score)} within "
        f"{minutes} {'minute' if minutes == 1 else 'minutes'}: this board lets a player’s best "
        f"change by {board.show(board.max_rise or 0)} a minute."
    )
