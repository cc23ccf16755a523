"""The proof itself, in a process of its own: see `__main__.py`. Not collected with the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from moto import mock_aws

from tests.convergence.machine import Leaderboard, Regions

STEPS = int(os.environ.get("LEADERBOARD_PROOF_STEPS", "1000"))


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Answer all calls in this process, and never wait between tries."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    with mock_aws():
        yield


def test_every_step_keeps_every_invariant() -> None:
    while Regions.steps < STEPS:
        run_state_machine_as_test(
            Leaderboard,
            settings=settings(
                max_examples=50,
                stateful_step_count=50,
                deadline=None,
                # Under CI=true hypothesis would else draw the same examples every time.
                derandomize=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
    print(f"{Regions.steps} steps taken")  # noqa: T201 - what the caller counts.
