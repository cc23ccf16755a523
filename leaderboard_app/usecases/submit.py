"""Submit a score: read the player's record once, then write what changes, at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from leaderboard_app.domain.boards import SUBMISSIONS_KEPT, Board
from leaderboard_app.domain.decisions import MendRequest
from leaderboard_app.domain.errors import BoardClosed, PlayerBanned, SubmissionConflict
from leaderboard_app.domain.holds import Hold, hold_for
from leaderboard_app.domain.keepings import Keeping
from leaderboard_app.domain.listings import Listing, new_listings
from leaderboard_app.domain.records import (
    EntryWrite,
    Ownership,
    Record,
    regions_to_ask,
    writes_for,
)
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.usecases.ports import Store


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer to a submission that is stored.

    Attributes:
        submission: as it was accepted; where it is replayed, as it was at first.
        replayed: whether it had been stored before.
        improved: the keys of the periods in which it is now the player's best.
        held: whether it rose too fast, and waits for an operator.
    """

    submission: Submission
    replayed: bool
    improved: frozenset[str]
    held: bool = False


def submit(
    store: Store,
    board: Board,
    submission: Submission,
    ownership: Ownership,
    now: datetime,
    may_write: Callable[[], object] = lambda: None,
) -> Accepted:
    """Store a submission and raise the player's entries to it, in two round trips.

    Safe to repeat with the same id, here or in another region, also after a crash in its midst:
    what is missing is written, what is there stays.

    Args:
        store: the region's.
        board: the one that the submission is for.
        submission: what to store.
        ownership: which region this is.
        now: decides which ids are too old, and which periods are kept.
        may_write: called between reading and writing; what it raises stops the submission. So a
            client's allowance can be counted beside the reading.

    Raises:
        InvalidValue: the score is outside of the board's bounds, or the id's time is too old or
            ahead.
        BoardClosed: it takes no submissions but those that it took before.
        PlayerBanned: an operator banned the player.
        SubmissionConflict: the id is taken by a submission that says something else.
        StoreUnavailable: not all is stored; send it again.
    """
    check(submission, board, now)
    player_id = submission.player.player_id
    record = store.record(board, player_id, now, submission.submission_id)
    decided = decide(record, submission, board, ownership, now)
    may_write()
    expires_at = now + SUBMISSIONS_KEPT
    if decided.hold:
        (failure,) = store.batches.keep(board, [Keeping(holds=(decided.hold,))], expires_at)
        if failure:
            raise failure
        return decided.accepted
    new = None if decided.accepted.replayed else submission
    store.keep(board, new, expires_at, decided.writes, decided.asks, decided.listings)
    return decided.accepted


def check(submission: Submission, board: Board, now: datetime) -> None:
    """Do nothing where a submission can be taken, as far as it shows by itself.

    Raises:
        InvalidValue: as `submit` has it.
    """
    board.check(submission.score)
    submission.submission_id.check_time(now)


@dataclass(frozen=True, slots=True)
class Decided:
    """What to store of a submission, and what to answer once it is."""

    accepted: Accepted
    writes: tuple[EntryWrite, ...] = ()
    asks: tuple[MendRequest, ...] = ()
    listings: tuple[Listing, ...] = ()
    hold: Hold | None = None


def decide(
    record: Record, submission: Submission, board: Board, ownership: Ownership, now: datetime
) -> Decided:
    """Return what follows from a submission, by what is known of its player.

    Raises:
        BoardClosed, PlayerBanned, SubmissionConflict: as `submit` has it.
    """
    if record.profile.banned:
        raise PlayerBanned
    stored = record.submission
    if stored and not stored.says_the_same_as(submission):
        raise SubmissionConflict
    if not (stored or board.is_open):
        raise BoardClosed
    player_id, named = submission.player.player_id, submission.submission_id
    regions = tuple(ownership.regions)
    # What was decided about a submission may arrive here before it does.
    is_new = stored is None and named not in record.removed
    if is_new and (hold := hold_for(record, submission, board, regions, now)):
        held = Accepted(submission, replayed=False, improved=frozenset(), held=True)
        return Decided(held, hold=hold)
    writes = writes_for(record, submission, board, ownership, now)
    asked = sorted(regions_to_ask(record, writes, ownership))
    asks = tuple(MendRequest(region, player_id, named.value) for region in asked)
    bests = record.after(writes).bests().items()
    improved = frozenset(period for period, entry in bests if entry.submission_id == named)
    is_replayed, is_held = stored is not None, named in record.held
    accepted = Accepted(stored or submission, is_replayed, improved, is_held)
    return Decided(accepted, writes, asks, new_listings(record, writes))
