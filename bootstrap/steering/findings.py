"""What is not as it should be, each with its cure, out of what every region shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bootstrap.boards import BOARDS
from bootstrap.exits import Problem
from bootstrap.table.plan import Action, States, Step, home_of, plan
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.regions import Freshness, RegionState

APPLY = "Run python -m bootstrap apply."


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: what, and what to do about it."""

    what: str
    cure: str


MISSING = {
    Action.WAIT: "the table, an index or a replica is still being made",
    Action.CREATE_TABLE: "the table {} is missing",
    Action.ENABLE_STREAM: "the stream is off",
    Action.CREATE_INDEX: "the index {} is missing",
    Action.ENABLE_TTL: "expiry (TTL) is off",
    Action.ENABLE_RECOVERY: "point-in-time recovery is off",
    Action.PROTECT: "deletion protection is off",
    Action.ADD_REPLICA: "the replica in {} is missing",
    Action.ADD_BOARD: "the board {} is missing",
}


def of_table(
    deployment: Deployment, states: States, boards: Iterable[str] | None
) -> Iterator[Finding]:
    """Yield what `apply` would make, or why it can't.

    Args:
        deployment: the regions and the table's name.
        states: what each of its regions has.
        boards: the ids of the boards that are there; None where they can't be read.
    """
    wanted = [board.board_id for board in BOARDS]
    try:
        steps = plan(deployment, states, wanted, wanted if boards is None else list(boards))
    except Problem as problem:
        what, _, cure = problem.message.partition(": ")
        yield Finding(what, cure or APPLY)
        return
    home = home_of(deployment, states)
    yield from (_of_step(step) for step in steps if states[home] or _is_table(step))


def of_heartbeats(
    deployment: Deployment, seen: Iterable[RegionState], now: datetime
) -> Iterator[Finding]:
    """Yield the regions that were not heard from lately."""
    stages = {stage.region: stage.name for stage in deployment.stages}
    for state in seen:
        if state.freshness(now) is not Freshness.FRESH:
            yield Finding(
                f"{state.region}: {heard(state, now)}",
                f"See whether the stage {stages[state.region]} runs and has its schedule: "
                f"zappa status {stages[state.region]}, zappa schedule {stages[state.region]}.",
            )


def of_draining(seen: Iterable[RegionState]) -> Iterator[Finding]:
    """Yield the regions that are draining."""
    for state in seen:
        if state.draining:
            yield Finding(
                f"{state.region}: is draining since {state.draining.since:%Y-%m-%d %H:%M} UTC "
                f"({state.draining.by}: {state.draining.why})",
                f"When it may take traffic again: python -m bootstrap readmit {state.region}.",
            )


def heard(state: RegionState, now: datetime) -> str:
    """Return the age of a region's heartbeat in words."""
    age = state.age(now)
    if age is None:
        return "never heard from"
    return f"last heard from {age.total_seconds():.0f} s ago"


def of_problems(problems: Mapping[str, Problem]) -> Iterator[Finding]:
    """Yield what was said of regions that can't be looked at."""
    for problem in problems.values():
        what, _, cure = problem.message.rpartition(". ")
        yield Finding(what or problem.message, cure or "Run this again in a while.")


def _of_step(step: Step) -> Finding:
    what = f"{step.region}: {MISSING[step.action].format(step.subject)}"
    return Finding(what, APPLY)


def _is_table(step: Step) -> bool:
    # Without any table, all else is missing, too: once is enough.
    return step.action is Action.CREATE_TABLE
