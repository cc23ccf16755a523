"""Submitting keeps the best, whatever comes twice, late, wrong or to the other region."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.errors import (
    BoardClosed,
    InvalidValue,
    PlayerBanned,
    SubmissionConflict,
)
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.records import Ownership
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.read import top
from leaderboard_app.usecases.submit import submit
from tests.worlds import BOARD, DUBLIN, NOW, OREGON, player, send, submission

ALL = View(BOARD, ALL_TIME)
PERIODS = {"all", "2026-11", "2026-W48", "2026-11-23"}


def scores(store: DynamoStore) -> list[int]:
    """Return the scores of the top page."""
    return [row.score(BOARD.order) for row in top(store, ALL, NOW).rows]


def test_an_accepted_score_is_on_the_board(store: DynamoStore) -> None:
    accepted = send(store, submission(10))
    assert not accepted.replayed
    assert accepted.improved == PERIODS
    assert scores(store) == [10]


def test_a_lower_score_is_accepted_and_changes_no_best(store: DynamoStore) -> None:
    send(store, submission(10))
    accepted = send(store, submission(5))
    assert accepted.improved == frozenset()
    assert scores(store) == [10]
    assert len(store.history(BOARD, player().player_id, 9, NOW)[1]) == 2


def test_a_score_of_yesterday_improves_todays_periods_only_where_it_falls(
    store: DynamoStore,
) -> None:
    """The 22nd of November is another day and week, and the same month."""
    accepted = send(store, submission(10, at=NOW - timedelta(days=1)))
    assert accepted.improved == {"all", "2026-11", "2026-W47", "2026-11-22"}


def test_the_same_submission_again_is_answered_alike(store: DynamoStore) -> None:
    """Invariant 3."""
    first = send(store, submission(10))
    again = send(store, submission(10))
    assert again == replace(first, replayed=True)
    assert len(store.history(BOARD, player().player_id, 9, NOW)[1]) == 1


def test_an_id_that_says_something_else_the_second_time_is_a_conflict(store: DynamoStore) -> None:
    """Neither dropped in silence nor taken for the first."""
    first = submission(10)
    send(store, first)
    for other in (
        replace(first, score=99),
        replace(first, player=replace(first.player, name="Eve")),
    ):
        with pytest.raises(SubmissionConflict):
            send(store, other)
    assert scores(store) == [10]


def test_both_regions_may_take_the_same_submission(store: DynamoStore) -> None:
    """Invariants 1 and 5: an entry each, of which one is ranked."""
    send(store, submission(10))
    assert send(store, submission(10, writer=DUBLIN)).replayed
    entries = [
        e for e in store.record(BOARD, player().player_id, NOW).entries if e.period == ALL_TIME
    ]
    assert sorted((entry.writer, entry.ranked) for entry in entries) == [
        (DUBLIN, False),
        (OREGON, True),
    ]
    assert scores(store) == [10]


def test_a_score_outside_of_the_boards_bounds_is_refused(store: DynamoStore) -> None:
    board = replace(BOARD, minimum=0, maximum=100)
    for score in (-1, 101):
        with pytest.raises(InvalidValue) as refusal:
            submit(store, board, submission(score), Ownership(OREGON, (OREGON,)), NOW)
        assert refusal.value.field == "score"
    assert scores(store) == []


def test_a_submission_from_long_ago_or_ahead_is_refused(store: DynamoStore) -> None:
    for at in (NOW - timedelta(days=8), NOW + timedelta(minutes=6)):
        with pytest.raises(InvalidValue):
            send(store, submission(10, at=at))
    assert scores(store) == []


def test_a_banned_player_is_refused_and_nothing_is_stored(store: DynamoStore) -> None:
    store.client.put_item(
        TableName=store.table_name,
        Item={"pk": {"S": "player#ada"}, "sk": {"S": "profile"}, "banned": {"BOOL": True}},
    )
    with pytest.raises(PlayerBanned):
        send(store, submission(10))
    assert store.history(BOARD, player().player_id, 9, NOW)[1] == ()


def test_a_closed_board_takes_nothing_but_what_it_took_before(store: DynamoStore) -> None:
    closed = replace(BOARD, is_open=False)
    send(store, submission(5))
    assert send(store, submission(5), closed).replayed
    with pytest.raises(BoardClosed):
        send(store, submission(6), closed)
    assert scores(store) == [5]
