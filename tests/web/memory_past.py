"""What walks kept, in memory: filled by `MemoryStore.walk`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.rankings import Row, View
from leaderboard_app.domain.walks import WINNERS, PastPeriod, Walked


class MemoryPast:
    """See `usecases.ports.Past`."""

    def __init__(self, count: Callable[[str], None]) -> None:
        self._count = count
        self._walked: dict[str, dict[Period, Walked]] = {}

    def walked(
        self,
        board_id: str,
        now: datetime,  # noqa: ARG002 - nothing expires here.
    ) -> Mapping[Period, Walked]:
        self._count("walked")
        return self._walked.get(board_id, {})

    def note(self, view: View, rows: list[Row], taken_at: datetime) -> None:
        """Keep what a walk of a ranking found."""
        past = PastPeriod(view.period, tuple(rows[:WINNERS]), len(rows), taken_at)
        known = self._walked.setdefault(view.board.board_id, {})
        known[view.period] = Walked(past, {}, taken_at)
