"""`apply`: makes what is missing of the table, its replicas, safeguards and boards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bootstrap import aws
from bootstrap.boards import BOARDS
from bootstrap.exits import Problem
from bootstrap.table import refusals
from bootstrap.table.perform import Performer
from bootstrap.table.plan import States, Step, home_of, plan
from bootstrap.table.state import CREATING, look
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.boards import Board
from leaderboard_app.gateway import schema

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PASSES = 3
"""What DynamoDB gives a replica is known only once it is there: plan, do, and look again."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Apply:
    """One run of `apply`.

    Attributes:
        deployment: the regions and the table's name.
        say: tells the operator a line.
        clients: of DynamoDB, by region.
        boards: those that should be there.
    """

    deployment: Deployment
    say: Say
    clients: Mapping[str, DynamoDBClient]
    boards: Sequence[Board] = BOARDS

    @classmethod
    def to(cls, deployment: Deployment, say: Say) -> Apply:
        """Return a run for a deployment, on the AWS that the environment names.

        Raises:
            Problem: the environment names an address or a profile that can't be used.
        """
        return cls(deployment, say, aws.dynamodb(deployment.regions))

    def rehearse(self) -> tuple[Step, ...]:
        """Say what `run` would do, change nothing, and return it.

        Raises:
            Problem: what is there can't be looked at, or can't be mended.
        """
        steps = self._missing()
        self._say_plan(steps)
        return steps

    def run(self) -> tuple[Step, ...]:
        """Do what is missing, and return it: nothing where everything is in place.

        Raises:
            Problem: what is there can't be looked at or can't be mended, or a step failed; those
                before it are done.
        """
        steps = self._missing()
        self._say_plan(steps)
        done: list[Step] = []
        for _ in range(PASSES):
            if not steps:
                break
            done += self._perform(steps)
            steps = self._missing()
        if steps:
            raise Problem(f"Done, and still missing in {steps[0]}. Run apply again.")
        if done:
            self.say("Done.")
        return tuple(done)

    def _perform(self, steps: Sequence[Step]) -> Sequence[Step]:
        boards = {board.board_id: board for board in self.boards}
        performer = Performer(self.clients, self.deployment.table, boards)
        for number, step in enumerate(steps, 1):
            self.say(f"[{number}/{len(steps)}] {step}")
            performer.perform(step)
        return steps

    def _missing(self) -> tuple[Step, ...]:
        """Look at every region and return what is left to do."""
        states = self._states()
        home = home_of(self.deployment, states)
        # A table of another shape can't even be asked for its boards.
        refusals.check(self.deployment, states, home)
        at_home = states[home]
        readable = at_home is not None and at_home.status != CREATING
        found = self._boards_in(home) if readable else frozenset()
        return plan(self.deployment, states, [board.board_id for board in self.boards], found)

    def _states(self) -> States:
        table = self.deployment.table
        states = {}
        for region, client in self.clients.items():
            with aws.explaining(f"Could not look at table {table} in {region}"):
                states[region] = look(client, table)
        return states

    def _boards_in(self, region: str) -> frozenset[str]:
        with aws.explaining(f"Could not read the boards in {region}"):
            pages = (
                self.clients[region]
                .get_paginator("query")
                .paginate(
                    TableName=self.deployment.table,
                    KeyConditionExpression="pk = :boards",
                    ExpressionAttributeValues={":boards": {"S": schema.BOARDS}},
                    ProjectionExpression="sk",
                )
            )
            return frozenset(item["sk"]["S"] for page in pages for item in page["Items"])

    def _say_plan(self, steps: Sequence[Step]) -> None:
        where = ", ".join(self.deployment.regions)
        if not steps:
            self.say(f"Everything is in place: table {self.deployment.table} in {where}.")
            return
        self.say(f"Missing of table {self.deployment.table} in {where}:")
        for number, step in enumerate(steps, 1):
            self.say(f"  {number}. {step}")
