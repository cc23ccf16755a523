"""Ranks among up to a million: right, in two round trips, and for no more units than among few."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from leaderboard_app.domain.rankings import Rank
from leaderboard_app.usecases import read
from tests.gateway.index_double import standings_of
from tests.usecases.walked import WalkedRanking
from tests.worlds import NOW

SEED = 4
MOST_UNITS = 30
SIZES = (10_000, 100_000, 1_000_000)


@pytest.fixture(scope="module", params=SIZES)
def ranking(request: pytest.FixtureRequest) -> WalkedRanking:
    """Return a walked ranking of that many players, whose scores cluster as people's do."""
    draws = random.Random(SEED)  # noqa: S311 - no secret.
    return WalkedRanking(
        standings_of(int(draws.lognormvariate(8, 1)) for _ in range(request.param))
    )


def numbers_of(ranking: WalkedRanking, many: int) -> list[int]:
    """Return the best, the worst and many more players in between."""
    order = sorted(range(len(ranking.now)), key=ranking.now.__getitem__)
    draws = random.Random(SEED)  # noqa: S311 - no secret.
    return [order[-1], order[-2], order[1], order[0], *draws.sample(order, many)]


def measured(ranking: WalkedRanking, ask: Callable[[], object]) -> tuple[int, float]:
    """Return how many round trips and read units an answer takes."""
    ranking.fanout.rounds.clear()
    ranking.double.units.clear()
    assert ask()
    return len(ranking.fanout.rounds), sum(ranking.double.units.values())


@pytest.mark.slow
class TestAmongManyPlayers:
    """Each test runs among ten thousand, a hundred thousand and a million."""

    def test_every_rank_is_right_where_nothing_changed(self, ranking: WalkedRanking) -> None:
        ranking.change({})
        for number in numbers_of(ranking, 300):
            placing = read.rank(ranking.store, ranking.view, ranking.player(number), NOW)
            assert placing
            assert placing.rank.place == ranking.rank_of(number)
            assert placing.total == len(ranking.now)

    def test_a_rank_is_two_round_trips_and_few_units(self, ranking: WalkedRanking) -> None:
        store, view = ranking.store, ranking.view
        worst = 0.0
        for number in numbers_of(ranking, 300):
            player = ranking.player(number)
            rounds, units = measured(ranking, lambda p=player: read.rank(store, view, p, NOW))  # type: ignore[misc]
            worst = max(worst, units)
            assert rounds == 2
        assert worst <= MOST_UNITS

    def test_rows_around_are_two_round_trips_and_few_units(self, ranking: WalkedRanking) -> None:
        store, view = ranking.store, ranking.view
        for number in numbers_of(ranking, 300):
            player = ranking.player(number)
            rounds, units = measured(
                ranking,
                lambda p=player: read.around(store, view, p, NOW, fill=True),  # type: ignore[misc]
            )
            assert rounds == 2
            assert units <= MOST_UNITS

    def test_any_page_costs_no_more(self, ranking: WalkedRanking) -> None:
        store, view = ranking.store, ranking.view
        total = len(ranking.now)
        for place in (1, 40 * 25 + 1, 9_000, total // 2, total - 3, total, 10 * total):
            rounds, units = measured(
                ranking,
                lambda at=place: read.at_place(store, view, at, NOW),  # type: ignore[misc]
            )
            assert rounds <= 2
            assert units <= MOST_UNITS
            page = read.at_place(store, view, place, NOW)
            assert page.rows[0].standing == ranking.at(page.rank.place)

    def test_the_top_page_is_one_query_of_half_a_unit_for_each_four_kilobytes(
        self, ranking: WalkedRanking
    ) -> None:
        rounds, units = measured(ranking, lambda: read.top(ranking.store, ranking.view, NOW))
        assert (rounds, units) == (1, 1.0)

    def test_a_rank_is_off_by_no_more_than_what_changed_above(self, ranking: WalkedRanking) -> None:
        """One player in two hundred moved since the walk, and as many came in."""
        draws = random.Random(SEED)  # noqa: S311 - no secret.
        count = len(ranking.before)
        moved = draws.sample(range(count), count // 200)
        fresh = standings_of(int(draws.lognormvariate(8, 1.2)) for _ in range(2 * len(moved)))
        ranking.change(dict(zip(moved, fresh, strict=False)), fresh[len(moved) :])
        for number in numbers_of(ranking, 100):
            placing = read.rank(ranking.store, ranking.view, ranking.player(number), NOW)
            assert placing
            true = ranking.rank_of(number)
            if placing.rank.exact:
                assert placing.rank == Rank(true)
            else:
                assert placing.rank.as_of == NOW
                assert abs(placing.rank.place - true) <= ranking.changed_above(number)
