"""The proof: 10,000 steps of anything keep every promise; the plain guard breaks one."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from moto import mock_aws

from tests.convergence.machine import Naive

CHECKOUT = Path(__file__).resolve().parent.parent.parent
STEPS, PROCESSES = 10_000, 2


@pytest.fixture
def _offline(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Answer all calls in this process, and never wait between tries."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
    with mock_aws():
        yield


@pytest.mark.slow
def test_ten_thousand_steps_keep_every_invariant() -> None:
    """In two processes, as one keeps one core busy for minutes; each prints its seed."""
    command = [sys.executable, "-m", "tests.convergence", "--steps", str(STEPS // PROCESSES)]
    runs = [
        subprocess.Popen(
            command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(PROCESSES)
    ]
    said = [run.communicate()[0] for run in runs]
    assert [run.returncode for run in runs] == [0] * PROCESSES, "\n".join(said)
    taken = [int(number) for number in re.findall(r"(\d+) steps taken", "".join(said))]
    assert len(taken) == PROCESSES
    assert sum(taken) >= STEPS


@pytest.mark.slow
@pytest.mark.usefixtures("_offline")
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
