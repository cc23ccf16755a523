"""`doctor`: what it finds, each with its cure."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest

from bootstrap import exits
from bootstrap.sandbox.environment import offline, within
from bootstrap.secret.parameters import Vault
from bootstrap.secret.run import Keeper
from bootstrap.steering.doctor import Doctor, Machine
from bootstrap.steering.findings import Finding
from bootstrap.table.shape import table
from leaderboard_app.deployment import Deployment
from leaderboard_app.gateway import secrets
from leaderboard_app.gateway.store import DynamoStore
from tests.bootstrap.commands import Commands

OREGON, DUBLIN = "us-west-2", "eu-west-1"
MACHINE = Machine({}, "python3.13", frozenset({"python3.13"}))


def now() -> datetime:
    return datetime.now(UTC)


def silent(_line: str) -> None:
    pass


def findings(deployment: Deployment, machine: Machine = MACHINE) -> list[Finding]:
    return list(Doctor(deployment, machine, now).findings())


def whats(deployment: Deployment) -> list[str]:
    return [finding.what for finding in findings(deployment)]


@pytest.mark.ministack
@pytest.mark.usefixtures("on_ministack")
class TestOnMiniStack:
    @pytest.fixture
    def healthy(self, applied: Deployment) -> Deployment:
        Keeper(Vault.of(applied), silent).run()
        for region in applied.regions:
            DynamoStore(region, applied.table).roster.beat(region, now(), "1", None)
        return applied

    def test_nothing_is_found_where_all_is_well(self, healthy: Deployment) -> None:
        assert findings(healthy) == []

    def test_a_missing_table_is_one_finding_and_not_ten(self, deployment: Deployment) -> None:
        found = whats(deployment)

        assert found[0] == f"{OREGON}: the table {deployment.table} is missing"
        assert len(found) == 2
        assert found[1].startswith("The secret key is missing")

    def test_another_project_s_table_is_told_by_its_keys(self, deployment: Deployment) -> None:
        boto3.client("dynamodb", region_name=DUBLIN).create_table(
            TableName=deployment.table,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        )

        found = findings(deployment)[0]

        assert found.what.startswith(f"Table {deployment.table} in {DUBLIN} belongs to another")
        assert found.cure.startswith("Choose another project_name")

    def test_a_half_made_table_is_told_part_by_part(self, deployment: Deployment) -> None:
        shape = table(deployment.table)
        shape["DeletionProtectionEnabled"] = False
        boto3.client("dynamodb", region_name=OREGON).create_table(**shape)

        found = whats(deployment)

        for part in (
            f"{OREGON}: the replica in {DUBLIN} is missing",
            f"{OREGON}: deletion protection is off",
            f"{OREGON}: point-in-time recovery is off",
            f"{OREGON}: expiry (TTL) is off",
            f"{OREGON}: the board global is missing",
            f"{OREGON}: never heard from",
        ):
            assert part in found

    def test_a_table_that_stands_alone_is_no_replica(self, deployment: Deployment) -> None:
        for region in (OREGON, DUBLIN):
            boto3.client("dynamodb", region_name=region).create_table(**table(deployment.table))

        found = findings(deployment)[0]

        assert "is no replica of the one in us-west-2" in found.what
        assert "remove one of them" in found.cure

    def test_secrets_that_differ_are_told_by_digest(self, healthy: Deployment) -> None:
        Vault.of(healthy).replace(DUBLIN, secrets.KEY, "sesame")

        found = findings(healthy)

        assert len(found) == 1
        assert found[0].what.startswith("The regions differ in their secret key")
        assert "secret rotate" in found[0].cure
        assert "sesame" not in str(found)

    def test_a_clock_that_is_off_is_told(self, healthy: Deployment) -> None:
        def ahead() -> datetime:
            return now() + timedelta(minutes=3)

        found = list(Doctor(healthy, MACHINE, ahead).findings())

        assert f"s ahead of that of {OREGON}" in found[0].what
        assert "NTP" in found[0].cure

    def test_the_command_ends_with_the_code_of_what_is_not_well(
        self, commands: Commands, deployment: Deployment
    ) -> None:
        result = commands.run("doctor")

        assert result.exit_code == exits.UNWELL
        assert f"the table {deployment.table} is missing.\n   Run python -m bootstrap apply." in (
            result.output
        )

    def test_region_variables_and_another_python_are_told(self, healthy: Deployment) -> None:
        environ = {"AWS_DEFAULT_REGION": "us-east-1"}
        machine = replace(MACHINE, environ=environ, python="python3.11")

        found = findings(healthy, machine)

        assert found[0].what.startswith("AWS_DEFAULT_REGION is set to us-east-1")
        assert found[0].cure.startswith("unset AWS_DEFAULT_REGION")
        assert found[1].what.startswith("This is python3.11, and zappa_settings.json names")
        assert len(found) == 2


def test_missing_credentials_are_one_finding(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with within(offline(os.environ)):
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")

        found = findings(deployment)

    assert len(found) == 1
    assert "credentials" in found[0].what
    assert "AWS_PROFILE" in found[0].cure


@pytest.mark.usefixtures("tries_again_at_once")
def test_an_address_where_nobody_answers_is_told_for_each_region(deployment: Deployment) -> None:
    with within({**offline(os.environ), "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}):
        found = findings(deployment)

    assert [finding.cure for finding in found] == [
        "Check the network and AWS_ENDPOINT_URL, then run this again."
    ] * 3


def test_the_runtime_is_that_of_the_settings(tmp_path: Path) -> None:
    settings = tmp_path / "zappa_settings.json"
    settings.write_text('{"common": {"runtime": "python3.12"}, "oregon": {"extends": "common"}}')

    assert Machine.of({}, settings).runtimes == {"python3.12"}
