"""Submit a score: read the player's record once, then write what changes, at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leaderboard_app.domain.boards import SUBMISSIONS_KEPT, Board
from leaderboard_app.domain.decisions import MendRequest
from leaderboard_app.domain.errors import BoardClosed, PlayerBanned, SubmissionConflict
from leaderboard_app.domain.records import Ownership, regions_to_ask, writes_for
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.usecases.ports import Store


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer to a submission that is stored.

    Attributes:
        submission: as it was accepted.
        replayed: whether it had been stored before.
        improved: the keys of the periods in which it is now the player's best.
    """

    submission: Submission
    replayed: bool
    improved: frozenset[str]


def submit(
    store: Store, board: Board, submission: Submission, ownership: Ownership, now: datetime
) -> Accepted:
    """Store a submission and raise the player's entries to it, in two round trips.

    Safe to repeat with the same id, here or in another region, also after a crash in its midst:
    what is missing is written, what is there stays.

    Raises:
        InvalidValue: the score is outside of the board's bounds, or the id's time is too old or
            ahead.
        BoardClosed: it takes no submissions but those that it took before.
        PlayerBanned: an operator banned the player.
        SubmissionConflict: the id is taken by a submission that says something else.
        StoreUnavailable: not all is stored; send it again.
    """
    board.check(submission.score)
    submission.submission_id.check_time(now)
    player_id = submission.player.player_id
    record = store.record(board, player_id, now, submission.submission_id)
    if record.profile.banned:
        raise PlayerBanned
    stored = record.submission
    if stored and not stored.says_the_same_as(submission):
        raise SubmissionConflict
    if not (stored or board.is_open):
        raise BoardClosed
    writes = writes_for(record, submission, board, ownership, now)
    expires_at = now + SUBMISSIONS_KEPT
    asked = regions_to_ask(record, writes, ownership)
    asks = [MendRequest(region, player_id, submission.submission_id.value) for region in asked]
    store.keep(board, None if stored else submission, expires_at, writes, asks)
    bests = record.after(writes).bests().items()
    improved = frozenset(p for p, e in bests if e.submission_id == submission.submission_id)
    return Accepted(submission, replayed=stored is not None, improved=improved)
