"""What the schedule runs: named in the settings file, and made of the process's one store."""

from __future__ import annotations

import importlib
import inspect
import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from moto import mock_aws

import leaderboard_app
from bootstrap.table import shape
from leaderboard_app import jobs
from leaderboard_app.deployment import SETTINGS_FILE, Deployment
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import View
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.logs import METRICS
from leaderboard_app.process import process
from leaderboard_app.usecases import read
from leaderboard_app.usecases.ports import StoreUnavailable
from tests.worlds import BOARD, DUBLIN, REGIONS, send, submission

CHECKOUT = SETTINGS_FILE.parent
SITE = "https://dublin.example"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoStore]:
    """Let this process be Dublin's, with a table in memory; yield the process's store."""
    monkeypatch.setenv("AWS_REGION", DUBLIN)
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setenv("LEADERBOARD_SITES", f"{DUBLIN}={SITE}")
    process.cache_clear()
    with mock_aws():
        made = process().store
        request = shape.table(made.table_name)
        request["DeletionProtectionEnabled"] = False
        made.client.create_table(**request)
        yield made
        drop(made)
    process.cache_clear()


def drop(store: DynamoStore) -> None:
    """Take the table away, if it is still there."""
    if store.table_name in store.client.list_tables()["TableNames"]:
        store.client.delete_table(TableName=store.table_name)


def test_the_schedule_runs_the_jobs_by_the_clock_in_every_stage() -> None:
    settings = json.loads(SETTINGS_FILE.read_text(encoding="utf-8"))
    stages = [stage for stage in settings.values() if "aws_region" in stage]
    assert stages
    for stage in stages:
        events = (settings[stage["extends"]] | stage)["events"]
        assert {(event["function"], event["expression"]) for event in events} == {
            ("leaderboard_app.jobs.heartbeat", "rate(1 minute)"),
            ("leaderboard_app.jobs.mend", "rate(1 minute)"),
            ("leaderboard_app.jobs.walk", "rate(5 minutes)"),
        }


@pytest.mark.parametrize("name", ["heartbeat", "mend", "walk"])
def test_a_job_is_found_by_its_name_and_takes_what_lambda_gives(name: str) -> None:
    job: Any = getattr(importlib.import_module("leaderboard_app.jobs"), name)
    inspect.signature(job).bind({"detail-type": "Scheduled Event"}, None)


def test_to_import_the_jobs_is_no_work() -> None:
    """It needs no setting and makes no client: the first call does."""
    code = "import leaderboard_app.jobs as j; assert not j.process.cache_info().currsize"
    environ = {"PYTHONPATH": str(CHECKOUT)}
    subprocess.run([sys.executable, "-c", code], env=environ, cwd=CHECKOUT, check=True)


def test_a_heartbeat_says_when_and_which_release_and_where(store: DynamoStore) -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    jobs.heartbeat({}, None)
    (state,) = store.roster.states()
    assert (state.region, state.version, state.site) == (DUBLIN, leaderboard_app.__version__, SITE)
    assert state.heartbeat
    assert before <= state.heartbeat <= datetime.now(UTC)


def test_a_heartbeat_leaves_an_operators_order_as_it_is(store: DynamoStore) -> None:
    store.roster.drain(DUBLIN, Act("act-1", "ann", "a rehearsal", datetime.now(UTC)))
    jobs.heartbeat({}, None)
    assert store.roster.draining(DUBLIN)


def test_mending_works_on_what_was_asked_of_this_region(store: DynamoStore) -> None:
    """Decided in the other region, whose own mending has not reached this region's entry."""
    now = datetime.now(UTC)
    store.client.put_item(TableName=store.table_name, Item=items.board_item(BOARD))
    sent = submission(10, at=now, writer=DUBLIN)
    send(store, sent, now=now)
    act = Act("act-1", "ann", "cheated", now)
    store.moderation.remove(BOARD.board_id, sent.player.player_id, sent.submission_id, act, REGIONS)
    assert jobs.mend({}, None) == 1
    assert read.top(store, View(BOARD, ALL_TIME), now).rows == ()


class Lambda:
    """What Lambda tells a function of its run."""

    memory_limit_in_mb = "512"

    def __init__(self, left_ms: int) -> None:
        self.left_ms = left_ms

    def get_remaining_time_in_millis(self) -> int:
        return self.left_ms


def test_walking_leaves_places_for_every_ranking_that_changed(store: DynamoStore) -> None:
    """Within the time that Lambda leaves it; where there is none, the next run does it."""
    now = datetime.now(UTC)
    store.client.put_item(TableName=store.table_name, Item=items.board_item(BOARD))
    send(store, submission(10, at=now, writer=DUBLIN), now=now)
    assert jobs.walk({}, Lambda(left_ms=0)) == 0
    assert jobs.walk({}, Lambda(left_ms=60_000)) == 4
    known = store.walks.walked(BOARD.board_id, now)
    assert {walked.past.total for walked in known.values()} == {1}


def test_the_age_of_the_places_is_counted_for_each_board(
    store: DynamoStore, caplog: pytest.LogCaptureFixture
) -> None:
    """It grows while nobody finds the time to walk, from the walk before."""
    now = datetime.now(UTC)
    store.client.put_item(TableName=store.table_name, Item=items.board_item(BOARD))
    send(store, submission(10, at=now, writer=DUBLIN), now=now)
    with caplog.at_level(logging.INFO, METRICS):
        jobs.walk({}, Lambda(left_ms=0))
        assert caplog.records == [], "before the first walk there is no place to be old"
        jobs.walk({}, Lambda(left_ms=60_000))
    (line,) = [json.loads(each.getMessage()) for each in caplog.records if each.name == METRICS]
    assert line["board"] == BOARD.board_id
    assert 0 <= line["RankAge"] < 60


def test_where_nothing_was_asked_nothing_is_mended(store: DynamoStore) -> None:
    assert store.roster.states() == ()
    assert jobs.mend({}, None) == 0


@pytest.mark.parametrize("job", [jobs.heartbeat, jobs.mend, jobs.walk])
def test_a_job_that_can_not_reach_its_table_fails_for_all_to_see(
    store: DynamoStore, job: Callable[[object, object], object]
) -> None:
    drop(store)
    with pytest.raises(StoreUnavailable):
        job({}, None)


def test_the_pages_and_the_jobs_share_one_store(store: DynamoStore) -> None:
    jobs.heartbeat({}, None)
    page = process().app.test_client().get("/status.json").json
    assert page
    assert [each["state"] for each in page["regions"]] == ["silent", "fresh"]
    assert store is process().store


def test_the_process_runs_on_the_checkouts_deployment(store: DynamoStore) -> None:
    assert store.table_name == Deployment.read().table
    assert process().ownership.region == DUBLIN


def test_the_app_knows_the_release_that_setup_cfg_names() -> None:
    config = ConfigParser()
    config.read(CHECKOUT / "setup.cfg", encoding="utf-8")
    assert leaderboard_app.__version__ == config["metadata"]["version"]
