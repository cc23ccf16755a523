"""`destroy`: takes the table and the secret down in every region; replicas first."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, assert_never

from botocore.exceptions import ClientError

from bootstrap import aws
from bootstrap.aws import explaining
from bootstrap.exits import Problem, Unavailable
from bootstrap.secret import plan as secret_plan
from bootstrap.secret.parameters import Vault
from bootstrap.secret.run import Keeper
from bootstrap.steering.survey import foreign, is_foreign
from bootstrap.table.state import TableState, look
from leaderboard_app.deployment import Deployment
from leaderboard_app.gateway.errors import code_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PATIENCE_SECONDS = 30 * 60.0
DELETING = "DELETING"

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 15.0

Say = Callable[[str], None]


class What(Enum):
    """What a step does; its value says so for people, `{}` being the step's subject."""

    UNPROTECT = "turn off deletion protection"
    REMOVE_REPLICA = "delete the replica in {}, with all its items"
    DELETE_TABLE = "delete the table {}, with all its items"


@dataclass(frozen=True, slots=True)
class Step:
    """One change, in one region."""

    what: What
    region: str
    subject: str = ""

    def __str__(self) -> str:
        """Return it for people, in one line."""
        return f"{self.region}: {self.what.value.format(self.subject)}"


@dataclass(frozen=True, slots=True)
class Demolition:
    """What there is to delete.

    Attributes:
        table: steps for the table, in order.
        secret: steps for the secret, which come after them.
    """

    table: tuple[Step, ...]
    secret: tuple[secret_plan.Step, ...]

    def __iter__(self) -> Iterator[Step | secret_plan.Step]:
        """Yield all steps, in order."""
        yield from self.table
        yield from self.secret


def plan(deployment: Deployment, states: Mapping[str, TableState | None]) -> tuple[Step, ...]:
    """Return the steps that leave no table; nothing where there is none.

    Raises:
        Problem: a table is another project's, or has a replica that the settings don't name.
    """
    there = {region: state for region, state in states.items() if state}
    for region, state in there.items():
        _check(deployment, region, state)
    steps = [Step(What.UNPROTECT, region) for region, s in there.items() if s.protected]
    home = next(iter(there), "")
    joined = there[home].replicas if there else {}
    steps += [Step(What.REMOVE_REPLICA, home, region) for region in joined]
    alone = [region for region in there if region != home and region not in joined]
    steps += [Step(What.DELETE_TABLE, region, deployment.table) for region in alone]
    if there:
        steps.append(Step(What.DELETE_TABLE, home, deployment.table))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Destroyer:
    """Deletes a deployment's table and secret.

    Attributes:
        deployment: the regions and the names.
        say: tells the operator a line.
        clients: of DynamoDB, by region.
        vault: the secret's parameters.
        pause: waits that many seconds.
    """

    deployment: Deployment
    say: Say
    clients: Mapping[str, DynamoDBClient]
    vault: Vault
    pause: Callable[[float], None] = time.sleep

    @classmethod
    def of(cls, deployment: Deployment, say: Say) -> Destroyer:
        """Return one for a deployment, on the AWS that the environment names.

        Raises:
            Problem: the environment names an address or a profile that can't be used.
        """
        return cls(deployment, say, aws.dynamodb(deployment.regions), Vault.of(deployment))

    def look(self) -> Demolition:
        """Return what there is to delete.

        Raises:
            Problem: it can't be looked at, or is not ours.
        """
        states = {}
        for region, client in self.clients.items():
            with explaining(f"Could not look at table {self.deployment.table} in {region}"):
                states[region] = look(client, self.deployment.table)
        secret = tuple(secret_plan.forgetting(self.vault.look()))
        return Demolition(plan(self.deployment, states), secret)

    def run(self, demolition: Demolition) -> None:
        """Delete it.

        Raises:
            Problem: AWS refused a step, can't be reached, or is not done after half an hour; what
                is gone is gone, and the next run goes on from there.
        """
        for step in demolition.table:
            self.say(str(step))
            with explaining(f"Could not do this in {step}"):
                self._perform(step)
        Keeper(self.vault, self.say).perform(demolition.secret)

    def _perform(self, step: Step) -> None:
        table, client = self.deployment.table, self.clients[step.region]
        # What an earlier run asked for may still be under way.
        self._wait(step, lambda: _is_quiet(client, table))
        match step.what:
            case What.UNPROTECT:
                client.update_table(TableName=table, DeletionProtectionEnabled=False)
                self._wait(step, lambda: _is_quiet(client, table))
            case What.REMOVE_REPLICA:
                self._remove_replica(step, client)
            case What.DELETE_TABLE:
                _delete(client, table)
                self._wait(step, lambda: look(client, table) is None)
            case _:
                assert_never(step.what)

    def _remove_replica(self, step: Step, client: DynamoDBClient) -> None:
        table = self.deployment.table
        state = look(client, table)
        if state and step.subject in state.replicas:
            client.update_table(
                TableName=table, ReplicaUpdates=[{"Delete": {"RegionName": step.subject}}]
            )
        self._wait(step, lambda: self._is_alone(client, step.subject))

    def _is_alone(self, client: DynamoDBClient, replica: str) -> bool:
        state = look(client, self.deployment.table)
        listed = state is not None and replica in state.replicas
        return not listed and look(self.clients[replica], self.deployment.table) is None

    def _wait(self, step: Step, holds: Callable[[], bool]) -> None:
        waited, pause = 0.0, _FIRST_PAUSE_SECONDS
        while not holds():
            if waited > PATIENCE_SECONDS:
                raise Unavailable(
                    f"DynamoDB was not done after {PATIENCE_SECONDS / 60:.0f} minutes with this "
                    f"in {step}. Run destroy again later: it goes on from there."
                )
            self.pause(pause)
            waited, pause = waited + pause, min(pause * 1.5, _LONGEST_PAUSE_SECONDS)


def _check(deployment: Deployment, region: str, state: TableState) -> None:
    if is_foreign(state):
        raise Problem(foreign(deployment, region))
    unknown = sorted(set(state.replicas) - set(deployment.regions))
    if unknown:
        raise Problem(
            f"Table {deployment.table} in {region} has a replica in {', '.join(unknown)}, where no "
            "stage runs. Delete that replica first, or add its stage to zappa_settings.json."
        )


def _is_quiet(client: DynamoDBClient, table: str) -> bool:
    """Say whether nothing is under way; a table that is being deleted takes no other step."""
    state = look(client, table)
    return state is None or state.status == DELETING or state.settled


def _delete(client: DynamoDBClient, table: str) -> None:
    state = look(client, table)
    if state is None or state.status == DELETING:
        return
    try:
        client.delete_table(TableName=table)
    except ClientError as cause:
        # Somebody else's run may have been quicker.
        if code_of(cause) != "ResourceNotFoundException":
            raise
