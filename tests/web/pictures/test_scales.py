from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.scores import LIMIT, Unit
from leaderboard_app.web.pictures.scales import Scale, counting_steps, steps_of

SCORES = st.integers(-LIMIT, LIMIT)


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    low, high = sorted(draw(st.tuples(SCORES, SCORES)))
    middle = draw(st.integers(low, high))
    width = draw(st.just(0) | st.integers(1, 10**12))
    return Scale(low - 0.5, high + 0.5, middle, width)


@given(scales(), st.integers(1, 6))
def test_ticks_are_few_and_rise_and_lie_on_the_scale(scale: Scale, most: int) -> None:
    ticks = scale.ticks(counting_steps(), most)
    assert len(ticks) <= most
    assert all(before < after for before, after in pairwise(ticks))
    # A float keeps 16 digits, and so do scores: the last one may be rounded.
    slack = (scale.high - scale.low) * 1e-9 + 1
    assert all(scale.low - slack <= tick <= scale.high + slack for tick in ticks)


@given(scales(), SCORES, SCORES)
def test_a_larger_score_never_lies_further_left(scale: Scale, one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert 0 <= scale.share(low) <= scale.share(high) <= 1


@given(st.integers(-(10**6), 10**6), st.integers(0, 10**6), st.floats(0, 1))
def test_a_number_lies_where_it_was_read(middle: int, width: int, share: float) -> None:
    scale = Scale(-(10**6), 10**6, middle, width)
    assert scale.share(scale.number(share)) == pytest.approx(share, abs=1e-6)


@given(st.integers(-LIMIT, LIMIT), st.integers(0, LIMIT), st.integers(1, 6))
def test_wherever_a_whole_number_lies_there_is_a_tick(low: int, more: int, most: int) -> None:
    high = min(LIMIT, low + more)
    assert Scale(low - 0.5, high + 0.5).ticks(counting_steps(), most)


def test_an_even_scale_has_even_ticks() -> None:
    assert Scale(-0.5, 98_000.5).ticks(counting_steps(), 6) == (0, 20_000, 40_000, 60_000, 80_000)


def test_a_bent_scale_has_room_for_the_many_and_reaches_the_few() -> None:
    scale = Scale(-0.5, 10**9 + 0.5, 0, 100)
    assert scale.share(1000) > 0.1
    assert scale.ticks(counting_steps(), 4) == (0, 50_000, 5_000_000, 1_000_000_000)


def test_times_have_ticks_at_whole_minutes() -> None:
    board = Board("lap", "Lap", decimals=3, unit=Unit.TIME)
    ticks = Scale(371_827, 561_000).ticks(steps_of(board), 5)
    assert ticks == (420_000, 480_000, 540_000)
