"""Boards refuse to exist when wrong, and say what would be right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain import scores
from leaderboard_app.domain.boards import Board, Retention
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.periods import PeriodKind
from leaderboard_app.domain.scores import Unit
from tests.strategies import SCORES

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BOARD = Board("laps", "Laps")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("board_id", "", "an id is 1 to 32 of a-z, 0-9 and -"),
        ("board_id", "Laps", "an id is 1 to 32"),
        ("board_id", "-laps", "an id is 1 to 32"),
        ("board_id", "a#b", "an id is 1 to 32"),
        ("board_id", "a" * 33, "an id is 1 to 32"),
        ("board_id", "laps\n", "an id is 1 to 32"),
        ("title", " ", "the title has 1 to 64 characters"),
        ("title", "\u200d", "the title has 1 to 64 characters"),
        ("title", "x" * 65, "the title has 1 to 64 characters"),
        ("title", "a\nb", "Take out the control characters (U+000A)."),
        ("title", "a\u202eb", "Take out the characters that turn the direction of text"),
        ("decimals", 7, "the decimals of points are 0 to 6"),
        ("decimals", -1, "the decimals of points are 0 to 6"),
        ("minimum", -(10**15) - 1, "the minimum is beyond 10^15"),
        ("maximum", 10**15 + 1, "the maximum is beyond 10^15"),
        ("maximum", -1, "the maximum is below the minimum"),
        ("periods", (PeriodKind.DAY,), "the periods must hold `all`"),
        ("periods", (PeriodKind.ALL, PeriodKind.ALL), "a period is named twice"),
        ("shards", 0, "the shards are 1 to 64"),
        ("shards", 65, "the shards are 1 to 64"),
        ("max_rise", 0, "the largest rise is more than 0"),
        ("spread_before", 2, "more shards would be written to than are read"),
    ],
)
def test_what_is_no_board_is_refused(field: str, value: object, message: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        replace(BOARD, **{field: value})  # type: ignore[arg-type]  # what is wrong, too.
    assert message in refusal.value.message


def test_times_end_at_milliseconds() -> None:
    assert replace(BOARD, unit=Unit.TIME, decimals=3).decimals == 3
    with pytest.raises(InvalidValue, match="the decimals of time are 0 to 3"):
        replace(BOARD, unit=Unit.TIME, decimals=4)


@pytest.mark.parametrize("days", [7, 4001])
def test_a_past_period_is_kept_for_days_in_bounds(days: int) -> None:
    """A week at least, as submissions come in a week late, and no eternity."""
    with pytest.raises(InvalidValue) as refusal:
        Retention(week=days)
    assert refusal.value.field == "keep_week"


@given(SCORES, st.sampled_from(Unit))
def test_what_a_board_shows_it_reads(score: int, unit: Unit) -> None:
    board = replace(BOARD, minimum=-scores.LIMIT, unit=unit, decimals=3)
    assert board.parse(board.show(score)) == board.parse(board.show(score, group="")) == score


def test_a_score_out_of_bounds_is_refused_in_the_boards_own_words() -> None:
    board = replace(BOARD, unit=Unit.TIME, decimals=3, minimum=20_000, maximum=600_000)
    with pytest.raises(InvalidValue, match=r"from 0:20\.000 to 10:00\.000\."):
        board.parse("10:00.001")


def test_raised_shards_are_written_to_once_everybody_reads_them() -> None:
    """A process may remember the board of before for a minute."""
    raised = replace(BOARD, shards=16, spread_before=4, spread_from=NOW)
    before = raised.as_of(NOW - timedelta(milliseconds=1))
    assert (before.shards, before.shards_written) == (16, 4)
    after = raised.as_of(NOW)
    assert (after.shards, after.shards_written) == (16, 16)
    assert after == replace(BOARD, shards=16)
