"""Backends for the benchmarks' own tests, and a file of few rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import backends, standin
from benchmarks.__main__ import FILE
from benchmarks.backends import Backend
from benchmarks.runs import Task
from leaderboard_app.deployment import Deployment

NO_PROCESS = 0
"""Whose CPU time nobody knows."""


@pytest.fixture
def stand_in() -> Iterator[Backend]:
    """Yield a stand-in of this test's own."""
    with standin.running() as backend:
        yield backend


@pytest.fixture(params=["stand-in", pytest.param("MiniStack", marks=pytest.mark.ministack)])
def backend(request: pytest.FixtureRequest) -> Iterator[Backend]:
    """Yield each backend in turn."""
    if request.param == "stand-in":
        yield request.getfixturevalue("stand_in")
        return
    endpoint: str = request.getfixturevalue("ministack")
    with backends.asked_at(endpoint):
        yield Backend("MiniStack", endpoint, NO_PROCESS)


@pytest.fixture
def few_rows(tmp_path: Path) -> Task:
    """Return the task to import the example's first 16 rows: they fit into one transaction."""
    path = tmp_path / "few.csv"
    with FILE.open(encoding="utf-8") as rows:
        path.write_text("".join(islice(rows, 1 + 16)), encoding="utf-8")
    # The command that is timed looks at the clock by itself.
    return Task(path, Deployment.read(), datetime.now(UTC))


@pytest.fixture
def many_rows() -> Task:
    """Return the task to import the example."""
    return Task(FILE, Deployment.read(), datetime.now(UTC))
