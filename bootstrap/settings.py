"""The deployment that commands work on: that of `zappa_settings.json`, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable

from bootstrap.exits import Problem
from leaderboard_app.deployment import Deployment, InvalidDeployment

Reader = Callable[[], Deployment]
"""Reads the deployment; what click hands to each command."""


def deployment(read: Reader) -> Deployment:
    """Return the deployment.

    Raises:
        Problem: its file can't be read or breaks a rule.
    """
    try:
        return read()
    except (InvalidDeployment, OSError) as cause:
        raise Problem(f"zappa_settings.json: {cause}") from cause
