"""The boards, remembered for a while: they change by an operator's hand, and every page asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from leaderboard_app.domain.boards import Board
from leaderboard_app.usecases.ports import Store

MAX_AGE = timedelta(seconds=60)
MAX_AGE_FOR_MISSING = timedelta(seconds=5)


class Boards:
    """The boards of a store, at most a minute old; one not known is asked for again after 5 s."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        """Remember nothing yet."""
        self._store = store
        self._clock = clock
        self._read_at: datetime | None = None
        self._boards: dict[str, Board] = {}

    def all(self) -> tuple[Board, ...]:
        """Return all boards, by title.

        Raises:
            StoreUnavailable: they are not in memory and can't be read.
        """
        self._refresh(MAX_AGE)
        return tuple(sorted(self._boards.values(), key=lambda board: board.title))

    def find(self, board_id: str) -> Board | None:
        """Return a board; None where there is none of that id.

        Raises:
            StoreUnavailable: the boards are not in memory and can't be read.
        """
        self._refresh(MAX_AGE)
        if board_id not in self._boards:
            self._refresh(MAX_AGE_FOR_MISSING)
        return self._boards.get(board_id)

    def _refresh(self, max_age: timedelta) -> None:
        now = self._clock()
        if self._read_at is None or now - self._read_at >= max_age:
            boards = (board.as_of(now) for board in self._store.boards())
            # Replaced as a whole, so that a thread beside this one sees the old or the new.
            self._boards = {board.board_id: board for board in boards}
            self._read_at = now
