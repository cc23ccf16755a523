"""Counts on many shards: together they take what one shard's would, however players lie there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Placing, Rank, View
from leaderboard_app.gateway import items
from leaderboard_app.usecases import read
from tests.gateway.index_double import IndexDouble, OneByOne, standings_of, store_on
from tests.worlds import BOARD, NOW, OREGON

WIDE = replace(BOARD, shards=12)
WIDE_VIEW = View(WIDE, ALL_TIME)
OVERHEAD = 12 * 0.5
"""Each shard's Query reads up to half a unit more than its rows are large."""


class Asked:
    """A ranking in memory, and what a rank in it takes."""

    def __init__(self, players: int, written: int, walk: Boundaries | None = None) -> None:
        """Rank so many players, `p0` the worst, on so many shards; perhaps they were walked."""
        self.double, self.fanout = IndexDouble(), OneByOne()
        self.store = store_on(self.double, fanout=self.fanout)
        self.double.fill(replace(BOARD, shards=written), ALL_TIME, standings_of(range(players)))
        if walk:
            item = items.boundaries_item(BOARD.board_id, ALL_TIME, OREGON, walk, None)
            self.double.put_item(TableName="any", Item=item)

    def rank(self, number: int) -> Placing:
        self.fanout.rounds.clear()
        self.double.units.clear()
        placing = read.rank(self.store, WIDE_VIEW, PlayerId(f"p{number}"), NOW)
        assert placing
        return placing

    @property
    def units(self) -> float:
        return sum(self.double.units.values())


def test_a_large_ranking_that_was_not_walked_takes_as_few_units_as_on_one_shard() -> None:
    """Above and below, and the shares hold some more than the mean."""
    asked = Asked(50_000, written=12)
    placing = asked.rank(25_000)
    assert not placing.rank.exact
    assert 615 <= placing.rank.place <= 25_000
    assert placing.total is None
    assert len(asked.fanout.rounds) == 2
    assert asked.units <= 2 * (1.6 * 12 + OVERHEAD) + 5


@pytest.mark.parametrize("written", [1, 12])
def test_places_stay_exact_whichever_shards_hold_the_players(written: int) -> None:
    """Where one shard holds them all, as after shards were raised, it takes one step more."""
    asked = Asked(600, written)
    for number in (0, 300, 599):
        placing = asked.rank(number)
        assert (placing.rank, placing.total) == (Rank(600 - number), 600)
        assert len(asked.fanout.rounds) <= (2 if written == 12 else 4)


def test_between_far_boundaries_all_shards_share_one_count() -> None:
    """As among a hundred million: the place is interpolated, so more counting tells no more."""
    standings = standings_of(range(40_000))
    walk = Boundaries(40_000, 32_768, (standings[-1], standings[7231]), standings[0], NOW)
    asked = Asked(40_000, 12, walk)
    placing = asked.rank(20_000)
    assert placing.rank.as_of == NOW
    assert abs(placing.rank.place - 20_000) <= walk.step
    assert len(asked.fanout.rounds) == 2
    assert asked.units <= 1.6 * 20 + OVERHEAD + 5


@pytest.mark.parametrize("shards", [1, 12])
def test_no_total_is_told_where_more_came_in_than_the_walk_knew(shards: int) -> None:
    """As on the first minutes of a busy day: 615 or lower, and not `of 615`; nor third of 3."""
    standings = standings_of(range(3))
    asked = Asked(9_000, shards, Boundaries(3, 1, tuple(standings[::-1]), standings[0], NOW))
    low, high = asked.rank(10), asked.rank(8_998)
    assert (low.rank.exact, low.rank.as_of, low.total) == (False, None, None)
    assert (high.rank, high.total, high.percentile) == (Rank(2), None, None)
