from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.boards import Order
from leaderboard_app.domain.scores import LIMIT
from leaderboard_app.web.pictures.histogram import MOST_BARS, Spread, bars
from tests.web.pictures.rankings import walked

SCORES = st.lists(st.integers(-LIMIT, LIMIT) | st.integers(0, 50), min_size=1, max_size=80)


def spread_of(scores: list[int], step: int = 1, order: Order = Order.HIGHER) -> Spread:
    spread = Spread.of(walked(scores, step, order), order)
    assert spread is not None
    return spread


def test_a_ranking_without_players_is_spread_nowhere() -> None:
    assert Spread.of(walked([]), Order.HIGHER) is None


@given(SCORES, st.integers(1, 9), st.sampled_from(Order))
def test_every_player_stands_in_a_bar(scores: list[int], step: int, order: Order) -> None:
    spread = spread_of(scores, step, order)
    heights = bars(spread, spread.scale())
    assert len(heights) <= MOST_BARS
    assert all(height >= 0 for height in heights)
    assert sum(heights) == pytest.approx(len(scores))


@given(st.lists(st.integers(-12, 12), min_size=1, max_size=80), st.sampled_from(Order))
def test_few_scores_have_a_bar_each_with_as_many_players(scores: list[int], order: Order) -> None:
    spread = spread_of(scores, 1, order)
    scale = spread.scale()
    heights = bars(spread, scale)
    lowest = ceil(scale.low)
    assert heights == tuple(scores.count(lowest + index) for index in range(len(heights)))


@given(SCORES, st.floats(0.001, 1), st.sampled_from(Order))
def test_a_share_of_the_players_has_its_score_or_better(
    scores: list[int], share: float, order: Order
) -> None:
    best_first = sorted(scores, reverse=order is Order.HIGHER)
    place = max(1, ceil(len(scores) * share))
    assert spread_of(scores, 1, order).at(share) == best_first[place - 1]


@given(st.integers(1, 50), st.integers(1, 2000))
def test_between_boundaries_a_share_is_at_most_half_a_step_off(step: int, total: int) -> None:
    spread = spread_of(list(range(total)), step)
    for share in (0.01, 0.1, 0.5):
        exact = total - max(1, ceil(total * share))
        assert abs(spread.at(share) - exact) <= (step + 1) / 2


def test_an_even_spread_is_drawn_evenly() -> None:
    assert spread_of(list(range(1000))).scale().width == 0


def test_one_player_far_ahead_does_not_squeeze_the_others_into_one_bar() -> None:
    spread = spread_of([*range(1000), 10**12])
    heights = bars(spread, spread.scale())
    assert max(heights) < 500
    assert heights[-1] == 1


def test_one_far_behind_does_not_either_where_lower_is_better() -> None:
    spread = spread_of([*range(1000), 10**12], order=Order.LOWER)
    heights = bars(spread, spread.scale())
    assert max(heights) < 500
    assert heights[-1] == 1


def test_players_between_two_boundaries_are_poured_evenly() -> None:
    spread = spread_of(list(range(0, 10_000, 10)), step=250)
    heights = bars(spread, spread.scale())
    assert min(heights) > 20
    assert max(heights) < 32
