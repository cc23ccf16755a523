"""Load many submissions of one writer, as an import does."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import datetime

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import Ownership
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.usecases.moderate import mend
from leaderboard_app.usecases.ports import Loaded, Loader, ModeratedStore


def load(
    store: ModeratedStore,
    loader: Loader,
    board: Board,
    submissions: Iterable[Submission],
    ownership: Ownership,
    now: datetime,
) -> Iterator[Loaded]:
    """Store submissions, yielding what was done as it is done.

    Players about whom operators decided something are kept out of the rankings, and mended at the
    end: only their whole record says what counts. Safe to repeat: what is there stays as it is.

    Run it in the first region alone, which looks after what `import` writes.

    Raises:
        StoreUnavailable: what was yielded is stored; loading the same again completes the rest.
    """
    moderated = store.moderation.moderated()
    met: set[PlayerId] = set()
    yield from loader.load(board, _noting(submissions, moderated, met), now, moderated)
    for player_id in sorted(met):
        mend(store, board, player_id, ownership.covers, now)


def _noting(
    submissions: Iterable[Submission], moderated: Container[PlayerId], met: set[PlayerId]
) -> Iterator[Submission]:
    """Yield the submissions, noting the moderated players among them."""
    for submission in submissions:
        if submission.player.player_id in moderated:
            met.add(submission.player.player_id)
        yield submission
