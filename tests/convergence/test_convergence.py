"""The proof: 10,000 steps of anything keep every promise; the plain guard breaks one."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from moto import mock_aws

from tests.convergence.machine import Leaderboard, Naive, Regions

STEPS = int(os.environ.get("LEADERBOARD_PROOF_STEPS", "10000"))


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Answer all calls in this process, and never wait between tries."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    with mock_aws():
        yield


@pytest.mark.slow
def test_ten_thousand_steps_keep_every_invariant() -> None:
    Regions.steps = 0
    while Regions.steps < STEPS:
        run_state_machine_as_test(
            Leaderboard,
            settings=settings(
                max_examples=100,
                stateful_step_count=50,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert Regions.steps >= STEPS


@pytest.mark.slow
def test_the_plain_guard_loses_an_accepted_best() -> None:
    """The same machine on one entry a player and `if score > best`: the trace is in the docs."""
    with pytest.raises(AssertionError, match=r"invariant 4: .* though .* was accepted"):
        run_state_machine_as_test(
            Naive,
            settings=settings(
                max_examples=500,
                stateful_step_count=20,
                deadline=None,
                derandomize=True,
                suppress_health_check=list(HealthCheck),
                phases=(Phase.generate, Phase.shrink),
            ),
        )
