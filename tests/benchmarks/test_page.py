"""The page's benchmark runs, on the real app."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import page
from benchmarks.backends import Backend, table_on
from benchmarks.replay import Replay
from benchmarks.runs import Task
from bootstrap.boards import BOARDS
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from tests.worlds import OREGON


@pytest.mark.slow
@pytest.mark.ministack
@pytest.mark.parametrize("backend", ["MiniStack"], indirect=True)
def test_the_page_is_compared_three_times(backend: Backend, many_rows: Task) -> None:
    results = list(page.measure(backend, many_rows, rounds=1))
    assert [result.name for result in results] == ["page", "page-client", "page-http"]
    assert [result.target for result in results] == [page.TARGET, None, None]
    assert all(len(result.ours.seconds) == page.EACH for result in results)


def test_an_answer_is_asked_for_once_and_then_replayed(stand_in: Backend) -> None:
    with table_on(stand_in) as deployment:
        asked, replayed = (DynamoStore(OREGON, deployment.table) for _ in range(2))
        Replay().answer_for(replayed.client)
        assert replayed.boards() == BOARDS
        another: Any = items.board_item(BOARDS[0]) | {"sk": {"S": "another"}}
        asked.client.put_item(TableName=deployment.table, Item=another)
        assert len(asked.boards()) == 2
        assert replayed.boards() == BOARDS
