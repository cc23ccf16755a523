"""The proof: 10,000 steps of anything keep every promise; the plain guard breaks one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PROOF = Path(__file__).with_name("proof.py")
STEPS = 10_000

pytestmark = pytest.mark.slow


def said_by(*arguments: str) -> str:
    """Return what a Python prints that has to end well."""
    command = [sys.executable, *arguments]
    run = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.mark.parametrize("half", ["one half", "the other half"])
def test_ten_thousand_steps_keep_every_invariant(half: str) -> None:
    """Two halves, so that two cores can take one each; each prints its seed."""
    said = said_by("-m", "tests.convergence", "--steps", str(STEPS // 2))

    taken = re.search(r"^(\d+) steps taken", said, re.MULTILINE)
    assert taken, half
    assert int(taken[1]) >= STEPS // 2


def test_the_plain_guard_loses_an_accepted_best() -> None:
    test = f"{PROOF}::test_the_plain_guard_loses_an_accepted_best"
    assert "1 passed" in said_by("-m", "pytest", test)
