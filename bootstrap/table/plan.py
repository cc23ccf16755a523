"""The steps from what is there to what should be: a plan, made without touching anything."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from bootstrap.table import refusals
from bootstrap.table.shape import INDEX_KEYS
from bootstrap.table.state import TableState
from leaderboard_app.deployment import Deployment
from leaderboard_app.gateway.schema import TTL_ATTRIBUTE


class Action(Enum):
    """What a step does; its value says so for people, `{}` being the step's subject."""

    WAIT = "wait until DynamoDB is done with the changes under way"
    CREATE_TABLE = "create the table {}: on demand, 2 indexes, a stream, deletion protection"
    ENABLE_STREAM = "turn on the stream, which replicas need"
    CREATE_INDEX = "create the index {}"
    ENABLE_TTL = "let items expire at {}"
    ENABLE_RECOVERY = "turn on point-in-time recovery"
    PROTECT = "turn on deletion protection"
    ADD_REPLICA = "add the replica in {}"
    ADD_BOARD = "add the board {}"


@dataclass(frozen=True, slots=True)
class Step:
    """One change, in one region."""

    action: Action
    region: str
    subject: str = ""

    def __str__(self) -> str:
        """Return it for people, in one line."""
        return f"{self.region}: {self.action.value.format(self.subject)}"


States = Mapping[str, TableState | None]
"""The table by region; None where a region has none."""


def home_of(deployment: Deployment, states: States) -> str:
    """Return the region that the others are replicas of: the first that has the table."""
    there = (region for region in deployment.regions if states[region])
    return next(there, deployment.regions[0])


def plan(
    deployment: Deployment, states: States, wanted: Collection[str], found: Collection[str]
) -> tuple[Step, ...]:
    """Return the steps that are left to do, in order; nothing where everything is in place.

    Args:
        deployment: the regions and the table's name.
        states: what each of its regions has.
        wanted: the ids of the boards that should be there.
        found: the ids of those that are.

    Raises:
        Problem: something is there that no step can mend.
    """
    home = home_of(deployment, states)
    refusals.check(deployment, states, home)
    unsettled = [r for r in deployment.regions if (s := states[r]) and not s.settled]
    steps = [Step(Action.WAIT, region) for region in unsettled]
    steps += _home(deployment, home, states[home])
    for region in deployment.regions:
        if region != home:
            steps += _replica(home, region, states)
    steps += [Step(Action.ADD_BOARD, home, board) for board in wanted if board not in found]
    return tuple(steps)


def _home(deployment: Deployment, region: str, state: TableState | None) -> Iterator[Step]:
    if state is None:
        yield Step(Action.CREATE_TABLE, region, deployment.table)
    else:
        if state.stream is None:
            yield Step(Action.ENABLE_STREAM, region)
        for index in INDEX_KEYS:
            if index not in state.indexes:
                yield Step(Action.CREATE_INDEX, region, index)
    yield from _safeguards(region, state)


def _replica(home: str, region: str, states: States) -> Iterator[Step]:
    at_home, state = states[home], states[region]
    if at_home is None or region not in at_home.replicas:
        yield Step(Action.ADD_REPLICA, home, region)
        # DynamoDB copies the expiry to a replica that it makes, but none of the safeguards.
        yield Step(Action.ENABLE_RECOVERY, region)
        yield Step(Action.PROTECT, region)
    elif state is not None:
        yield from _safeguards(region, state)


def _safeguards(region: str, state: TableState | None) -> Iterator[Step]:
    """Yield what to turn on in a region; a table that is None will be made protected."""
    if state is None or state.ttl is None:
        yield Step(Action.ENABLE_TTL, region, TTL_ATTRIBUTE)
    if state is None or not state.recoverable:
        yield Step(Action.ENABLE_RECOVERY, region)
    if state is not None and not state.protected:
        yield Step(Action.PROTECT, region)
