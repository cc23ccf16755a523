"""Where the stacks stand: a worldwide one, and one in each stage's region."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bootstrap.exits import Problem
from bootstrap.stacks import worldwide
from leaderboard_app.deployment import Deployment, Stage


@dataclass(frozen=True, slots=True)
class Place:
    """A stack's name and region.

    Attributes:
        name: of the stack.
        region: where it stands.
        stage: whose it is; None for the worldwide one.
    """

    name: str
    region: str
    stage: Stage | None = None

    def __str__(self) -> str:
        """Return it for people."""
        return f"{self.name} in {self.region}"


def at_large(deployment: Deployment) -> Place:
    """Return the place of the worldwide stack. A stack's name has to begin with a letter."""
    return Place(f"leaderboard-{deployment.prefix}", worldwide.REGION)


def of_stages(deployment: Deployment) -> tuple[Place, ...]:
    """Return the places of the regions' stacks."""
    return tuple(
        Place(f"leaderboard-{zappa_name(deployment, stage)}", stage.region, stage)
        for stage in deployment.stages
    )


def of_all(deployment: Deployment) -> tuple[Place, ...]:
    """Return all places, in the order in which their stacks are made."""
    return (at_large(deployment), *of_stages(deployment))


def to_remove(deployment: Deployment, named: tuple[str, ...]) -> tuple[Place, ...]:
    """Return the places of the named stages, or all places, in the order of removal.

    Raises:
        Problem: a name is no stage's.
    """
    stages = {place.stage.name: place for place in of_stages(deployment) if place.stage}
    for name in named:
        if name not in stages:
            raise Problem(f"There is no stage {name!r}: the stages are {', '.join(stages)}.")
    if named:
        return tuple(stages[name] for name in dict.fromkeys(named))
    return (*stages.values(), at_large(deployment))


def zappa_name(deployment: Deployment, stage: Stage) -> str:
    """Return what Zappa calls a stage's function and its API."""
    return re.sub(r"[^a-z0-9]+", "-", f"{deployment.prefix}-{stage.name}".lower()).strip("-")
