"""Many players at once, in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.keepings import Keeping
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import Record
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.usecases.ports import StoreUnavailable

if TYPE_CHECKING:
    from tests.web.memory_store import MemoryStore


class MemoryBatches:
    """See `usecases.ports.Batches`.

    Attributes:
        refuses: of which player nothing is stored.
    """

    def __init__(self, store: MemoryStore, note: Callable[[str], None]) -> None:
        self._store = store
        self._note = note
        self.refuses: PlayerId | None = None

    def records(
        self, board: Board, asked: Mapping[PlayerId, Sequence[SubmissionId]], now: datetime
    ) -> dict[PlayerId, tuple[Record, dict[SubmissionId, Submission]]]:
        self._note("records")
        found = {}
        for player_id, named in asked.items():
            records = [self._store.record(board, player_id, now, each) for each in named]
            stored = {
                each.submission.submission_id: each.submission
                for each in records
                if each.submission
            }
            found[player_id] = records[0], stored
        return found

    def keep(
        self, board: Board, keepings: Sequence[Keeping], expires_at: datetime
    ) -> list[StoreUnavailable | None]:
        self._note("keep_all")
        return [self._keep(board, each, expires_at) for each in keepings]

    def _keep(
        self, board: Board, keeping: Keeping, expires_at: datetime
    ) -> StoreUnavailable | None:
        if keeping.submissions and keeping.submissions[0].player.player_id == self.refuses:
            return StoreUnavailable("unplugged by a test", retry_after=7)
        for one in keeping.submissions:
            self._store.keep(board, one, expires_at, ())
        self._store.keep(board, None, expires_at, keeping.writes, listings=keeping.listings)
        return None
