"""Scores are whole numbers, typed and shown with a board's decimals."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain import scores
from leaderboard_app.domain.errors import InvalidValue
from tests.strategies import SCORES


@given(SCORES, st.integers(0, 6))
def test_a_score_is_read_back_as_it_was_shown(score: int, decimals: int) -> None:
    """Nothing is rounded: no float is ever in between."""
    assert scores.parse(scores.show(score, decimals), decimals) == score


@pytest.mark.parametrize(
    ("typed", "decimals", "score"),
    [
        ("12", 0, 12),
        (" 12 ", 0, 12),
        ("+7", 0, 7),
        ("-7", 0, -7),
        ("\u22127", 0, -7),
        ("12.5", 2, 1250),
        ("12", 2, 1200),
        ("-0.05", 2, -5),
        ("007", 0, 7),
    ],
)
def test_a_number_is_understood(typed: str, decimals: int, score: int) -> None:
    """As people and spreadsheets write it."""
    assert scores.parse(typed, decimals) == score


@pytest.mark.parametrize(
    ("typed", "decimals"),
    [
        ("", 0),
        ("many", 0),
        ("1.5", 0),
        ("1.", 0),
        (".5", 1),
        ("1.005", 2),
        ("1e9", 0),
        ("0x10", 0),
        ("NaN", 0),
        ("Infinity", 0),
        ("1,000", 0),
        ("1 000", 0),
        ("١٢", 0),
        ("²", 0),
        ("1_000", 0),
        ("--1", 0),
        ("1000000000000001", 0),
        ("-1000000000000001", 0),
        ("1000000000000000.1", 1),
        ("9" * 5000, 0),
        ("1\n2", 0),
    ],
)
def test_what_is_no_score_is_refused(typed: str, decimals: int) -> None:
    """Floats, words, huge numbers and foreign digits; the message says what would do."""
    with pytest.raises(InvalidValue) as refusal:
        scores.parse(typed, decimals)
    assert refusal.value.field == "score"


@given(st.text())
def test_any_text_is_a_score_or_refused(typed: str) -> None:
    """Nothing else comes out of the parser."""
    with suppress(InvalidValue):
        assert abs(scores.parse(typed)) <= scores.LIMIT


def test_thousands_are_set_apart_where_asked() -> None:
    """The fraction is not."""
    assert scores.show(-1234567890, 4, "'") == "-123'456.7890"
