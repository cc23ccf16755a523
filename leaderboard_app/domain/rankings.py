"""What a reader sees: the view asked for, its rows with their places, and where to go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from leaderboard_app.domain import standings
from leaderboard_app.domain.boards import Board, Order
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.players import PlayerId


@dataclass(frozen=True, slots=True)
class View:
    """One ranking: a board in a period, of one country or of all."""

    board: Board
    period: Period
    country: Country | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One player in a ranking."""

    player_id: PlayerId
    name: str
    country: Country
    standing: int

    @classmethod
    def of(cls, entry: Entry) -> Row:
        """Return the row that shows an entry."""
        player = entry.player
        return cls(player.player_id, player.name, player.country, entry.standing)

    def score(self, order: Order) -> int:
        """Return the score, read out of the standing."""
        return standings.score_of(self.standing, order)

    @property
    def achieved_at(self) -> datetime:
        """When the score was achieved, read out of the standing."""
        return standings.achieved_at_of(self.standing)


@dataclass(frozen=True, slots=True)
class Rank:
    """A player's place: 1 + the players that stand higher.

    Attributes:
        place: exact where `exact`; else, where `as_of` is known, it was so then; else the player
            stands at this place or lower.
        exact: whether all players above were counted.
        as_of: when the ranking was walked that the place is reckoned from; None where it is not.
    """

    place: int
    exact: bool = True
    as_of: datetime | None = None

    def at(self, place: int) -> Rank:
        """Return another place in the same ranking, known as well as this one."""
        return replace(self, place=place)


@dataclass(frozen=True, slots=True)
class Placing:
    """A player's place among all.

    Attributes:
        rank: the place, and how well it is known.
        total: how many players there are, never fewer than the place; None where nobody knows.
        entry: what they stand there with.
    """

    rank: Rank
    total: int | None
    entry: Entry

    @property
    def percentile(self) -> float | None:
        """The share of the players who stand at this place or higher, in percent, above 0."""
        return 100 * self.rank.place / self.total if self.total else None


class Direction(StrEnum):
    """Which way a reader turns the pages."""

    NEXT = "next"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next or previous page begins: just past a row, in the view that it came from.

    Attributes:
        board_id, period, country: the view; a cursor turns no other view's pages.
        direction: which way to read on.
        standing: the row's.
        rank: the row's, to number the rows that follow.
    """

    board_id: str
    period: str
    country: str
    direction: Direction
    standing: int
    rank: Rank

    @classmethod
    def past(cls, view: View, direction: Direction, standing: int, rank: Rank) -> Cursor:
        """Return the cursor that leads on from a row of a view."""
        country = view.country.code if view.country else ""
        return cls(view.board.board_id, view.period.key, country, direction, standing, rank)

    def belongs_to(self, view: View) -> bool:
        """Say whether the cursor came from this view."""
        country = view.country.code if view.country else ""
        return (self.board_id, self.period, self.country) == (
            view.board.board_id,
            view.period.key,
            country,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a ranking, best first, and the ways on.

    Attributes:
        view: the ranking.
        rows: at most as many as were asked for, one a player.
        rank: the first row's; those below follow one by one.
        next, previous: the ways on; None where there is nothing more.
    """

    view: View
    rows: tuple[Row, ...]
    rank: Rank = Rank(1)
    next: Cursor | None = None
    previous: Cursor | None = None

    def placed(self) -> Iterator[tuple[int, Row]]:
        """Yield each row with its place."""
        return enumerate(self.rows, self.rank.place)


def earliest_of_each(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return one row a player, the one achieved first: what counts on a board of firsts."""
    kept: dict[str, Row] = {}
    for row in rows:
        other = kept.setdefault(row.player_id.value, row)
        if row.achieved_at < other.achieved_at:
            kept[row.player_id.value] = row
    return tuple(row for row in rows if kept[row.player_id.value] is row)


def without_repeats(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the first row of each player: best first in, one row a player out."""
    seen: set[str] = set()
    for row in rows:
        if row.player_id.value not in seen:
            seen.add(row.player_id.value)
            yield row
