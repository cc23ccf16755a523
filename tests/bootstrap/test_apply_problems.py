"""What `apply` says when it can't."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from moto import mock_aws

from bootstrap import exits
from bootstrap.sandbox.environment import offline, within
from bootstrap.table.apply import Apply
from bootstrap.table.perform import Performer
from bootstrap.table.plan import Action, Step
from leaderboard_app.deployment import Deployment, InvalidDeployment
from tests.bootstrap.commands import Commands, problem

OREGON, DUBLIN = "us-west-2", "eu-west-1"


def silent(_line: str) -> None:
    pass


class TestOnMoto:
    @pytest.fixture(autouse=True)
    def moto(self) -> Iterator[None]:
        with within(offline(os.environ)), mock_aws():
            yield

    def test_one_region_needs_no_replica(self, commands: Commands, deployment: Deployment) -> None:
        alone = replace(deployment, stages=deployment.stages[:1])

        first = commands.run("apply", read=lambda: alone)
        second = commands.run("apply", read=lambda: alone)

        assert first.exit_code == second.exit_code == exits.DONE
        assert "replica in" not in first.output
        assert second.output.startswith("Everything is in place")

    def test_a_replica_that_never_comes_is_given_up_after_half_an_hour(
        self, deployment: Deployment
    ) -> None:
        # moto accepts ReplicaUpdates and does nothing.
        seconds = [0.0]

        def pause(duration: float) -> None:
            seconds[0] += duration

        run = Apply.to(deployment, silent)
        performer = Performer(
            run.clients, deployment.table, {}, pause=pause, clock=lambda: seconds[0]
        )
        performer.perform(Step(Action.CREATE_TABLE, OREGON, deployment.table))

        with pytest.raises(exits.Unavailable, match="was not done after 30 minutes"):
            performer.perform(Step(Action.ADD_REPLICA, OREGON, DUBLIN))

        assert 1_800 <= seconds[0] < 1_820


def test_missing_credentials_are_said_in_one_line(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    with within(offline(os.environ)):
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")

        result = commands.run("apply")

    assert result.exit_code == exits.DENIED
    assert "credentials" in problem(result)


def test_half_of_the_credentials_are_said_in_one_line(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    with within(offline(os.environ)):
        monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

        result = commands.run("apply")

    assert result.exit_code == exits.DENIED
    assert "AWS_SECRET_ACCESS_KEY" in problem(result)


def test_an_unknown_profile_is_said_in_one_line(commands: Commands) -> None:
    with within({**offline(os.environ), "AWS_PROFILE": "no-such-profile"}):
        result = commands.run("apply")

    assert result.exit_code == exits.DENIED
    assert "no-such-profile" in problem(result)


@pytest.mark.usefixtures("tries_again_at_once")
def test_an_address_where_nobody_answers_is_said_in_one_line(commands: Commands) -> None:
    with within({**offline(os.environ), "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}):
        result = commands.run("apply")

    assert result.exit_code == exits.UNAVAILABLE
    assert "http://127.0.0.1:1" in problem(result)


def test_an_address_that_is_none_is_said_in_one_line(commands: Commands) -> None:
    with within({**offline(os.environ), "AWS_ENDPOINT_URL": "nonsense"}):
        result = commands.run("apply")

    assert result.exit_code == exits.REFUSED
    assert "AWS_ENDPOINT_URL: Invalid endpoint: nonsense" in problem(result)


def test_settings_that_break_a_rule_are_said_in_one_line(commands: Commands) -> None:
    def read() -> Deployment:
        raise InvalidDeployment("project_name 'My Game': use lower-case letters.")

    result = commands.run("apply", read=read)

    assert result.exit_code == exits.REFUSED
    assert problem(result).startswith("zappa_settings.json: project_name 'My Game'")


def test_settings_that_can_t_be_read_are_said_in_one_line(commands: Commands) -> None:
    result = commands.run("apply", read=lambda: Deployment.read(commands.folder))

    assert result.exit_code == exits.REFUSED
    assert problem(result).startswith("zappa_settings.json: ")


def test_ctrl_c_ends_in_one_line(commands: Commands) -> None:
    def read() -> Deployment:
        raise KeyboardInterrupt

    result = commands.run("apply", read=read)

    assert result.exit_code == exits.INTERRUPTED
    assert problem(result).startswith("Interrupted: run it again")
