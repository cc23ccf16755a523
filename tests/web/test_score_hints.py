"""What a form says of the scores that its board takes."""

from __future__ import annotations

import pytest

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.scores import LIMIT, Unit
from leaderboard_app.web.score_hints import bounds


@pytest.mark.parametrize(
    ("board", "said"),
    [
        (Board("b", "B"), "A whole number, for example 1234; 0 or more."),
        (Board("b", "B", minimum=-LIMIT), "A whole number, for example 1234."),
        (Board("b", "B", minimum=-5, maximum=5), "A whole number, for example -5; from -5 to 5."),
        (
            Board("b", "B", decimals=3, minimum=1000, maximum=2500),
            "A number with up to 3 decimals, for example 1.234; from 1.000 to 2.500.",
        ),
        (
            Board("b", "B", unit=Unit.TIME, decimals=1, maximum=60_0),
            "Minutes and seconds with up to 1 decimal, for example 0:00.0; from 0:00.0 to 1:00.0.",
        ),
        (
            Board("b", "B", unit=Unit.METRES, decimals=2),
            "Metres with up to 2 decimals, for example 12.34\u00a0m; 0.00\u00a0m or more.",
        ),
    ],
)
def test_a_board_says_which_scores_it_takes(board: Board, said: str) -> None:
    assert bounds(board) == said
