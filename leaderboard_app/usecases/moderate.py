"""Operators' decisions: remove and restore a score, ban, void and take back; and mending.

A decision is stored with a request to every region to mend. This region mends at once, the entries
of all writers: the one exception from writing only one's own. Should that cross a write of theirs,
the later of the two stays and the writer's own mending puts it right.
"""

from __future__ import annotations

from datetime import datetime

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.listings import new_listings
from leaderboard_app.domain.mending import Covers, every_writer, mending_writes
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import Ownership, Profile
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.usecases.ports import ModeratedStore, Release


def remove(
    store: ModeratedStore,
    board: Board,
    player_id: PlayerId,
    submission_id: SubmissionId,
    act: Act,
    ownership: Ownership,
    release: Release | None = None,
) -> None:
    """Take a submission out; the player's next best takes its place, here at once.

    With `release`, the submission is among those held, and is so no more.

    Raises:
        StoreUnavailable: not all is done. What was decided is stored or not as a whole; where it
            is, the mending is completed by the next run, or by deciding again.
    """
    store.moderation.remove(
        board.board_id, player_id, submission_id, act, ownership.regions, release
    )
    mend(store, board, player_id, every_writer, act.at)


def restore(
    store: ModeratedStore,
    board: Board,
    player_id: PlayerId,
    submission_id: SubmissionId,
    act: Act,
    ownership: Ownership,
    release: Release | None = None,
) -> None:
    """Let a removed submission count again. Raises StoreUnavailable as `remove` does."""
    store.moderation.restore(
        board.board_id, player_id, submission_id, act, ownership.regions, release
    )
    mend(store, board, player_id, every_writer, act.at)


def set_profile(
    store: ModeratedStore,
    player_id: PlayerId,
    profile: Profile,
    act: Act,
    ownership: Ownership,
    instead_of: Profile | None = None,
) -> None:
    """Decide about a player on all boards. Raises StoreUnavailable as `remove` does.

    With `instead_of`, only where that is what stands there; else it raises NothingToDecide.
    """
    store.moderation.set_profile(player_id, profile, act, ownership.regions, instead_of)
    for board in store.boards():
        mend(store, board, player_id, every_writer, act.at)


def mend(
    store: ModeratedStore, board: Board, player_id: PlayerId, covers: Covers, now: datetime
) -> bool:
    """Put right the entries of the covered writers; say whether anything was to do.

    Safe to repeat; two round trips where something is to do, one where nothing is.
    """
    record, submissions = store.full_record(board, player_id, now)
    writes = mending_writes(record, submissions, board, covers, now)
    if writes:
        store.keep(board.as_of(now), None, now, writes, listings=new_listings(record, writes))
    return bool(writes)


def mend_what_was_asked(store: ModeratedStore, ownership: Ownership, now: datetime) -> int:
    """Work on this region's mend requests; return how many there were.

    Each is worked on at every run for a while after it was first seen, and then forgotten.
    """
    requests = store.moderation.mends_asked(ownership.region)
    boards = store.boards() if requests else ()
    for player_id in {request.player_id for request in requests}:
        for board in boards:
            mend(store, board, player_id, ownership.covers, now)
    for request in requests:
        if request.is_settled(now):
            store.moderation.settle(request)
        elif request.seen_at is None:
            store.moderation.note_seen(request, now)
    return len(requests)
