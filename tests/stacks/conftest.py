"""What the tests of the stacks share: an account on MiniStack, and what Zappa leaves in it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from bootstrap.sandbox import ministack
from bootstrap.sandbox.environment import local, within
from leaderboard_app.deployment import Deployment, Stage
from tests.bootstrap.commands import Commands

SERVICES = (
    *("acm", "apigateway", "cloudformation", "dynamodb", "iam", "monitoring"),
    *("route53", "sns", "sqs", "ssm"),
)
MENDS = Path(__file__).parent / "mends"


@pytest.fixture(scope="session")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a MiniStack with CloudFormation, as long as the tests."""
    folder = tmp_path_factory.mktemp("account")
    more = {"PYTHONPATH": str(MENDS)}
    started = ministack.start(folder, folder / "ministack.log", SERVICES, more=more)
    try:
        yield started.endpoint
    finally:
        started.part.stop()


@pytest.fixture
def deployment(account: str) -> Iterator[Deployment]:
    """Both regions, under a prefix of the test's own, with MiniStack as all of AWS."""
    stages = (Stage("oregon", "us-west-2"), Stage("dublin", "eu-west-1"))
    with within(local(os.environ, account)):
        yield Deployment(f"t{secrets.token_hex(6)}", stages)


@pytest.fixture
def deployed(deployment: Deployment) -> Deployment:
    """The deployment with the APIs that `zappa deploy` makes."""
    for stage in deployment.stages:
        client = boto3.client("apigateway", region_name=stage.region)
        client.create_rest_api(name=f"{deployment.prefix}-{stage.name}")
    return deployment


@pytest.fixture
def commands(deployment: Deployment, tmp_path: Path) -> Commands:
    """The command line, working on the test's deployment."""
    return Commands(deployment, tmp_path)
