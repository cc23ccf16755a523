"""`status`, for real, against MiniStack."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import boto3
import pytest

from bootstrap import exits
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.gateway.store import DynamoStore
from tests.bootstrap.commands import Commands

OREGON, DUBLIN = "us-west-2", "eu-west-1"

pytestmark = [pytest.mark.ministack, pytest.mark.usefixtures("on_ministack")]


@pytest.fixture
def beating(applied: Deployment) -> Deployment:
    """The deployment, with both regions heard from just now."""
    for region in applied.regions:
        beat(applied, region, timedelta(0))
    return applied


def beat(deployment: Deployment, region: str, ago: timedelta) -> None:
    at = datetime.now(UTC) - ago
    DynamoStore(region, deployment.table).roster.beat(region, at, "1.2.3", None)


@pytest.mark.usefixtures("beating")
def test_all_is_well_where_everything_is_in_place_and_heard_from(commands: Commands) -> None:
    result = commands.run("status")

    assert result.exit_code == exits.DONE
    lines = result.output.splitlines()
    assert lines[-1] == "All is well."
    assert "dublin (eu-west-1)" in lines
    assert any(line.startswith("  ACTIVE, 3 items, replicas: eu-west-1 ACTIVE") for line in lines)
    assert lines.count(
        "  deletion protection on, point in time recovery on, expiry on, stream on"
    ) == len(("oregon", "dublin"))
    assert any("s ago, version 1.2.3" in line for line in lines)


@pytest.mark.usefixtures("beating")
def test_json_says_the_same_for_machines(commands: Commands) -> None:
    result = commands.run("status", "--json")

    assert result.exit_code == exits.DONE
    said = json.loads(result.output)
    assert said["well"] is True
    assert said["findings"] == []
    assert said["regions"][DUBLIN]["replicas"] == {OREGON: "ACTIVE"}
    assert 0 <= said["regions"][OREGON]["heartbeat_age_seconds"] < 60


def test_a_silent_region_is_not_well(commands: Commands, beating: Deployment) -> None:
    beat(beating, DUBLIN, timedelta(minutes=10))

    result = commands.run("status")

    assert result.exit_code == exits.UNWELL
    # A slow machine may take a while from the heartbeat to the look.
    told = rf"- {DUBLIN}: last heard from 6\d\d s ago. See whether the stage dublin"
    assert re.search(told, result.output)
    assert result.output.splitlines()[-1] == "Not well: 1 of the above."


@pytest.mark.usefixtures("beating")
def test_a_draining_region_is_told_with_who_and_how_to_end_it(commands: Commands) -> None:
    commands.run("evacuate", DUBLIN, "--why", "a drill")

    result = commands.run("status")

    assert result.exit_code == exits.UNWELL
    assert "a drill). When it may take traffic again" in result.output
    assert f"python -m bootstrap readmit {DUBLIN}" in result.output


def test_protection_that_is_off_is_told(commands: Commands, beating: Deployment) -> None:
    boto3.client("dynamodb", region_name=DUBLIN).update_table(
        TableName=beating.table, DeletionProtectionEnabled=False
    )

    result = commands.run("status")

    assert result.exit_code == exits.UNWELL
    assert "  deletion protection OFF," in result.output
    assert (
        f"- {DUBLIN}: deletion protection is off. Run python -m bootstrap apply." in result.output
    )


def test_waiting_mend_requests_are_counted(commands: Commands, beating: Deployment) -> None:
    act = Act("act", "somebody", "a reason", datetime.now(UTC))
    submission_id = SubmissionId.make(act.at, bytes(10))
    DynamoStore(OREGON, beating.table).moderation.remove(
        "global", PlayerId("name:ada"), submission_id, act, beating.regions
    )

    said = json.loads(commands.run("status", "--json").output)

    assert [said["regions"][region]["mend_requests"] for region in (OREGON, DUBLIN)] == [1, 1]
