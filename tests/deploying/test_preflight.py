"""What makes a deployment go wrong is refused before anything is uploaded, with its cure."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bootstrap import exits
from bootstrap.deploying.preflight import Preflight, make_client
from bootstrap.deploying.stages import DeployedStage
from bootstrap.exits import Problem
from bootstrap.sandbox.environment import local, within
from bootstrap.secret.parameters import Vault
from bootstrap.secret.run import Keeper
from bootstrap.steering.doctor import Machine
from bootstrap.table.apply import Apply
from leaderboard_app.deployment import Deployment
from leaderboard_app.gateway import secrets
from tests.bootstrap.commands import Commands
from tests.ministack import running_ministack

OREGON, DUBLIN = "us-west-2", "eu-west-1"
MACHINE = Machine({}, "python3.13", frozenset({"python3.13"}))
NO_SECRET = (
    "us-west-2: the secret key is missing, and the app would not start. "
    "Run python -m bootstrap secret apply."
)
SERVICES = ("dynamodb", "ssm", "s3", "lambda", "iam", "sts")

pytestmark = pytest.mark.ministack


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let AWS be a MiniStack with the table and the secret of the checkout's own settings."""
    folder = tmp_path_factory.mktemp("cloud")
    with (
        running_ministack(folder, SERVICES) as endpoint,
        within(local(os.environ, endpoint)),
    ):
        deployment = Deployment.read()
        Apply.to(deployment, lambda _: None).run()
        Keeper(Vault.of(deployment), lambda _: None).run()
        yield


@pytest.fixture
def oregon(cloud: None) -> DeployedStage:
    assert cloud is None
    return DeployedStage.read("oregon")


def found(target: DeployedStage, machine: Machine = MACHINE) -> list[str]:
    return [f"{each.what}. {each.cure}" for each in Preflight(target, machine).findings()]


def set_to(target: DeployedStage, **changes: object) -> DeployedStage:
    return replace(target, settings={**target.settings, **changes})


def make_function(name: str, region: str, tags: Mapping[str, str]) -> None:
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as packed:
        packed.writestr("handler.py", "")
    policy = {"Version": "2012-10-17", "Statement": []}
    role = make_client("iam", region).create_role(
        RoleName=f"{name}-{region}", AssumeRolePolicyDocument=json.dumps(policy)
    )["Role"]["Arn"]
    make_client("lambda", region).create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role=role,
        Handler="handler.lambda_handler",
        Code={"ZipFile": code.getvalue()},
        Tags=dict(tags),
    )


def test_nothing_is_found_where_all_is_well(oregon: DeployedStage) -> None:
    assert found(oregon) == []


@pytest.mark.usefixtures("cloud")
def test_a_function_of_an_earlier_deployment_is_ours() -> None:
    make_function("arcade-dublin", DUBLIN, {"application": "leaderboard"})
    assert found(DeployedStage.read("dublin")) == []
    # And one that lies where the stage is not, as after a run with AWS_DEFAULT_REGION, is not.
    make_function("arcade-dublin", OREGON, {"application": "leaderboard"})
    (line,) = found(DeployedStage.read("dublin"))
    assert "left by a deployment that was split" in line
    assert "--region us-west-2 --function-name arcade-dublin" in line


def test_a_function_of_something_else_is_left_alone(oregon: DeployedStage) -> None:
    theirs = replace(oregon, deployment=replace(oregon.deployment, prefix="theirs"))
    make_function("theirs-oregon", OREGON, {})
    lines = found(theirs)
    assert "A function theirs-oregon in us-west-2 belongs to something else" in lines[-1]
    assert "Choose another project_name" in lines[-1]


@pytest.mark.parametrize("name", ["AWS_DEFAULT_REGION", "AWS_REGION"])
def test_a_region_variable_comes_first(oregon: DeployedStage, name: str) -> None:
    machine = replace(MACHINE, environ={name: "us-east-1"})
    with pytest.raises(Problem, match=rf"^{name} is set to us-east-1: .* unset {name}") as refused:
        Preflight(oregon, machine).check()
    assert refused.value.exit_code == exits.REFUSED
    assert "\n" not in refused.value.message


def test_another_python_would_package_what_does_not_run(oregon: DeployedStage) -> None:
    (line,) = found(oregon, replace(MACHINE, python="python3.11"))
    assert line.startswith("This is python3.11, and zappa_settings.json names the runtime")
    assert line.endswith("make clean, then make PYTHON=python3.13.")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"attach_policy": ""}, "has no attach_policy"),
        ({"s3_bucket": ""}, "has no s3_bucket"),
        ({"aws_environment_variables": {}}, "Correct LEADERBOARD_SECRET_PARAMETER"),
        (
            {"aws_environment_variables": {secrets.VARIABLE: "/other"}},
            "reads its secret key below '/other'",
        ),
    ],
)
def test_settings_that_would_deploy_something_else_are_refused(
    oregon: DeployedStage, changes: dict[str, Any], says: str
) -> None:
    (line,) = found(set_to(oregon, **changes))
    assert says in line


def test_a_prefix_without_table_or_secret_is_told_what_to_run(oregon: DeployedStage) -> None:
    other = replace(oregon, deployment=replace(oregon.deployment, prefix="other"))
    variables = {"aws_environment_variables": {secrets.VARIABLE: "/other"}}
    lines = found(set_to(other, **variables))
    assert lines == [
        "us-west-2: the table other-leaderboard is missing. Run python -m bootstrap apply.",
        NO_SECRET,
    ]


def test_a_table_of_something_else_is_left_alone(oregon: DeployedStage) -> None:
    make_client("dynamodb", OREGON).create_table(
        TableName="dirty-leaderboard",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
    dirty = replace(oregon, deployment=replace(oregon.deployment, prefix="dirty"))
    assert any("Table dirty-leaderboard in us-west-2 belongs to another" in x for x in found(dirty))


def test_a_bucket_in_another_region_is_refused(oregon: DeployedStage) -> None:
    make_client("s3", DUBLIN).create_bucket(
        Bucket="elsewhere", CreateBucketConfiguration={"LocationConstraint": DUBLIN}
    )
    (line,) = found(set_to(oregon, s3_bucket="elsewhere"))
    assert line.startswith("The bucket elsewhere is in eu-west-1, and stage oregon in us-west-2")


@pytest.mark.usefixtures("cloud")
def test_the_command_says_the_same_and_ends_with_its_code(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    result = commands.run("doctor", "--deploy", "oregon", read=Deployment.read)
    assert result.exit_code == exits.UNWELL
    assert result.output.startswith("1. AWS_DEFAULT_REGION is set to us-east-1")


def test_a_stage_that_there_is_not_is_refused(commands: Commands) -> None:
    result = commands.run("doctor", "--deploy", "sydney", read=Deployment.read)
    assert result.exit_code == exits.REFUSED
    assert result.stderr == (
        "Error: There is no stage 'sydney' in zappa_settings.json: the stages are oregon, dublin.\n"
    )


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    return Commands(Deployment.read(), tmp_path)
