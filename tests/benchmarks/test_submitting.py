"""The API's benchmark runs, on the real app."""

from __future__ import annotations

import pytest

from benchmarks import submitting
from benchmarks.backends import Backend, table_on
from benchmarks.submitting import Contest
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.gateway.store import DynamoStore
from tests.worlds import NOW

pytestmark = [pytest.mark.slow, pytest.mark.ministack]


@pytest.mark.parametrize("backend", ["MiniStack"], indirect=True)
def test_the_api_is_compared_twice(backend: Backend) -> None:
    results = list(submitting.measure(backend, rounds=1))
    assert [result.name for result in results] == ["submit", "submit-http"]
    assert all(result.target == submitting.TARGET for result in results)
    assert all(len(result.ours.seconds) == submitting.EACH for result in results)


@pytest.mark.parametrize("backend", ["MiniStack"], indirect=True)
def test_both_sides_store_the_same(backend: Backend) -> None:
    with table_on(backend) as deployment:
        contest = Contest(deployment, answered_at_once=False)
        contest.by_api()
        contest.by_gateway()
        store = DynamoStore(deployment.regions[0], deployment.table)
        stored = [
            store.history(submitting.BOARD, PlayerId(f"p{number}"), 9, NOW) for number in (1, 2)
        ]
    for number, (record, history) in enumerate(stored, 1):
        assert [one.score for one in history] == [number]
        assert record.bests()["all"].score == number
