"""Regions are seen as of seconds ago, to ask never fails, and the last one can't be drained."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from botocore.exceptions import EndpointConnectionError

from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.regions import RegionState
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.ports import Roster, StoreUnavailable
from leaderboard_app.usecases.regions import (
    MAX_AGE,
    LastRegion,
    Regions,
    beat,
    complete,
    drain,
    readmit,
)
from tests.worlds import DUBLIN, NOW, OREGON, REGIONS

ACT = Act("act-1", "ann", "a rehearsal", NOW)
A_MOMENT = timedelta(milliseconds=1)


class Plug:
    """Pulls a store's plug, for those of its calls that can't wait."""

    def __init__(self, store: DynamoStore) -> None:
        self.is_out = False
        store.hasty_client.meta.events.register("before-send.dynamodb", self)

    def __call__(self, **_: object) -> None:
        if self.is_out:
            raise EndpointConnectionError(endpoint_url="http://unplugged")


def test_a_heartbeat_is_seen_with_all_that_it_tells(store: DynamoStore) -> None:
    beat(store.roster, DUBLIN, "1.0", "https://dublin.example", NOW)
    seen = Regions(store.roster, REGIONS, lambda: NOW).seen()
    assert seen.is_known
    assert seen.states == (
        RegionState(OREGON),
        RegionState(DUBLIN, NOW, "1.0", "https://dublin.example"),
    )


def test_what_was_seen_is_remembered_for_a_few_seconds(store: DynamoStore) -> None:
    clock = [NOW]
    regions = Regions(store.roster, REGIONS, lambda: clock[0])
    before = regions.seen()
    drain(store.roster, REGIONS, DUBLIN, ACT)
    clock[0] += MAX_AGE - A_MOMENT
    assert regions.seen() is before
    clock[0] += A_MOMENT
    assert regions.seen().is_draining(DUBLIN)
    assert not regions.seen().is_draining(OREGON)


def test_where_nothing_can_be_read_that_is_said_and_tried_again_later(store: DynamoStore) -> None:
    clock, plug = [NOW], Plug(store)
    regions = Regions(store.roster, REGIONS, lambda: clock[0])
    plug.is_out = True
    assert not regions.seen().is_known
    assert regions.seen().states == (RegionState(OREGON), RegionState(DUBLIN))
    plug.is_out = False
    assert not regions.seen().is_known
    clock[0] += MAX_AGE
    assert regions.seen().is_known


def test_what_was_known_before_is_no_news_but_not_forgotten(store: DynamoStore) -> None:
    """Pages still find the other region's address."""
    clock, plug = [NOW], Plug(store)
    regions = Regions(store.roster, REGIONS, lambda: clock[0])
    beat(store.roster, DUBLIN, "1.0", "https://dublin.example", NOW)
    drain(store.roster, REGIONS, DUBLIN, ACT)
    assert regions.seen().is_draining(DUBLIN)
    clock[0] += MAX_AGE
    plug.is_out = True
    assert regions.seen().of(DUBLIN).site == "https://dublin.example"
    assert not regions.seen().is_draining(DUBLIN)


def test_a_region_that_no_stage_names_is_not_shown(store: DynamoStore) -> None:
    beat(store.roster, "sa-east-1", "0.9", None, NOW)
    states = Regions(store.roster, REGIONS, lambda: NOW).seen().states
    assert [state.region for state in states] == list(REGIONS)


def test_all_but_one_region_can_be_drained(store: DynamoStore) -> None:
    drain(store.roster, REGIONS, DUBLIN, ACT)
    drain(store.roster, REGIONS, DUBLIN, ACT)
    with pytest.raises(LastRegion, match="All regions but us-west-2 are draining"):
        drain(store.roster, REGIONS, OREGON, ACT)
    assert store.roster.draining(OREGON) is None
    readmit(store.roster, REGIONS, DUBLIN, ACT)
    drain(store.roster, REGIONS, OREGON, ACT)
    assert store.roster.draining(OREGON)


def test_a_region_that_is_no_more_takes_nobodys_traffic(store: DynamoStore) -> None:
    """What counts is the deployment, not what once left an item behind."""
    beat(store.roster, "sa-east-1", "0.9", None, NOW)
    with pytest.raises(LastRegion):
        drain(store.roster, [OREGON], OREGON, ACT)


@pytest.mark.parametrize("order", [drain, readmit])
def test_a_region_that_no_stage_names_can_not_be_ordered_about(
    store: DynamoStore, order: Callable[[Roster, Sequence[str], str, Act], None]
) -> None:
    with pytest.raises(InvalidValue, match="No stage runs in 'sa-east-1'"):
        order(store.roster, REGIONS, "sa-east-1", ACT)


def test_a_heartbeat_that_is_not_taken_is_an_error(store: DynamoStore) -> None:
    store.client.update_table(TableName=store.table_name, DeletionProtectionEnabled=False)
    store.client.delete_table(TableName=store.table_name)
    with pytest.raises(StoreUnavailable):
        beat(store.roster, OREGON, "1.0", None, NOW)


def test_a_deployments_regions_come_in_its_order() -> None:
    states = complete([RegionState(DUBLIN, NOW), RegionState("sa-east-1")], REGIONS)
    assert states == (RegionState(OREGON), RegionState(DUBLIN, NOW))
