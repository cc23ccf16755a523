"""Numbers as a language writes them, and what is typed as a language writes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.scores import LIMIT, Unit
from leaderboard_app.web.languages.asked import ENVIRON_KEY
from leaderboard_app.web.languages.known import BY_CODE
from leaderboard_app.web.languages.numerals import number, score, typed
from tests.web.memory_store import MemoryStore
from tests.web.worlds import make_app

APP: Flask = make_app(MemoryStore([]))
CODES = st.sampled_from(sorted(BY_CODE))
SCORES = st.integers(-LIMIT, LIMIT)
WIDEST = [
    Board("b", "B", decimals=decimals, unit=unit, minimum=-LIMIT, maximum=LIMIT)
    for unit in Unit
    for decimals in range(unit.most_decimals + 1)
]
"""A board of each unit with each number of decimals."""


@contextmanager
def page_in(code: str) -> Iterator[None]:
    with APP.test_request_context(environ_overrides={ENVIRON_KEY: BY_CODE[code]}):
        yield


@pytest.mark.parametrize(
    ("code", "value", "written"),
    [
        ("en", 1_234_567, "1\u202f234\u202f567"),
        ("de", 1_234_567, "1.234.567"),
        ("ar", 1_234_567, "1,234,567"),
        ("en", -12, "-12"),
        ("de", -1234, "-1.234"),
        ("ar", -1234, "\u200e-1,234"),
    ],
)
def test_a_whole_number_is_written_as_its_language_has_it(
    code: str, value: int, written: str
) -> None:
    with page_in(code):
        assert number(value) == written


def test_out_of_a_request_it_is_english() -> None:
    assert number(1234) == "1\u202f234"


@given(code=CODES, board=st.sampled_from(WIDEST), value=SCORES)
def test_a_score_that_is_copied_from_a_page_can_be_typed_there(
    code: str, board: Board, value: int
) -> None:
    with page_in(code):
        assert board.parse(typed(score(value, board), board)) == value


NEARLY_NUMBERS = st.text(
    alphabet="0123456789.,:-\u2212\u202f\u200e\u066b\u066c m\u0663", max_size=20
)


@given(code=CODES, text=st.text(max_size=40) | NEARLY_NUMBERS, board=st.sampled_from(WIDEST))
def test_whatever_is_typed_is_one_score_or_is_refused(code: str, text: str, board: Board) -> None:
    with page_in(code):
        try:
            read = board.parse(typed(text, board))
        except InvalidValue:
            return
        assert board.parse(typed(score(read, board), board)) == read


def points(decimals: int) -> Board:
    return next(each for each in WIDEST if (each.unit, each.decimals) == (Unit.POINTS, decimals))


@given(thousands=st.integers(1, 999), rest=st.integers(0, 999))
def test_one_sign_before_three_digits_is_never_guessed(thousands: int, rest: int) -> None:
    """On a board with three decimals it may stand between thousands, or before a fraction."""
    for code, sign in (("de", "."), ("ar", ","), ("en", ",")):
        with page_in(code), pytest.raises(InvalidValue, match="two ways"):
            typed(f"{thousands}{sign}{rest:03}", points(3))
        with page_in(code):
            assert typed(f"{thousands}{sign}{rest:03}", points(2)) == f"{thousands}{rest:03}"


@pytest.mark.parametrize("text", ["0.750", "0.5", "012.345", "00.123"])
def test_no_number_with_thousands_begins_with_a_nought(text: str) -> None:
    """So what does is read as it stands, by all boards, and never a thousand times as much."""
    with page_in("de"):
        for board in WIDEST:
            assert typed(text, board) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1:23.456", "1:23.456"),
        ("1:23,456", "1:23.456"),
        ("83.456", "83.456"),
        ("59,123", "59.123"),
        ("1.234:05:06,7", "1234:05:06.7"),
    ],
)
def test_seconds_have_no_thousands(text: str, read: str) -> None:
    with page_in("de"):
        for board in WIDEST:
            if board.unit is Unit.TIME:
                assert typed(text, board) == read


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u2009", "\u202f", "'", "’", "\u066c"])
def test_what_is_no_decimal_sign_may_part_thousands_in_every_language(blank: str) -> None:
    for code in sorted(BY_CODE):
        with page_in(code):
            for decimals in range(7):
                board = points(decimals)
                assert board.parse(typed(f"-1{blank}234{blank}567", board)) == (
                    -1_234_567 * 10**decimals
                )


@pytest.mark.parametrize("unit", Unit)
def test_digits_of_every_script_are_digits(unit: Unit) -> None:
    board = next(each for each in WIDEST if each.unit is unit)
    for code in sorted(BY_CODE):
        with page_in(code):
            for digits in ("١٢٣", "۱۲۳", "１２３", "१२३"):
                assert typed(digits, board) == "123"


def test_arabic_has_a_decimal_sign_of_its_own() -> None:
    for code in sorted(BY_CODE):
        with page_in(code):
            assert typed("١٬٢٣٤٫٥", points(1)) == "1\u202f234.5"
