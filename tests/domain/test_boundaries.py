"""Boundaries against the ranking that they were taken of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.boundaries import Boundaries, Boundary
from tests.worlds import NOW

RANKINGS = st.lists(st.integers(-50, 50), unique=True).map(lambda some: sorted(some, reverse=True))
STEPS = st.integers(1, 7)


def boundaries(ranking: list[int], step: int) -> Boundaries:
    lowest = ranking[-1] if ranking else None
    return Boundaries(len(ranking), step, tuple(ranking[::step]), lowest, NOW)


@given(RANKINGS, STEPS, st.integers(-60, 60))
def test_the_boundary_above_and_those_between_give_the_rank(
    ranking: list[int], step: int, standing: int
) -> None:
    found = boundaries(ranking, step).above(standing)
    between = [each for each in ranking if each > standing and (not found or each < found.standing)]
    assert (found.place if found else 0) + len(between) == sum(each > standing for each in ranking)
    assert len(between) < step


@given(RANKINGS.filter(bool), STEPS, st.data())
def test_after_each_boundary_comes_the_next_and_after_the_last_the_last_player(
    ranking: list[int], step: int, data: st.DataObject
) -> None:
    found = boundaries(ranking, step)
    index = data.draw(st.integers(0, len(found.standings) - 1))
    after = found.next_after(Boundary(1 + index * step, found.standings[index]))
    assert after.place == min(1 + (index + 1) * step, len(ranking))
    assert after.standing == ranking[after.place - 1]


@given(RANKINGS, STEPS, st.integers(1, 120))
def test_the_boundary_before_a_place_is_the_last_one_there(
    ranking: list[int], step: int, place: int
) -> None:
    found = boundaries(ranking, step).before(place)
    places = [1 + index * step for index in range(len(ranking[::step]))]
    earlier = [each for each in places if each < place]
    assert (found.place if found else None) == (max(earlier) if earlier else None)
    assert found is None or ranking[found.place - 1] == found.standing
