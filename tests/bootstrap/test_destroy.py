"""`destroy`, for real, against MiniStack."""

from __future__ import annotations

import boto3
import pytest
from click.testing import CliRunner

from bootstrap import exits
from bootstrap.cli import cli
from bootstrap.secret.parameters import Vault
from bootstrap.secret.run import Keeper
from bootstrap.steering.destroy import Destroyer
from bootstrap.table.shape import table
from bootstrap.table.state import look
from leaderboard_app.deployment import Deployment
from tests.bootstrap.commands import Commands, problem
from tests.bootstrap.interruptions import CtrlC

OREGON, DUBLIN = "us-west-2", "eu-west-1"
CHANGES = (
    "dynamodb.UpdateTable",
    "dynamodb.DeleteTable",
    "ssm.DeleteParameter",
)

pytestmark = [pytest.mark.ministack, pytest.mark.usefixtures("on_ministack")]


def silent(_line: str) -> None:
    pass


@pytest.fixture
def complete(applied: Deployment) -> Deployment:
    """The deployment with its table and its secret."""
    Keeper(Vault.of(applied), silent).run()
    return applied


def is_there(deployment: Deployment, region: str) -> bool:
    return look(boto3.client("dynamodb", region_name=region), deployment.table) is not None


def is_untouched(deployment: Deployment) -> bool:
    keys = [secret.key for secret in Vault.of(deployment).look().values()]
    return all(is_there(deployment, region) for region in deployment.regions) and all(keys)


def test_everything_goes_replicas_first(commands: Commands, complete: Deployment) -> None:
    result = commands.run("destroy", "--yes", "--unprotect")

    assert result.exit_code == exits.DONE
    replica = result.output.index(f"{OREGON}: delete the replica in {DUBLIN}")
    assert replica < result.output.index(f"{OREGON}: delete the table {complete.table}")
    assert not is_there(complete, OREGON)
    assert not is_there(complete, DUBLIN)
    assert all(secret.is_empty for secret in Vault.of(complete).look().values())


@pytest.mark.usefixtures("complete")
def test_a_second_run_says_that_nothing_is_left(commands: Commands, deployment: Deployment) -> None:
    commands.run("destroy", "--yes", "--unprotect")

    result = commands.run("destroy")

    assert result.exit_code == exits.DONE
    assert result.output == f"Nothing is left of {deployment.prefix} in {OREGON}, {DUBLIN}.\n"


def test_deletion_protection_is_honoured(commands: Commands, complete: Deployment) -> None:
    result = commands.run("destroy", "--yes")

    assert result.exit_code == exits.REFUSED
    assert "--unprotect" in problem(result)
    assert is_untouched(complete)


@pytest.mark.parametrize(
    ("typed", "code"), [("something else\n", exits.REFUSED), ("", exits.INTERRUPTED)]
)
def test_whoever_does_not_type_the_prefix_deletes_nothing(
    complete: Deployment, typed: str, code: int
) -> None:
    result = CliRunner().invoke(cli, ["destroy", "--unprotect"], obj=lambda: complete, input=typed)

    assert result.exit_code == code
    assert "Nothing was deleted" in result.stderr
    assert is_untouched(complete)


def test_whoever_types_the_prefix_deletes_all(complete: Deployment) -> None:
    result = CliRunner().invoke(
        cli, ["destroy", "--unprotect"], obj=lambda: complete, input=f"{complete.prefix}\n"
    )

    assert result.exit_code == exits.DONE
    assert not is_there(complete, OREGON)


@pytest.mark.parametrize("when", ["before-call", "after-call"])
@pytest.mark.parametrize("at", range(1, 7))
def test_what_is_interrupted_anywhere_is_completed_by_the_next(
    commands: Commands, complete: Deployment, at: int, when: str
) -> None:
    cut = Destroyer.of(complete, silent)
    CtrlC([*cut.clients.values(), *cut.vault.clients.values()], CHANGES, at, when)
    with pytest.raises(KeyboardInterrupt):
        cut.run(cut.look())

    result = commands.run("destroy", "--yes", "--unprotect")

    assert result.exit_code == exits.DONE
    assert not is_there(complete, OREGON)
    assert not is_there(complete, DUBLIN)
    assert all(secret.is_empty for secret in Vault.of(complete).look().values())


def test_another_project_s_table_is_left_alone(commands: Commands, deployment: Deployment) -> None:
    boto3.client("dynamodb", region_name=DUBLIN).create_table(
        TableName=deployment.table,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )

    result = commands.run("destroy", "--yes", "--unprotect")

    assert result.exit_code == exits.REFUSED
    assert "belongs to another project" in problem(result)
    assert is_there(deployment, DUBLIN)


def test_two_tables_that_are_no_replicas_both_go(
    commands: Commands, deployment: Deployment
) -> None:
    for region in (OREGON, DUBLIN):
        boto3.client("dynamodb", region_name=region).create_table(**table(deployment.table))

    result = commands.run("destroy", "--yes", "--unprotect")

    assert result.exit_code == exits.DONE
    assert not is_there(deployment, OREGON)
    assert not is_there(deployment, DUBLIN)
