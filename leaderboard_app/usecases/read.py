"""Read a ranking: its top, the pages after it, the rows around a player; and one player's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import PeriodKind
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.rankings import Cursor, Direction, Page, Rank, Row, View
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.usecases.ports import Store

PAGE_ROWS = 25
HISTORY_ROWS = 25
ROWS_ABOVE = 5
COUNT_LIMIT = 10_000
"""A direct count stops here; the rank is then `10,001 or lower`."""


def top(store: Store, view: View, now: datetime, limit: int = PAGE_ROWS) -> Page:
    """Return the first page of a ranking, in one round trip."""
    rows = store.rows(view, None, Direction.NEXT, limit + 1, now)
    return _page(view, rows, limit, Rank(1), more_above=False)


def turn(store: Store, view: View, cursor: Cursor, now: datetime, limit: int = PAGE_ROWS) -> Page:
    """Return the page that a cursor of the same view leads to, in one round trip.

    Where a previous page would reach past the top, as when rows above went away, it is the top.
    """
    if cursor.direction is Direction.NEXT:
        rows = store.rows(view, cursor.standing, Direction.NEXT, limit + 1, now)
        rank = Rank(cursor.rank.place + 1, cursor.rank.exact)
        return _page(view, rows, limit, rank, more_above=True)
    rows = store.rows(view, cursor.standing, Direction.PREVIOUS, limit + 1, now)
    if len(rows) < limit:
        return top(store, view, now, limit)
    is_top = len(rows) == limit
    rank = Rank(1) if is_top else Rank(max(1, cursor.rank.place - limit), cursor.rank.exact)
    shown = tuple(reversed(rows[:limit]))
    return _page(view, shown, limit, rank, more_above=not is_top, more_below=True)


@dataclass(frozen=True, slots=True)
class Around:
    """A player in a ranking: the rows around, the own entry among them, and the rank."""

    page: Page
    entry: Entry
    rank: Rank


def around(
    store: Store, view: View, player_id: PlayerId, now: datetime, limit: int = PAGE_ROWS
) -> Around | None:
    """Return the page on which a player stands, in two round trips; None where they don't.

    The own row comes from the player's record, not from an index, so that who just submitted a
    score sees it.
    """
    record = store.record(view.board, player_id, now)
    entry = record.bests().get(view.period.key)
    if entry is None or (view.country and entry.player.country != view.country):
        return None
    found = store.surroundings(view, entry.standing, limit, COUNT_LIMIT, now)
    rank = Rank(found.count_above.number + 1, found.count_above.complete)
    above = [row for row in found.above if row.player_id != player_id]
    below = [row for row in found.below if row.player_id != player_id]
    head = above[len(above) - _rows_above(rank, len(above), len(below), limit) :]
    rows = (*head, Row.of(entry), *below)
    first = Rank(max(1, rank.place - len(head)), rank.exact)
    page = _page(view, rows, limit, first, more_above=rank.place > len(head) + 1)
    return Around(page, entry, rank)


def _rows_above(rank: Rank, above: int, below: int, limit: int) -> int:
    """Return how many rows to show above a player, so that the page is full where it can be."""
    if rank.place <= limit:
        return min(above, limit - 1)
    return min(above, limit - 1, max(ROWS_ABOVE, limit - 1 - below))


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


def _page(
    view: View,
    rows: tuple[Row, ...],
    limit: int,
    rank: Rank,
    *,
    more_above: bool,
    more_below: bool = False,
) -> Page:
    shown = rows[:limit]
    following = previous = None
    if shown and (more_below or len(rows) > limit):
        last = Rank(rank.place + len(shown) - 1, rank.exact)
        following = Cursor.past(view, Direction.NEXT, shown[-1].standing, last)
    if shown and more_above:
        previous = Cursor.past(view, Direction.PREVIOUS, shown[0].standing, rank)
    return Page(view, shown, rank, next=following, previous=previous)
