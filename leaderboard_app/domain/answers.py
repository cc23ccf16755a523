"""What a store is asked about a ranking and what it answers, where that is more than a value."""

from __future__ import annotations

from dataclasses import dataclass

from leaderboard_app.domain.places import Count, Way
from leaderboard_app.domain.players import Player
from leaderboard_app.domain.rankings import Row
from leaderboard_app.domain.records import Record


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to find out about a standing, at once.

    Attributes:
        above, below: how many rows to return of those on either side.
        way: whose standing it is, and what to count.
    """

    above: int
    below: int
    way: Way


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies on either side of a standing.

    Attributes:
        above, below: rows, best first.
        count_above: how many rows were counted above, as the way says.
        count_below: how many stand below; None where the way does not ask.
    """

    above: tuple[Row, ...]
    below: tuple[Row, ...]
    count_above: Count
    count_below: Count | None


@dataclass(frozen=True, slots=True)
class Named:
    """Who may be meant by a text.

    Attributes:
        records: what is known of the players whose ids were asked for, in that order.
        listed: the players listed under the name, in the order of their ids.
        complete: whether no more are listed.
    """

    records: tuple[Record, ...]
    listed: tuple[Player, ...]
    complete: bool
