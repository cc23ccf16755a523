"""Read a ranking: its pages, the rows around a player, any place; and one player's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import PeriodKind
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.usecases.jump import at_place
from leaderboard_app.usecases.pages import PAGE_ROWS, top, turn
from leaderboard_app.usecases.ports import Store
from leaderboard_app.usecases.ranks import Around, around, rank, spread

__all__ = [
    "PAGE_ROWS",
    "Around",
    "PlayerPage",
    "around",
    "at_place",
    "player_page",
    "rank",
    "spread",
    "top",
    "turn",
]

HISTORY_ROWS = 25


@dataclass(frozen=True, slots=True)
class PlayerPage:
    """One player on one board.

    Attributes:
        player: as they were last called.
        bests: their best of each period kept, all time first, then the latest.
        history: their latest submissions, newest first.
    """

    player: Player
    bests: tuple[Entry, ...]
    history: tuple[Submission, ...]


def player_page(
    store: Store, board: Board, player_id: PlayerId, now: datetime, limit: int = HISTORY_ROWS
) -> PlayerPage | None:
    """Return a player's bests and history, in one round trip; None where nothing is known."""
    record, history = store.history(board, player_id, limit, now)
    bests = record.bests().values()
    if not bests and not history:
        return None
    known: list[Entry | Submission] = [*bests, *history]
    latest = max(known, key=lambda one: one.achieved_at).player
    return PlayerPage(latest, tuple(sorted(bests, key=_all_time_then_latest)), history)


def _all_time_then_latest(entry: Entry) -> tuple[int, int]:
    kind, first_day = entry.period.kind, entry.period.first_day
    return list(PeriodKind).index(kind), -first_day.toordinal() if first_day else 0
