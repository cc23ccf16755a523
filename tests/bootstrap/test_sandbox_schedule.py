"""The jobs that a sandbox's server runs by itself, without and with a table to run them on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws

from bootstrap.sandbox import schedule
from bootstrap.table import shape
from leaderboard_app import jobs
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.process import process

DUBLIN = "eu-west-1"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoStore]:
    """Let this process be Dublin's, without a table yet; yield the process's store."""
    monkeypatch.setenv("AWS_REGION", DUBLIN)
    monkeypatch.setenv("SECRET_KEY", "secret")
    process.cache_clear()
    with mock_aws():
        store = process().store
        yield store
        if store.table_name in store.client.list_tables()["TableNames"]:
            store.client.delete_table(TableName=store.table_name)
    process.cache_clear()


def test_a_table_that_is_away_stops_no_schedule_and_is_written_to_when_it_is_back(
    store: DynamoStore, caplog: pytest.LogCaptureFixture
) -> None:
    schedule.run_jobs()
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "heartbeat was not done this time",
        "mend was not done this time",
    ]
    request = shape.table(store.table_name)
    request["DeletionProtectionEnabled"] = False
    store.client.create_table(**request)
    schedule.run_jobs()
    assert [state.region for state in store.roster.states()] == [DUBLIN]


def test_the_rankings_are_walked_every_few_seconds_at_first_and_then_once_a_minute() -> None:
    walked = [number for number in range(200) if jobs.walk in schedule.due_in(number)]
    assert walked[:4] == [0, 3, 6, 9]
    assert [number for number in walked if number >= 30] == [30, 60, 90, 120, 150, 180]


def test_every_round_has_a_heartbeat_and_mends() -> None:
    for number in range(70):
        assert {jobs.heartbeat, jobs.mend} <= set(schedule.due_in(number))
