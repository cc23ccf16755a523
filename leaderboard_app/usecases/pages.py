"""The pages of a ranking: its top, and the pages that cursors lead to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from leaderboard_app.domain.rankings import Cursor, Direction, Page, Rank, Row, View
from leaderboard_app.usecases.ports import Store

PAGE_ROWS = 25


def top(store: Store, view: View, now: datetime, limit: int = PAGE_ROWS) -> Page:
    """Return the first page of a ranking, in one round trip."""
    rows = store.rows(view, None, Direction.NEXT, limit + 1, now)
    return page_of(view, rows, limit, Rank(1), more_above=False)


def turn(store: Store, view: View, cursor: Cursor, now: datetime, limit: int = PAGE_ROWS) -> Page:
    """Return the page that a cursor of the same view leads to, in one round trip.

    Its places are known as well as the cursor's, and exactly where it is the top. Where a previous
    page would reach past the top, as when rows above went away, it is the top.
    """
    if cursor.direction is Direction.NEXT:
        rows = store.rows(view, cursor.standing, Direction.NEXT, limit + 1, now)
        return page_of(view, rows, limit, cursor.rank.at(cursor.rank.place + 1), more_above=True)
    rows = store.rows(view, cursor.standing, Direction.PREVIOUS, limit + 1, now)
    if len(rows) < limit:
        return top(store, view, now, limit)
    is_top = len(rows) == limit
    # Somebody stands above the page still, whatever was known of the places.
    rank = Rank(1) if is_top else cursor.rank.at(max(2, cursor.rank.place - limit))
    shown = tuple(reversed(rows[:limit]))
    return page_of(view, shown, limit, rank, more_above=not is_top, more_below=True)


def page_of(
    view: View,
    rows: Sequence[Row],
    limit: int,
    rank: Rank,
    *,
    more_above: bool,
    more_below: bool = False,
) -> Page:
    """Return the page of the first rows, up to `limit`, with the ways on from there.

    Args:
        view: the ranking.
        rows: best first; more than `limit` say that the ranking goes on.
        limit: how many to show.
        rank: the first row's.
        more_above: whether rows stand above.
        more_below: whether rows stand below, also where none is among those given.
    """
    shown = tuple(rows[:limit])
    following = previous = None
    if shown and (more_below or len(rows) > limit):
        last = rank.at(rank.place + len(shown) - 1)
        following = Cursor.past(view, Direction.NEXT, shown[-1].standing, last)
    if shown and more_above:
        previous = Cursor.past(view, Direction.PREVIOUS, shown[0].standing, rank)
    return Page(view, shown, rank, next=following, previous=previous)
