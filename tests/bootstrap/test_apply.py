"""`apply`, for real, against MiniStack."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import boto3
import pytest

from bootstrap import exits
from bootstrap.boards import BOARDS
from bootstrap.table.apply import Apply
from bootstrap.table.perform import Performer
from bootstrap.table.plan import Action, Step
from bootstrap.table.shape import table
from bootstrap.table.state import look
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.boards import Board
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from tests.bootstrap.commands import Commands, problem
from tests.bootstrap.faults import Refusals, Shown

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

OREGON, DUBLIN = "us-west-2", "eu-west-1"

pytestmark = [pytest.mark.ministack, pytest.mark.usefixtures("on_ministack")]


def client(region: str = OREGON) -> DynamoDBClient:
    return _client(region, os.environ["AWS_ENDPOINT_URL"])


@cache
def _client(region: str, endpoint: str) -> DynamoDBClient:
    return boto3.client("dynamodb", region_name=region, endpoint_url=endpoint)


def silent(_line: str) -> None:
    pass


def test_everything_is_made_in_both_regions(commands: Commands, deployment: Deployment) -> None:
    result = commands.run("apply")

    assert result.exit_code == exits.DONE
    assert f"Missing of table {deployment.table} in us-west-2, eu-west-1:" in result.output
    assert "[7/7] us-west-2: add the board global" in result.output
    for region, other in ((OREGON, DUBLIN), (DUBLIN, OREGON)):
        state = look(client(region), deployment.table)
        assert state
        assert state.protected
        assert state.recoverable
        assert state.ttl == "expires_at"
        assert state.billing == "PAY_PER_REQUEST"
        assert state.stream == "NEW_AND_OLD_IMAGES"
        assert set(state.indexes) == {"Board-Score-Index", "Country-Score-Index"}
        assert state.replicas == {other: "ACTIVE"}


def test_a_second_run_says_that_everything_is_in_place(
    commands: Commands, deployment: Deployment
) -> None:
    commands.run("apply")

    result = commands.run("apply")

    assert result.exit_code == exits.DONE
    assert result.output == (
        f"Everything is in place: table {deployment.table} in us-west-2, eu-west-1.\n"
    )


def test_the_replica_is_real_both_ways(commands: Commands, deployment: Deployment) -> None:
    commands.run("apply")
    for written, read in ((OREGON, DUBLIN), (DUBLIN, OREGON)):
        key = {"pk": {"S": "probe"}, "sk": {"S": written}}

        client(written).put_item(TableName=deployment.table, Item=key)

        assert client(read).get_item(TableName=deployment.table, Key=key)["Item"] == key


def test_the_board_reads_back_in_every_region(commands: Commands, deployment: Deployment) -> None:
    commands.run("apply")

    for region in deployment.regions:
        assert DynamoStore(region, deployment.table).boards() == BOARDS


def test_a_board_that_is_there_is_left_as_it_is(commands: Commands, deployment: Deployment) -> None:
    commands.run("apply")
    ours = Board("global", "Our own title", shards=8)
    client().put_item(TableName=deployment.table, Item=items.board_item(ours))

    commands.run("apply")

    assert DynamoStore(OREGON, deployment.table).boards() == (ours,)


def test_a_dry_run_says_the_steps_and_changes_nothing(
    commands: Commands, deployment: Deployment
) -> None:
    result = commands.run("apply", "--dry-run")

    assert result.exit_code == exits.DONE
    assert "  4. us-west-2: add the replica in eu-west-1" in result.output
    assert result.output.endswith("Nothing was changed (--dry-run).\n")
    assert look(client(OREGON), deployment.table) is None
    assert look(client(DUBLIN), deployment.table) is None


@pytest.mark.parametrize("count", range(1, 7))
def test_a_run_that_was_cut_off_is_completed_by_the_next(
    deployment: Deployment, count: int
) -> None:
    run = Apply.to(deployment, silent)
    boards = {board.board_id: board for board in BOARDS}
    performer = Performer(run.clients, deployment.table, boards)
    steps = run.rehearse()
    for step in steps[:count]:
        performer.perform(step)

    assert run.run() == steps[count:]
    assert run.rehearse() == ()


def test_indexes_stream_and_protection_that_went_missing_are_put_back(
    deployment: Deployment,
) -> None:
    name = deployment.table
    client().create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=table(name)["KeySchema"],
        AttributeDefinitions=table(name)["AttributeDefinitions"][:2],
    )

    done = [step.action for step in Apply.to(deployment, silent).run()]

    assert done[:3] == [Action.ENABLE_STREAM, Action.CREATE_INDEX, Action.CREATE_INDEX]
    assert Apply.to(deployment, silent).run() == ()


def test_protection_that_was_turned_off_in_one_region_is_turned_on_again(
    commands: Commands, deployment: Deployment
) -> None:
    commands.run("apply")
    client(DUBLIN).update_table(TableName=deployment.table, DeletionProtectionEnabled=False)

    result = commands.run("apply")

    assert "[1/1] eu-west-1: turn on deletion protection\n" in result.output


def test_a_table_of_another_shape_is_refused_and_left_alone(
    commands: Commands, deployment: Deployment
) -> None:
    client().create_table(
        TableName=deployment.table,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )

    result = commands.run("apply")

    assert result.exit_code == exits.REFUSED
    assert "has the keys id instead of pk and sk" in problem(result)
    assert look(client(DUBLIN), deployment.table) is None


def test_backups_that_are_not_ready_yet_are_asked_for_again(deployment: Deployment) -> None:
    run = Apply.to(deployment, silent)
    refusals = Refusals(
        run.clients[OREGON],
        "UpdateContinuousBackups",
        "ContinuousBackupsUnavailableException",
        times=3,
    )
    pauses: list[float] = []
    performer = Performer(run.clients, deployment.table, {}, pause=pauses.append)
    for step in run.rehearse()[:3]:
        performer.perform(step)

    assert refusals.left == 0
    assert len(pauses) == 3
    state = look(client(), deployment.table)
    assert state
    assert state.recoverable


def test_an_expiry_that_arrived_from_another_region_meanwhile_is_no_problem(
    deployment: Deployment,
) -> None:
    run = Apply.to(deployment, silent)
    run.run()
    Refusals(run.clients[DUBLIN], "UpdateTimeToLive", "ValidationException")
    performer = Performer(run.clients, deployment.table, {})

    performer.perform(Step(Action.ENABLE_TTL, DUBLIN, "expires_at"))

    assert run.rehearse() == ()


def test_a_board_that_somebody_added_meanwhile_is_left_as_it_is(deployment: Deployment) -> None:
    run = Apply.to(deployment, silent)
    run.run()
    ours = replace(BOARDS[0], title="Somebody else's")
    performer = Performer(run.clients, deployment.table, {"global": ours})

    performer.perform(Step(Action.ADD_BOARD, OREGON, "global"))

    assert DynamoStore(OREGON, deployment.table).boards() == BOARDS


@pytest.mark.parametrize(
    ("code", "exit_code"),
    [
        ("AccessDeniedException", exits.DENIED),
        ("ExpiredTokenException", exits.DENIED),
        ("LimitExceededException", exits.UNAVAILABLE),
        ("ValidationException", exits.REFUSED),
    ],
)
def test_a_step_that_aws_refuses_is_named_and_those_before_it_are_done(
    deployment: Deployment, code: str, exit_code: int
) -> None:
    run = Apply.to(deployment, silent)
    Refusals(run.clients[OREGON], "UpdateTable", code)

    with pytest.raises(exits.Problem) as refused:
        run.run()

    assert refused.value.exit_code == exit_code
    assert refused.value.message.startswith(
        f"Could not do this in us-west-2: add the replica in eu-west-1: {code}: said no."
    )
    assert look(client(), deployment.table)


def test_a_step_is_done_when_dynamodb_is_done_with_it(deployment: Deployment) -> None:
    run = Apply.to(deployment, silent)
    pauses: list[float] = []
    performer = Performer(run.clients, deployment.table, {}, pause=pauses.append)
    making = Shown(run.clients[OREGON], 3, TableStatus="CREATING")

    performer.perform(Step(Action.CREATE_TABLE, OREGON, deployment.table))

    assert making.left == 0
    assert len(pauses) == 3
    assert pauses == sorted(pauses)


def test_a_replica_is_there_when_both_regions_say_so(deployment: Deployment) -> None:
    run = Apply.to(deployment, silent)
    pauses: list[float] = []
    performer = Performer(run.clients, deployment.table, {}, pause=pauses.append)
    performer.perform(Step(Action.CREATE_TABLE, OREGON, deployment.table))
    Shown(run.clients[OREGON], 2, Replicas=[{"RegionName": DUBLIN, "ReplicaStatus": "CREATING"}])
    Shown(run.clients[DUBLIN], 2, TableStatus="CREATING")

    performer.perform(Step(Action.ADD_REPLICA, OREGON, DUBLIN))

    assert len(pauses) == 4


def test_a_replica_that_failed_is_not_waited_for(deployment: Deployment) -> None:
    run = Apply.to(deployment, silent)
    run.run()
    failed = [{"RegionName": DUBLIN, "ReplicaStatus": "CREATION_FAILED"}]
    Shown(run.clients[OREGON], 99, Replicas=failed)

    with pytest.raises(exits.Problem, match="a replica in eu-west-1 that is CREATION_FAILED"):
        run.run()


def test_what_an_earlier_run_left_under_way_is_waited_for(deployment: Deployment) -> None:
    run = Apply.to(deployment, silent)
    run.run()
    changing = Shown(run.clients[OREGON], 2, TableStatus="UPDATING")

    done = run.run()

    assert done == (Step(Action.WAIT, OREGON),)
    assert changing.left == 0


def test_a_table_in_the_making_is_not_asked_for_its_boards(deployment: Deployment) -> None:
    run = Apply.to(deployment, silent)
    run.run()
    Shown(run.clients[OREGON], 1, TableStatus="CREATING")

    planned = run.rehearse()

    assert planned[0] == Step(Action.WAIT, OREGON)
    assert planned[-1] == Step(Action.ADD_BOARD, OREGON, "global")
    assert run.rehearse() == ()
