"""The proof for longer: `python -m tests.convergence --steps 100000`, with the seed printed."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from pathlib import Path

import pytest


def main() -> int:
    """Run the proof with a seed, printed so that the same run can be had again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    asked = parser.parse_args()
    os.environ["LEADERBOARD_PROOF_STEPS"] = str(asked.steps)
    print(f"{asked.steps} steps or more, seed {asked.seed}", flush=True)  # noqa: T201
    proof = Path(__file__).with_name("proof.py")
    test = f"{proof}::test_every_step_keeps_every_invariant"
    return pytest.main([test, f"--hypothesis-seed={asked.seed}", "-q", "-s"])


if __name__ == "__main__":
    sys.exit(main())
