"""What every command that steers says when it can't: one line, its exit code, nothing changed."""

from __future__ import annotations

import os

import boto3
import pytest

from bootstrap import exits
from bootstrap.sandbox.environment import offline, within
from bootstrap.secret.parameters import Vault
from bootstrap.table.shape import table
from leaderboard_app.deployment import Deployment
from tests.bootstrap.commands import Commands, problem

OREGON, DUBLIN = "us-west-2", "eu-west-1"

SITES = [f"--site={OREGON}=http://127.0.0.1:1", f"--site={DUBLIN}=http://127.0.0.1:1"]
OF_THE_TABLE = {
    "status": ["status"],
    "evacuate": ["evacuate", DUBLIN],
    "readmit": ["readmit", DUBLIN],
    "validate": ["validate", *SITES],
}
ALL = OF_THE_TABLE | {
    "destroy": ["destroy", "--yes", "--unprotect"],
    "secret apply": ["secret", "apply"],
    "secret rotate": ["secret", "rotate"],
    "secret show": ["secret", "show"],
}


def cases(commands: dict[str, list[str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("arguments", commands.values(), ids=commands.keys())


@pytest.fixture(autouse=True)
def _no_sandbox(tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADERBOARD_SANDBOX", os.fspath(tmp_path))


@cases(ALL)
def test_missing_credentials_are_said_in_one_line(
    commands: Commands, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with within(offline(os.environ)):
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")

        result = commands.run(*arguments)

    assert result.exit_code == exits.DENIED
    assert "AWS_PROFILE" in problem(result)


@pytest.mark.usefixtures("tries_again_at_once")
@cases(ALL)
def test_an_address_where_nobody_answers_is_said_in_one_line(
    commands: Commands, arguments: list[str]
) -> None:
    with within({**offline(os.environ), "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}):
        result = commands.run(*arguments)

    assert result.exit_code == exits.UNAVAILABLE
    assert "AWS_ENDPOINT_URL" in problem(result)


@cases(ALL)
def test_ctrl_c_ends_in_one_line(commands: Commands, arguments: list[str]) -> None:
    def read() -> Deployment:
        raise KeyboardInterrupt

    result = commands.run(*arguments, read=read)

    assert result.exit_code == exits.INTERRUPTED
    assert problem(result).startswith("Interrupted: run it again")


@pytest.mark.ministack
@pytest.mark.usefixtures("on_ministack")
class TestOnMiniStack:
    @cases(OF_THE_TABLE)
    def test_a_missing_table_is_said_with_what_makes_it(
        self, commands: Commands, arguments: list[str]
    ) -> None:
        result = commands.run(*arguments)

        assert result.exit_code == exits.REFUSED
        assert "Run python -m bootstrap apply" in problem(result)

    @cases(OF_THE_TABLE)
    def test_another_project_s_table_is_said_and_left_alone(
        self, commands: Commands, deployment: Deployment, arguments: list[str]
    ) -> None:
        for region in deployment.regions:
            boto3.client("dynamodb", region_name=region).create_table(
                TableName=deployment.table,
                BillingMode="PAY_PER_REQUEST",
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            )

        result = commands.run(*arguments)

        assert result.exit_code == exits.REFUSED
        assert deployment.table in problem(result)
        assert all(_items(deployment, region) == [] for region in deployment.regions)

    @cases({name: ALL[name] for name in ("evacuate", "readmit", "validate")})
    def test_a_half_made_table_is_said_and_left_alone(
        self, commands: Commands, deployment: Deployment, arguments: list[str]
    ) -> None:
        boto3.client("dynamodb", region_name=OREGON).create_table(**table(deployment.table))

        result = commands.run(*arguments)

        assert result.exit_code == exits.REFUSED
        assert "python -m bootstrap apply" in problem(result)
        assert _items(deployment, OREGON) == []

    def test_a_half_made_table_is_shown_for_what_it_is(
        self, commands: Commands, deployment: Deployment
    ) -> None:
        boto3.client("dynamodb", region_name=OREGON).create_table(**table(deployment.table))

        result = commands.run("status")

        assert result.exit_code == exits.UNWELL
        assert f"- {OREGON}: the replica in {DUBLIN} is missing." in result.output

    def test_nothing_is_made_by_looking(self, commands: Commands, deployment: Deployment) -> None:
        for arguments in (["status"], ["doctor"], ["secret", "show"], ["apply", "--dry-run"]):
            commands.run(*arguments)

        assert all(secret.is_empty for secret in Vault.of(deployment).look().values())
        names = boto3.client("dynamodb", region_name=OREGON).list_tables()["TableNames"]
        assert deployment.table not in names


def test_the_sandbox_s_option_needs_a_sandbox_that_runs(commands: Commands) -> None:
    result = commands.run("--sandbox", "status")

    assert result.exit_code == exits.REFUSED
    assert problem(result).startswith("No sandbox is running.")


def _items(deployment: Deployment, region: str) -> list[object]:
    client = boto3.client("dynamodb", region_name=region)
    return list(client.scan(TableName=deployment.table)["Items"])
