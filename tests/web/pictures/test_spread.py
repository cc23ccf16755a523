from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.boards import Board, Order
from leaderboard_app.domain.scores import LIMIT, Unit
from leaderboard_app.web.pictures.labels import short
from leaderboard_app.web.pictures.spread import FLOOR, TOP, SpreadPicture, spread_picture
from tests.web.pictures.rankings import walked

BOARD = Board("b", "B", minimum=-LIMIT)
LAPS = Board("lap", "Lap", Order.LOWER, decimals=3, unit=Unit.TIME)
SCORES = st.integers(-LIMIT, LIMIT)


def picture_of(scores: list[int], own: int | None = None, board: Board = BOARD) -> SpreadPicture:
    picture = spread_picture(board, walked(scores, order=board.order), own, "Place 7")
    assert picture is not None
    return picture


def percent(text: str) -> float:
    return float(text.removesuffix("%"))


def facts_of(picture: SpreadPicture) -> dict[str, str]:
    return {fact.name: fact.value for fact in picture.facts}


def test_nobody_gives_no_picture() -> None:
    assert spread_picture(BOARD, walked([])) is None


@given(st.lists(SCORES, min_size=1, max_size=40), SCORES, st.sampled_from([BOARD, LAPS]))
def test_all_that_is_drawn_lies_within_the_picture(
    scores: list[int], own: int, board: Board
) -> None:
    picture = picture_of(scores, own, board)
    assert picture.bars
    assert picture.labels
    for bar in picture.bars:
        assert 0 <= percent(bar.x) <= percent(bar.x) + percent(bar.width) <= 100
        assert (TOP <= bar.y < FLOOR, bar.y + bar.height) == (True, FLOOR)
    labels = [percent(label.x) for label in picture.labels]
    assert labels == sorted(labels)
    assert all(0 <= x <= 100 for x in labels)
    assert all(TOP <= line.y < FLOOR for line in picture.lines)
    assert picture.mark is not None
    assert 0 <= percent(picture.mark.x) <= 100


def test_the_bar_that_a_player_stands_in_is_their_own() -> None:
    own = [bar.says for bar in picture_of(list(range(11)), own=4).bars if bar.is_own]
    assert own == ["4: 1"]


def test_without_a_player_nothing_is_marked() -> None:
    picture = picture_of([1, 2, 3])
    assert picture.mark is None
    assert not any(bar.is_own for bar in picture.bars)


def test_the_table_says_the_same_in_numbers() -> None:
    assert facts_of(picture_of(list(range(1, 1001)))) == {
        "Players": "1\u202f000",
        "Best": "1\u202f000",
        "Top 1\u00a0%": "991 or more",
        "Top 10\u00a0%": "901 or more",
        "Median": "501 or more",
        "Last": "1",
    }


def test_where_lower_is_better_less_is_needed_and_shown_in_the_boards_unit() -> None:
    facts = facts_of(picture_of([60_000 + each for each in range(100)], board=LAPS))
    assert (facts["Best"], facts["Top 10\u00a0%"]) == ("1:00.000", "1:00.009 or less")


def test_few_players_have_no_top_hundredth() -> None:
    assert facts_of(picture_of([3, 1])).keys() == {"Players", "Best", "Median", "Last"}


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ([5], "One player, with 5."),
        ([5, 5], "2 players, all with 5."),
        ([9, 5], "2 players, from 9 at the top to 5; half of them reached 9 or better."),
    ],
)
def test_the_picture_is_said_in_a_sentence(scores: list[int], said: str) -> None:
    assert picture_of(scores).says == said


def test_who_is_marked_is_said_too() -> None:
    assert picture_of([5, 5], own=5).says.endswith("Marked: Place 7, 5.")


@pytest.mark.parametrize(
    ("board", "value", "said"),
    [
        (None, 99_999, "99\u202f999"),
        (None, 100_000, "100\u00a0k"),
        (None, 1_500_000, "1.5\u00a0M"),
        (None, 123_456, "123\u202f456"),
        (BOARD, -500 * 10**12, "-500\u00a0T"),
        (BOARD, LIMIT, "1\u202f000\u00a0T"),
        (Board("b", "B", decimals=2), 12_50, "12.50"),
        (Board("b", "B", decimals=2), 12_00, "12"),
        (LAPS, 420_000, "7:00"),
        (LAPS, 420_500, "7:00.500"),
        (Board("b", "B", decimals=2, unit=Unit.METRES), 40_00, "40\u00a0m"),
    ],
)
def test_along_an_edge_numbers_are_short(board: Board | None, value: int, said: str) -> None:
    assert short(value, board) == said
