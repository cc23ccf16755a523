"""What may be changed of a board, worked out without a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bootstrap.boards import telling
from bootstrap.boards.changing import SPREAD_AFTER, changed, fixed_changes, made
from bootstrap.exits import Problem
from leaderboard_app.domain import scores
from leaderboard_app.domain.boards import Board, Operator, Order
from leaderboard_app.domain.scores import Unit
from leaderboard_app.usecases.boards import MAX_AGE
from tests.strategies import SCORES

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LAPS = Board(
    "laps", "Laps", Order.LOWER, decimals=3, minimum=20_000, maximum=600_000, unit=Unit.TIME
)


def test_a_board_is_made_of_what_was_said_and_the_defaults() -> None:
    assert made("laps", {"title": "Laps"}) == Board("laps", "Laps")


def test_bounds_are_typed_as_the_new_board_shows_scores() -> None:
    """The unit and the decimals of the same command line count."""
    wanted = {"title": "Laps", "unit": Unit.TIME, "decimals": 3, "minimum": "0:20", "max_rise": "5"}
    new = made("laps", wanted)
    assert (new.minimum, new.max_rise) == (20_000, 5_000)
    assert changed(LAPS, {"maximum": "none"}, NOW).maximum == scores.LIMIT
    assert changed(LAPS, {"minimum": "none"}, NOW).minimum == -scores.LIMIT
    assert changed(LAPS, {"max_rise": "none"}, NOW).max_rise is None


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"title": "\x07"}, "--title: Take out the control characters (U+0007)."),
        ({"decimals": 4}, "--decimals: Board 'laps': the decimals of time are 0 to 3."),
        ({"minimum": "1:2"}, "--minimum: Enter a time, for example 1:23.456."),
        ({"maximum": "0:01"}, "--maximum: Board 'laps': the maximum is below the minimum."),
        ({"max_rise": "0"}, "--max-rise: Board 'laps': the largest rise is more than 0."),
        ({"keep_week": 7}, "--keep-week: Keep a past week for 8 to 4000 days."),
        ({"shards": 65}, "--shards: Board 'laps': the shards are 1 to 64."),
        ({"shards": 0}, "--shards: board laps has 1, and 0 would leave out of sight"),
        ({"board_id": "A B"}, "BOARD: Board 'A B': an id is 1 to 32"),
    ],
)
def test_what_is_wrong_is_said_with_the_option_at_fault(wanted: dict[str, Any], said: str) -> None:
    with pytest.raises(Problem) as refusal:
        changed(LAPS, wanted, NOW)
    assert refusal.value.message.startswith(said)


def test_nothing_else_changes() -> None:
    assert changed(LAPS, {"title": "Laps 2"}, NOW) == replace(LAPS, title="Laps 2")
    kept = changed(LAPS, {"keep_week": 99}, NOW).retention
    assert (kept.month, kept.week, kept.day) == (400, 99, 14)


def test_shards_that_are_added_are_not_written_to_before_all_read_them() -> None:
    """A process may remember the board of before for a minute; several have to pass."""
    raised = changed(LAPS, {"shards": 4}, NOW)
    assert raised == replace(LAPS, shards=4, spread_before=1, spread_from=NOW + SPREAD_AFTER)
    assert SPREAD_AFTER >= 3 * MAX_AGE


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(1, 64)), min_size=1, max_size=8))
def test_however_shards_are_raised_writers_stay_where_every_reader_looks(
    steps: list[tuple[int, int]],
) -> None:
    """Some minutes apart each: no writer uses a number that was not read for MAX_AGE by then."""
    board, now = LAPS, NOW
    known_since = {LAPS.shards: NOW - timedelta(days=1)}
    for minutes, shards in steps:
        now += timedelta(minutes=minutes)
        if shards < board.shards:
            with pytest.raises(Problem, match="only be raised"):
                changed(board, {"shards": shards}, now)
            continue
        board = changed(board, {"shards": shards}, now)
        known_since.setdefault(board.shards, now)
        for later in range(12):
            at = now + timedelta(minutes=later)
            written = board.as_of(at).shards_written
            assert written in known_since
            assert at - known_since[written] >= MAX_AGE


def test_a_title_alone_fixes_nothing() -> None:
    assert fixed_changes(LAPS, replace(LAPS, title="x", minimum=1, shards=2)) == ()
    other = replace(LAPS, order=Order.HIGHER, operator=Operator.FIRST, decimals=1, unit=Unit.POINTS)
    assert set(fixed_changes(LAPS, other)) == {"order", "operator", "decimals", "unit"}


@given(SCORES, SCORES, st.sampled_from(Unit), st.integers(0, 3))
def test_what_is_shown_of_a_board_makes_the_same_board(
    one: int, other: int, unit: Unit, decimals: int
) -> None:
    """Each line's value is what the option takes."""
    board = Board(
        "b", "B", unit=unit, decimals=decimals, minimum=min(one, other), maximum=max(one, other)
    )
    lines = dict(line.split(maxsplit=1) for line in telling.lines(board) if line.startswith("  "))
    bounds = {"minimum": lines["--minimum"], "maximum": lines["--maximum"]}
    again = made("b", {"title": "B", "unit": unit, "decimals": decimals, **bounds})
    assert again.unit == board.unit
    if abs(board.minimum) != scores.LIMIT and abs(board.maximum) != scores.LIMIT:
        assert again == board
