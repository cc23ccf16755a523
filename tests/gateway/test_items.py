"""Items and back: what is stored is what is read."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain import scores, standings
from leaderboard_app.domain.boards import Board, Operator, Order, Retention
from leaderboard_app.domain.boundaries import MAX_BOUNDARIES, Boundaries
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.scores import Unit
from leaderboard_app.gateway import items
from tests import strategies
from tests.worlds import NOW, OREGON

BOARDS = (
    Board("a", "Plain"),
    Board(
        "b", "Laps", unit=Unit.TIME, operator=Operator.FIRST, retention=Retention(8, 9, 10),
        is_open=False, max_rise=5,
    ),
    Board("c", "Being spread", shards=16, spread_before=4, spread_from=NOW),
)  # fmt: skip


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.title)
def test_a_board_comes_back_as_it_was(board: Board) -> None:
    assert items.board_of(items.board_item(board)) == board


def test_a_board_of_the_first_release_has_what_was_then_so() -> None:
    item = items.board_item(BOARDS[0])
    for later in ("operator", "unit", "kept_days", "is_open"):
        del item[later]
    assert items.board_of(item) == BOARDS[0]


@given(st.lists(strategies.SCORES, max_size=20), strategies.ORDERS)
def test_boundaries_come_back_as_they_were(some: list[int], order: Order) -> None:
    found = [standings.standing_of(each, NOW, PlayerId("ada"), order) for each in some]
    falling = tuple(sorted(found, reverse=True))
    taken = Boundaries(99, 5, falling, falling[-1] if falling else None, NOW)
    item = items.boundaries_item("b", ALL_TIME, OREGON, taken, NOW + timedelta(days=1))
    assert items.boundaries_of(item) == taken


def test_as_many_boundaries_as_there_may_be_take_under_50_kilobytes() -> None:
    last = standings.standing_of(-scores.LIMIT, NOW, PlayerId("ada"), Order.HIGHER)
    taken = Boundaries(10**9, 10**6, (last,) * MAX_BOUNDARIES, last, NOW)
    item = items.boundaries_item("b" * 32, ALL_TIME, "ap-southeast-2", taken, NOW)
    assert len(json.dumps(item)) < 50_000
