"""Jump to a place of a ranking: two round trips, wherever it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.errors import InvalidValue, PlaceOutOfReach
from leaderboard_app.domain.places import estimated_standing
from leaderboard_app.domain.rankings import Direction, Page, Rank, Row, View
from leaderboard_app.usecases.pages import PAGE_ROWS, page_of
from leaderboard_app.usecases.ports import Store


def at_place(store: Store, view: View, place: int, now: datetime, limit: int = PAGE_ROWS) -> Page:
    """Return the page that begins at a place; past the end, the last page.

    What is near the top is read from there, and its places are exact. Else reading begins at the
    boundary just before, and the places are as of the walk.

    Raises:
        InvalidValue: no place is less than 1.
        PlaceOutOfReach: no walk has been here yet, and it is too far from the top.
    """
    if place < 1:
        raise InvalidValue("place", "Places begin at 1.")
    boundaries = None if place <= store.reach.direct else store.boundaries(view)
    if boundaries is None:
        return _from_the_top(store, view, place, now, limit)
    if place > boundaries.total:
        small = boundaries.total <= store.reach.direct
        whole = _whole(store, view, now, limit) if small else None
        return whole or _last(store, view, boundaries, now, limit)
    return _from_a_boundary(store, view, boundaries, place, now, limit)


def _from_the_top(store: Store, view: View, place: int, now: datetime, limit: int) -> Page:
    reach = store.reach.direct
    most = min(place, reach) + limit
    rows = store.many(view, None, most, now)
    if place > reach and len(rows) == most:
        raise PlaceOutOfReach(reach)
    return _page(view, rows, place, Rank(1), limit)


def _whole(store: Store, view: View, now: datetime, limit: int) -> Page | None:
    """Return the last page of a small ranking, counted from the top; None where it has grown."""
    most = store.reach.direct + limit
    rows = store.many(view, None, most, now)
    return _page(view, rows, most, Rank(1), limit) if len(rows) < most else None


def _from_a_boundary(
    store: Store, view: View, boundaries: Boundaries, place: int, now: datetime, limit: int
) -> Page:
    before = boundaries.before(place)
    first, past = (before.place + 1, before.standing) if before else (1, None)
    if place - first > store.reach.between:
        # Too far apart to read all between: to begin at about the place costs what a page does.
        first, past = place, estimated_standing(boundaries, place)
    rows = store.many(view, past, place - first + limit + 1, now)
    if not rows:
        return _last(store, view, boundaries, now, limit)
    return _page(view, rows, place, Rank(first, exact=False, as_of=boundaries.taken_at), limit)


def _page(view: View, rows: Sequence[Row], place: int, first: Rank, limit: int) -> Page:
    """Return the page at a place out of rows that begin at the `first`; past them, the last."""
    skipped = place - first.place
    if skipped >= len(rows):
        skipped = max(0, len(rows) - limit)
    rank = first.at(first.place + skipped)
    return page_of(view, rows[skipped:], limit, rank, more_above=rank.place > 1)


def _last(store: Store, view: View, boundaries: Boundaries, now: datetime, limit: int) -> Page:
    """Return the last page, read from the end and numbered from there by the walk's total."""
    rows = store.rows(view, None, Direction.PREVIOUS, limit + 1, now)
    shown = tuple(reversed(rows[:limit]))
    if len(rows) <= limit:
        return page_of(view, shown, limit, Rank(1), more_above=False)
    place = max(2, boundaries.total - len(shown) + 1)
    rank = Rank(place, exact=False, as_of=boundaries.taken_at)
    return page_of(view, shown, limit, rank, more_above=True)
