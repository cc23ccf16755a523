"""A player's place among all, alone or with the rows around: two round trips.

The first reads the player's record and what the last walk found, at once. The second counts between
the player and the boundary just above, and reads the rows, at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from leaderboard_app.domain.answers import Surroundings, Wanted
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.places import Way
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Page, Placing, Rank, Row, View
from leaderboard_app.domain.records import Record
from leaderboard_app.usecases.pages import PAGE_ROWS, page_of
from leaderboard_app.usecases.ports import Store

ROWS_ABOVE = 5


def spread(store: Store, view: View) -> Boundaries | None:
    """Return what the last walk of a ranking found; None before the first, and for a country."""
    return store.boundaries(view)


def rank(store: Store, view: View, player_id: PlayerId, now: datetime) -> Placing | None:
    """Return a player's place among all; None where they don't stand."""
    record, boundaries = store.known(view, player_id, now)
    entry = _entry(record, view)
    if entry is None:
        return None
    way = Way.to(entry.standing, boundaries, store.reach)
    found = store.surroundings(view, Wanted(0, 0, way), now)
    place = way.rank(found.count_above)
    return Placing(place, way.total(place.place, found.count_above, found.count_below), entry)


@dataclass(frozen=True, slots=True)
class Around:
    """A player in a ranking.

    Attributes:
        page: the rows around, the own entry among them.
        entry: the player's best.
        rank: its place.
        total: how many players there are, as `Placing` has it.
        boundaries: what the last walk found; None where none did.
    """

    page: Page
    entry: Entry
    rank: Rank
    total: int | None = None
    boundaries: Boundaries | None = None

    @property
    def placing(self) -> Placing:
        """The player's place among all."""
        return Placing(self.rank, self.total, self.entry)


def around(
    store: Store,
    view: View,
    player_id: PlayerId,
    now: datetime,
    above: int = ROWS_ABOVE,
    below: int = PAGE_ROWS - 1 - ROWS_ABOVE,
    *,
    fill: bool = False,
) -> Around | None:
    """Return the rows around a player, with the place; None where they don't stand.

    The own row comes from the player's record, not from an index, so that who just submitted a
    score sees it.

    Args:
        store: where to read.
        view: the ranking.
        player_id: whom.
        now: what has expired by then is left out.
        above: how many rows to show above, where there are so many.
        below: the same below.
        fill: whether to show more on one side where there are too few on the other, and the top
            where that many rows from the top hold the player.
    """
    record, boundaries = store.known(view, player_id, now)
    entry = _entry(record, view)
    if entry is None:
        return None
    way = Way.to(entry.standing, boundaries, store.reach)
    most = above + 1 + below
    wanted = Wanted(most if fill else above + 1, most if fill else below + 1, way)
    found = store.surroundings(view, wanted, now)
    others = _others(found, player_id)
    place = _place(way, others, reaches_the_top=len(found.above) < wanted.above)
    shown_above = _filling(others, above, most) if fill else min(above, len(others.above))
    head = others.above[len(others.above) - shown_above :]
    page = page_of(
        view,
        (*head, Row.of(entry), *others.below),
        most if fill else len(head) + 1 + below,
        place.at(max(1, place.place - len(head))),
        more_above=len(others.above) > len(head),
    )
    total = way.total(place.place, found.count_above, found.count_below)
    return Around(page, entry, place, total, boundaries)


def _entry(record: Record, view: View) -> Entry | None:
    """Return the player's best in a ranking, where they stand in it."""
    entry = record.bests().get(view.period.key)
    if entry and view.country and entry.player.country != view.country:
        return None
    return entry


def _others(found: Surroundings, player_id: PlayerId) -> Surroundings:
    """Leave out what an index shows of the player: an older row, or one by another writer."""
    above = tuple(row for row in found.above if row.player_id != player_id)
    below = tuple(row for row in found.below if row.player_id != player_id)
    return replace(found, above=above, below=below)


def _place(way: Way, found: Surroundings, *, reaches_the_top: bool) -> Rank:
    if reaches_the_top:
        return Rank(len(found.above) + 1)
    place = way.rank(found.count_above)
    # As many as are seen above stand there, whatever was so at the walk.
    return place.at(max(place.place, len(found.above) + 1))


def _filling(found: Surroundings, above: int, most: int) -> int:
    """Return how many rows to show above, so that the page is full where it can be."""
    if len(found.above) < most:
        return len(found.above)
    return min(most - 1, max(above, most - 1 - len(found.below)))
