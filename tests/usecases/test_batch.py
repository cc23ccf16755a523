"""A batch does what its submissions would do one by one, in two round trips for all of them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from botocore.exceptions import EndpointConnectionError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws

from bootstrap.table import shape
from leaderboard_app.domain.boards import Board, Operator
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.errors import (
    BoardClosed,
    InvalidValue,
    PlayerBanned,
    SubmissionConflict,
)
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import Player
from leaderboard_app.domain.rankings import Direction, View
from leaderboard_app.domain.records import Ownership, Profile
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway.client import MAX_CONNECTIONS
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.batch import MOST_AT_ONCE, Outcome, submit_all
from leaderboard_app.usecases.ports import StoreUnavailable
from leaderboard_app.usecases.submit import Accepted
from tests.web.memory_store import MemoryStore
from tests.worlds import BOARD, DUBLIN, NOW, OREGON, REGIONS, player, send, submission

T = TypeVar("T")

HERE = Ownership(OREGON, REGIONS)
MOST_STEPS = 10
_numbers = itertools.count()
FIRST = replace(BOARD, operator=Operator.FIRST)


class Steps:
    """Makes calls one after the other, and counts the steps in which threads would make them."""

    def __init__(self) -> None:
        self.taken = 0

    def at_once(self, calls: Sequence[Callable[[], T]]) -> list[T]:
        self.taken += -(-len(calls) // MAX_CONNECTIONS)
        return [call() for call in calls]


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
def store(steps: Steps) -> Iterator[DynamoStore]:
    with mock_aws():
        # Where another test holds on to moto, its tables stay.
        table = f"batches{next(_numbers)}-leaderboard"
        store = DynamoStore(OREGON, table, fanout=steps)
        store.client.create_table(**shape.table(table))
        yield store


def batch(store: Any, *many: Submission, board: Board = BOARD) -> list[Outcome]:  # noqa: ANN401
    return submit_all(store, board, many, HERE, NOW)


def kinds(outcomes: list[Outcome]) -> list[object]:
    """Return what became of each, in a word: whether it is replayed, or what it was refused for."""
    return [one.replayed if isinstance(one, Accepted) else type(one) for one in outcomes]


def test_a_batch_of_a_hundred_new_players_takes_ten_steps_at_most(
    store: DynamoStore, steps: Steps
) -> None:
    """The most there can be: each with five items, and outdoing an entry of the other region."""
    many = [submission(number, f"p{number}") for number in range(MOST_AT_ONCE)]
    outdone = [replace(each, score=0, writer=DUBLIN) for each in many[1:]]
    for one in outdone:
        other = replace(submission(0, one.player.name, seed=1), writer=DUBLIN)
        send(store, other)
    steps.taken = 0
    assert kinds(batch(store, *many)) == [False] * MOST_AT_ONCE
    assert steps.taken <= MOST_STEPS
    rows = store.rows(View(BOARD, ALL_TIME), None, Direction.NEXT, 200, NOW)
    assert [row.score(BOARD.order) for row in rows] == list(reversed(range(MOST_AT_ONCE)))


def test_a_batch_of_a_hundred_of_one_player_takes_as_few(store: DynamoStore, steps: Steps) -> None:
    many = [submission(score, seed=score) for score in range(MOST_AT_ONCE)]
    random.Random(1).shuffle(many)  # noqa: S311
    assert kinds(batch(store, *many)) == [False] * MOST_AT_ONCE
    assert steps.taken <= MOST_STEPS
    record, history = store.history(BOARD, player().player_id, 200, NOW)
    assert record.bests()["all"].score == MOST_AT_ONCE - 1
    assert len(record.entries) == 4
    assert set(history) == set(many)


def test_a_batch_sent_again_is_replayed_and_only_reads(store: DynamoStore, steps: Steps) -> None:
    many = [
        replace(submission(number), player=Player.named(f"P{number % 3}", Country("FI")))
        for number in range(9)
    ]
    first = batch(store, *many)
    steps.taken = 0
    again = batch(store, *many)
    assert kinds(again) == [True] * 9
    assert steps.taken == 1
    shown = [one.submission for one in first if isinstance(one, Accepted)]
    assert [one.submission for one in again if isinstance(one, Accepted)] == shown


def test_each_submission_has_an_outcome_of_its_own(store: DynamoStore) -> None:
    ban = Act("act-1", "ann", "cheats", NOW)
    store.moderation.set_profile(player("eve").player_id, Profile(banned=True), ban, REGIONS)
    taken = submission(1, "ada")
    send(store, taken)
    outcomes = batch(
        store,
        submission(5, "ada"),
        taken,
        replace(taken, score=2),
        submission(5, "eve"),
        submission(-1, "bo"),
        submission(5, "cy", at=NOW - timedelta(days=8)),
        submission(7, "bo"),
    )
    assert kinds(outcomes) == [
        *(False, True, SubmissionConflict, PlayerBanned, InvalidValue, InvalidValue, False),
    ]


def test_one_id_twice_in_a_batch_is_one_submission(store: DynamoStore) -> None:
    one = submission(10)
    assert kinds(batch(store, one, one, replace(one, score=11))) == [
        *(False, True, SubmissionConflict),
    ]


def test_a_closed_board_takes_back_what_it_took(store: DynamoStore) -> None:
    closed, one = replace(BOARD, is_open=False), submission(10)
    send(store, one)
    assert kinds(batch(store, one, submission(11), board=closed)) == [True, BoardClosed]


def test_what_improves_says_in_which_periods(store: DynamoStore) -> None:
    better, worse = submission(10), submission(5, at=NOW - timedelta(days=1))
    first, second = batch(store, better, worse)
    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)
    assert first.improved == {"all", "2026-11", "2026-W48", "2026-11-23"}
    assert second.improved == {"2026-W47", "2026-11-22"}


def test_where_one_players_writes_fail_the_others_are_stored() -> None:
    store = MemoryStore([BOARD])
    store.batches.refuses = player("bo").player_id
    one, two, three = submission(1, "ada"), submission(2, "bo"), submission(3, "cy")
    assert kinds(batch(store, one, two, three)) == [False, StoreUnavailable, False]
    store.batches.refuses = None
    assert kinds(batch(store, one, two, three)) == [True, False, True]


def test_what_the_table_does_not_take_is_an_outcome(store: DynamoStore) -> None:
    def away(request: Any, **_: object) -> None:  # noqa: ANN401 - botocore's.
        if b"player#bo" in request.data:
            raise EndpointConnectionError(endpoint_url=request.url)

    # Raised there, it is not tried again.
    event = "request-created.dynamodb.PutItem"
    store.client.meta.events.register_first(event, away)
    outcomes = batch(store, submission(1, "ada"), submission(2, "bo"))
    store.client.meta.events.unregister(event, away)
    assert kinds(outcomes) == [False, StoreUnavailable]
    assert kinds(batch(store, submission(1, "ada"), submission(2, "bo"))) == [True, False]


def test_what_stops_the_writing_is_raised_and_nothing_is_stored(store: DynamoStore) -> None:
    def stop() -> None:
        raise StoreUnavailable("too much")

    with pytest.raises(StoreUnavailable):
        submit_all(store, BOARD, [submission(1)], HERE, NOW, stop)
    assert store.history(BOARD, player().player_id, 9, NOW)[1] == ()


def test_nothing_is_nothing(store: DynamoStore, steps: Steps) -> None:
    assert batch(store) == []
    assert steps.taken == 0


@given(
    sent=st.lists(
        st.tuples(
            st.sampled_from(["ada", "bo"]),
            st.integers(0, 5),
            st.integers(0, 2),
            st.sampled_from([timedelta(), timedelta(days=1), timedelta(days=6)]),
        ),
        max_size=12,
    ),
    cut=st.integers(0, 12),
    board=st.sampled_from([BOARD, FIRST]),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_batch_ends_as_its_submissions_would_one_by_one(
    sent: list[tuple[str, int, int, timedelta]], cut: int, board: Board
) -> None:
    many = [submission(score, name, seed=seed, at=NOW - ago) for name, score, seed, ago in sent]
    alone, together = MemoryStore([board]), MemoryStore([board])
    expected = [send(alone, one, board) for one in many]
    outcomes = [
        *batch(together, *many[:cut], board=board),
        *batch(together, *many[cut:], board=board),
    ]
    assert outcomes == expected
    for name in ("ada", "bo"):
        who = player(name).player_id
        assert together.history(board, who, 99, NOW) == alone.history(board, who, 99, NOW)
