"""What the tests of the commands share: a deployment of its own for each."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from bootstrap.sandbox.environment import local, within
from bootstrap.table.apply import Apply
from leaderboard_app.deployment import Deployment, Stage
from tests.bootstrap.commands import Commands

OREGON, DUBLIN = "us-west-2", "eu-west-1"


@pytest.fixture
def on_ministack(ministack: str) -> Iterator[str]:
    """MiniStack as all of AWS, for as long as a test lasts."""
    with within(local(os.environ, ministack)):
        yield ministack


@pytest.fixture
def tries_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare what waits for nobody the pauses between boto3's tries; the tries are all made."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


@pytest.fixture
def deployment() -> Deployment:
    """Both regions, under a prefix of the test's own."""
    stages = (Stage("oregon", OREGON), Stage("dublin", DUBLIN))
    return Deployment(f"t{secrets.token_hex(6)}", stages)


@pytest.fixture
def commands(deployment: Deployment, tmp_path: Path) -> Commands:
    """The command line, working on the test's deployment."""
    return Commands(deployment, tmp_path)


@pytest.fixture
def applied(deployment: Deployment, on_ministack: str) -> Deployment:
    """The test's deployment, its table made on MiniStack."""
    assert os.environ["AWS_ENDPOINT_URL"] == on_ministack
    Apply.to(deployment, lambda _: None).run()
    return deployment
