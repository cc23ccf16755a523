"""`evacuate` and `readmit`, for real, against MiniStack."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bootstrap import exits
from bootstrap.steering.traffic import Traffic
from leaderboard_app.deployment import Deployment
from leaderboard_app.gateway.store import DynamoStore
from tests.bootstrap.commands import Commands, problem

OREGON, DUBLIN = "us-west-2", "eu-west-1"
NOWHERE = "http://127.0.0.1:1"

pytestmark = [pytest.mark.ministack, pytest.mark.usefixtures("on_ministack")]


def is_draining(deployment: Deployment, region: str) -> bool:
    return DynamoStore(region, deployment.table).roster.draining(region) is not None


def cut_off(deployment: Deployment, region: str, said: list[str]) -> Traffic:
    """Traffic whose one region's table is where nobody answers."""
    stores = {each: DynamoStore(each, deployment.table) for each in deployment.regions}
    stores[region] = DynamoStore(region, deployment.table, NOWHERE)
    return Traffic(deployment, stores, said.append, patience=0.2)


def test_an_evacuated_region_is_draining_and_the_other_is_not(
    commands: Commands, applied: Deployment
) -> None:
    result = commands.run("evacuate", DUBLIN)

    assert result.exit_code == exits.DONE
    assert result.output.splitlines() == [
        f"{DUBLIN} is draining: written through {OREGON}.",
        f"{DUBLIN} has seen it: /healthz there answers 503.",
    ]
    assert is_draining(applied, DUBLIN)
    assert not is_draining(applied, OREGON)


def test_evacuating_again_changes_nothing(commands: Commands, applied: Deployment) -> None:
    commands.run("evacuate", DUBLIN, "--why", "the first reason")

    result = commands.run("evacuate", DUBLIN, "--why", "another")

    assert result.exit_code == exits.DONE
    assert result.output.startswith(f"{DUBLIN} is draining since {datetime.now(UTC):%Y-%m-%d}")
    draining = DynamoStore(DUBLIN, applied.table).roster.draining(DUBLIN)
    assert draining
    assert draining.why == "the first reason"


def test_the_last_region_is_not_evacuated(commands: Commands, applied: Deployment) -> None:
    commands.run("evacuate", DUBLIN)

    result = commands.run("evacuate", OREGON)

    assert result.exit_code == exits.REFUSED
    assert problem(result).startswith(f"All regions but {OREGON} are draining")
    assert not is_draining(applied, OREGON)


def test_a_readmitted_region_is_not_draining(commands: Commands, applied: Deployment) -> None:
    commands.run("evacuate", DUBLIN)

    result = commands.run("readmit", DUBLIN)
    again = commands.run("readmit", DUBLIN)

    assert result.exit_code == again.exit_code == exits.DONE
    assert f"{DUBLIN} takes traffic again" in result.output
    assert again.output.startswith(f"{DUBLIN} is not draining.")
    assert not is_draining(applied, DUBLIN)


@pytest.mark.usefixtures("applied")
@pytest.mark.parametrize("command", ["evacuate", "readmit"])
def test_an_unknown_region_is_answered_with_those_there_are(
    commands: Commands, command: str
) -> None:
    result = commands.run(command, "mars")

    assert result.exit_code == exits.REFUSED
    assert problem(result) == f"No stage runs in 'mars': the regions are {OREGON}, {DUBLIN}."


@pytest.mark.slow
def test_a_region_that_does_not_answer_is_evacuated_through_another(applied: Deployment) -> None:
    said: list[str] = []

    cut_off(applied, DUBLIN, said).evacuate(DUBLIN, "it is away")

    assert is_draining(applied, DUBLIN)
    assert said[0] == f"{DUBLIN} is draining: written through {OREGON}."
    assert said[1].startswith(f"{DUBLIN} has not seen it within")


@pytest.mark.slow
def test_where_all_others_are_away_the_region_s_own_table_takes_it(applied: Deployment) -> None:
    said: list[str] = []

    cut_off(applied, OREGON, said).evacuate(DUBLIN, "only it answers")

    assert is_draining(applied, DUBLIN)
    assert said[0] == f"{DUBLIN} is draining: written through {DUBLIN}."
