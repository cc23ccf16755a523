from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.boards import Board, Operator, Order
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.scores import LIMIT
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.web.pictures.progress import (
    FLOOR,
    TOP,
    ProgressPicture,
    progress_picture,
)
from tests.worlds import NOW, submission

BOARD = Board("global", "Global", minimum=-LIMIT)
LOWER = replace(BOARD, order=Order.LOWER)


def history_of(scores: list[int]) -> list[Submission]:
    """Return a day's submission for each score, newest first."""
    days = [timedelta(days=each) for each in range(len(scores))]
    sent = [submission(score, at=NOW + day) for score, day in zip(scores, days, strict=True)]
    return sent[::-1]


def picture_of(
    scores: list[int], board: Board = BOARD, best: Entry | None = None
) -> ProgressPicture:
    picture = progress_picture(board, history_of(scores), best)
    assert picture is not None
    return picture


def levels(picture: ProgressPicture) -> list[int]:
    """Return how high each level stretch of the line lies, left to right."""
    return [step.y1 for step in picture.steps if step.y1 == step.y2]


def test_one_score_is_no_progress() -> None:
    assert progress_picture(BOARD, history_of([5]), None) is None
    assert progress_picture(BOARD, [], None) is None


@given(
    st.lists(st.integers(-LIMIT, LIMIT), min_size=2, max_size=25),
    st.sampled_from([BOARD, LOWER]),
)
def test_all_that_is_drawn_lies_within_the_picture(scores: list[int], board: Board) -> None:
    picture = picture_of(scores, board)
    assert len(picture.points) == len(scores)
    for point in picture.points:
        assert 0 <= float(point.x.removesuffix("%")) <= 100
        assert TOP <= point.y <= FLOOR
    # Up is a smaller y: what counts never falls.
    assert levels(picture) == sorted(levels(picture), reverse=True)


def test_the_line_rises_with_each_better_score_and_with_no_other() -> None:
    picture = picture_of([10, 5, 30, 20])
    by_score = dict(zip((10, 5, 30, 20), (point.y for point in picture.points), strict=True))
    assert levels(picture) == [by_score[10], by_score[10], by_score[30]]
    assert by_score[30] == TOP
    assert by_score[5] == FLOOR


def test_where_lower_is_better_the_lowest_is_on_top() -> None:
    picture = picture_of([10, 5, 30], LOWER)
    assert picture.points[1].y == TOP
    assert picture.points[2].y == FLOOR


def test_where_the_first_score_counts_the_line_stays_level() -> None:
    first = replace(BOARD, operator=Operator.FIRST)
    assert len(set(levels(picture_of([10, 20, 30], first)))) == 1


def test_a_best_that_is_older_than_the_history_counted_before() -> None:
    before = submission(99, at=NOW - timedelta(days=400))
    picture = picture_of([10, 20], best=Entry.of(before, BOARD, ALL_TIME))
    assert set(levels(picture)) == {TOP}
    assert "from 99 to 99" in picture.says


def test_scores_that_are_all_equal_lie_in_the_middle() -> None:
    assert {point.y for point in picture_of([7, 7, 7]).points} == {(TOP + FLOOR) // 2}


def test_the_submission_that_counts_is_marked() -> None:
    history = history_of([10, 30, 20])
    best = Entry.of(history[1], BOARD, ALL_TIME)
    picture = progress_picture(BOARD, history, best)
    assert picture is not None
    assert [point.is_best for point in picture.points] == [False, True, False]


def test_scores_of_one_moment_stand_above_each_other() -> None:
    history = [submission(each, at=NOW) for each in (1, 2)]
    picture = progress_picture(BOARD, history, None)
    assert picture is not None
    assert {point.x for point in picture.points} == {"50%"}
    assert [label.text for label in picture.labels] == ["23 Nov 2026, 12:00"]


def test_the_first_and_the_last_time_are_named_as_briefly_as_they_can_be() -> None:
    assert [label.text for label in picture_of([1, 2]).labels] == ["23 Nov, 12:00", "24 Nov, 12:00"]
    years = [submission(1, at=NOW), submission(2, at=NOW + timedelta(days=300))]
    picture = progress_picture(BOARD, years, None)
    assert picture is not None
    assert [label.text for label in picture.labels] == ["23 Nov 2026", "19 Sep 2027"]
