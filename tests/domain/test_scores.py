"""Scores are whole numbers, typed and shown with a board's decimals."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain import scores
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.scores import Unit
from tests.strategies import SCORES


@given(SCORES, st.integers(0, 6), st.sampled_from(Unit))
def test_a_score_is_read_back_as_it_was_shown(score: int, decimals: int, unit: Unit) -> None:
    """Nothing is rounded: no float is ever in between."""
    assert scores.parse(scores.show(score, decimals, unit=unit), decimals, unit) == score


@given(SCORES, st.integers(0, 3))
def test_a_time_is_also_read_in_plain_seconds(score: int, decimals: int) -> None:
    """As files carry it."""
    assert scores.parse(scores.show(score, decimals), decimals, Unit.TIME) == score


@pytest.mark.parametrize(
    ("score", "decimals", "unit", "shown"),
    [
        (0, 3, Unit.TIME, "0:00.000"),
        (83_456, 3, Unit.TIME, "1:23.456"),
        (59_990, 3, Unit.TIME, "0:59.990"),
        (3_723_456, 3, Unit.TIME, "1:02:03.456"),
        (834, 1, Unit.TIME, "1:23.4"),
        (83, 0, Unit.TIME, "1:23"),
        (-83, 0, Unit.TIME, "-1:23"),
        (10**15, 0, Unit.TIME, "277'777'777'777:46:40"),
        (1234, 2, Unit.METRES, "12.34\u00a0m"),
        (-1_234_567, 0, Unit.METRES, "-1'234'567\u00a0m"),
        (1250, 2, Unit.POINTS, "12.50"),
    ],
)
def test_a_score_is_shown_in_its_unit(score: int, decimals: int, unit: Unit, shown: str) -> None:
    """Minutes always, hours where there are any."""
    assert scores.show(score, decimals, "'", unit) == shown


@pytest.mark.parametrize(
    ("typed", "decimals", "unit", "score"),
    [
        ("1:23.456", 3, Unit.TIME, 83_456),
        ("83.456", 3, Unit.TIME, 83_456),
        ("1:23", 3, Unit.TIME, 83_000),
        ("90:00", 0, Unit.TIME, 5400),
        ("1:02:03.4", 3, Unit.TIME, 3_723_400),
        ("\u22120:05", 0, Unit.TIME, -5),
        ("12.34 m", 2, Unit.METRES, 1234),
        ("12.34m", 2, Unit.METRES, 1234),
        ("12.34\u00a0m", 2, Unit.METRES, 1234),
        ("12.34", 2, Unit.METRES, 1234),
    ],
)
def test_a_unit_is_understood(typed: str, decimals: int, unit: Unit, score: int) -> None:
    assert scores.parse(typed, decimals, unit) == score


@pytest.mark.parametrize(
    ("typed", "decimals", "unit", "message"),
    [
        ("1:5", 3, Unit.TIME, "Enter a time, for example 1:23.456."),
        ("1:60", 0, Unit.TIME, "Enter a time, for example 1:23."),
        ("1:2:03", 0, Unit.TIME, "Enter a time, for example 1:23."),
        ("1:60:00", 0, Unit.TIME, "Enter a time, for example 1:23."),
        ("1:00:00:00", 0, Unit.TIME, "Enter a time, for example 1:23."),
        (":30", 1, Unit.TIME, "Enter a time, for example 1:23.4."),
        ("1:23m", 2, Unit.TIME, "Enter a time, for example 1:23.45."),
        ("1:23.4", 0, Unit.TIME, "Enter whole seconds: this board counts no fractions."),
        ("1:23.4567", 3, Unit.TIME, "Enter at most 3 digits after the point."),
        ("9" * 16 + ":00", 0, Unit.TIME, "A score lies between"),
        ("12 km", 2, Unit.METRES, "Enter a distance in metres, for example 12.34\u00a0m."),
        ("12.5 m", 0, Unit.METRES, "Enter whole metres: this board counts no fractions."),
        ("1:23", 0, Unit.POINTS, "Enter a number, for example 1234."),
        ("12 m", 0, Unit.POINTS, "Enter a number, for example 1234."),
    ],
)
def test_what_is_not_of_the_unit_is_refused_with_an_example(
    typed: str, decimals: int, unit: Unit, message: str
) -> None:
    with pytest.raises(InvalidValue) as refusal:
        scores.parse(typed, decimals, unit)
    assert refusal.value.message.startswith(message)


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
        ("1\u202f234\u202f567", 0, 1_234_567),
        ("-961\u202f790.5", 1, -9_617_905),
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
        ("1\u202f00", 0),
        ("1234\u202f000", 0),
        ("0.123\u202f456", 6),
        ("1\u202f\u202f000", 0),
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


@given(st.text() | st.text("0123456789:.- m", max_size=12), st.sampled_from(Unit))
def test_any_text_is_a_score_or_refused(typed: str, unit: Unit) -> None:
    """Nothing else comes out of the parser."""
    with suppress(InvalidValue):
        assert abs(scores.parse(typed, 3, unit)) <= scores.LIMIT


def test_thousands_are_set_apart_where_asked() -> None:
    """The fraction is not."""
    assert scores.show(-1234567890, 4, "'") == "-123'456.7890"
