"""The import's benchmark runs, and finds out when an import loses or lowers something."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from benchmarks import contenders, importing, verify
from benchmarks.backends import Backend, table_on
from benchmarks.importing import BOARD, Effort
from benchmarks.runs import Outcome, Task, in_fresh_process
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.client import make_client
from tests.worlds import OREGON

CALLS = [
    # A transaction, the markers of the rankings that it changes, and little beside them.
    (contenders.ours, 1, 4),
    (contenders.one_put_a_row, 16, 16),
    # Each row, all time and its month: at noon of 23 November they are too old for a week or a day.
    (contenders.same_job_row_by_row, 16 * 3, 16 * 3),
]


@pytest.mark.slow
def test_an_import_is_compared_three_times(stand_in: Backend, few_rows: Task) -> None:
    results = list(importing.measure(stand_in, few_rows, Effort(rounds=1, ours=1, rows=2)))
    assert [result.name for result in results] == [
        "import-job-stand-in",
        "import-puts-stand-in",
        "import-puts-kept-stand-in",
    ]
    assert [result.target for result in results] == [80, 80, None]
    assert results[1].notes["rows"] == 16


@pytest.mark.slow
@pytest.mark.parametrize(("contender", "fewest", "most"), CALLS)
def test_every_side_makes_the_calls_that_it_is_said_to_make(
    stand_in: Backend,
    few_rows: Task,
    now: datetime,
    contender: Callable[[Task], Outcome],
    fewest: int,
    most: int,
) -> None:
    with table_on(stand_in) as deployment:
        task = replace(few_rows, deployment=deployment, now=now)
        outcome = in_fresh_process(contender, task)
    assert fewest <= outcome.calls <= most


@pytest.mark.slow
def test_higher_bests_are_kept(backend: Backend, few_rows: Task) -> None:
    with table_on(backend) as deployment:
        task, client = replace(few_rows, deployment=deployment), make_client(OREGON)
        bests = verify.higher_bests(task, BOARD)
        verify.preload(client, deployment.table, bests, BOARD)
        in_fresh_process(contenders.ours, task)
        verify.check(client, task, BOARD, bests)
    assert bests


def test_a_best_that_was_lowered_is_found_out(stand_in: Backend, few_rows: Task) -> None:
    with table_on(stand_in) as deployment:
        task, client = replace(few_rows, deployment=deployment), make_client(OREGON)
        load(task)
        verify.check(client, task, BOARD)
        with pytest.raises(RuntimeError, match="not the highest"):
            verify.check(client, task, BOARD, verify.higher_bests(task, BOARD))


def test_a_row_that_was_lost_is_found_out(stand_in: Backend, few_rows: Task) -> None:
    with table_on(stand_in) as deployment:
        task = replace(few_rows, deployment=deployment)
        load(task, leaving_out=1)
        with pytest.raises(RuntimeError, match="1 rows are missing"):
            verify.check(make_client(OREGON), task, BOARD)


def test_what_fails_in_a_process_of_its_own_is_said(few_rows: Task) -> None:
    with pytest.raises(RuntimeError, match="divide failed"):
        in_fresh_process(divide, few_rows)


def divide(_: Task) -> float:
    """Fail."""
    return 1 / 0


def load(task: Task, leaving_out: int = 0) -> None:
    """Load the rows of a task, but for the last few."""
    rows = list(contenders.submissions(task, BOARD))
    loader = BulkLoader(OREGON, task.deployment.table)
    assert list(loader.load(BOARD, rows[: len(rows) - leaving_out], task.now))
