"""The proof itself and its counterpart, each in a process of its own. Not collected with the tests.

In theirs, another test's moto would answer the same calls.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from leaderboard_app.domain.boards import Operator
from tests.convergence.machine import Leaderboard, Naive, Regions

STEPS = int(os.environ.get("LEADERBOARD_PROOF_STEPS", "1000"))


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
    worlds = [f"{count} worlds of {operator}" for operator, count in Leaderboard.worlds.items()]
    print(f"{Regions.steps} steps taken, {', '.join(worlds)}")  # noqa: T201 - for the caller.
    assert all(Leaderboard.worlds[operator] for operator in Operator)


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
