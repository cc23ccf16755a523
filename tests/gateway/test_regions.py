"""The regions' items: what is told of each, in one call, over every backend of the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from leaderboard_app.deployment import Deployment, Stage
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.regions import Draining, RegionState
from leaderboard_app.factory import create_app
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.settings import Settings
from tests.gateway.calls import consuming, expecting
from tests.worlds import BOARD, DUBLIN, NOW, OREGON, send, submission

ACT = Act("act-1", "ann", "a rehearsal", NOW + timedelta(milliseconds=7))
SITE = "https://dublin.example"


def test_of_a_new_table_no_region_is_known(store: DynamoStore) -> None:
    assert store.roster.states() == store.roster.glance() == ()
    assert store.roster.draining(OREGON) is None


def test_a_heartbeat_is_read_as_it_was_written(store: DynamoStore) -> None:
    at = NOW + timedelta(milliseconds=123)
    store.roster.beat(DUBLIN, at, "1.2.3", SITE)
    store.roster.beat(OREGON, NOW, "1.2.4", None)
    dublin, oregon = RegionState(DUBLIN, at, "1.2.3", SITE), RegionState(OREGON, NOW, "1.2.4")
    assert store.roster.states() == store.roster.glance() == (dublin, oregon)


def test_the_last_heartbeat_counts(store: DynamoStore) -> None:
    store.roster.beat(OREGON, NOW, "1.0", SITE)
    store.roster.beat(OREGON, NOW + timedelta(minutes=1), "1.1", None)
    assert store.roster.states() == (RegionState(OREGON, NOW + timedelta(minutes=1), "1.1"),)


def test_a_region_is_drained_and_readmitted(store: DynamoStore) -> None:
    draining = Draining("ann", "a rehearsal", ACT.at)
    store.roster.drain(DUBLIN, ACT)
    assert store.roster.draining(DUBLIN) == draining
    assert store.roster.draining(OREGON) is None
    assert store.roster.states() == (RegionState(DUBLIN, draining=draining),)
    store.roster.readmit(DUBLIN, ACT)
    assert store.roster.draining(DUBLIN) is None
    assert store.roster.states() == (RegionState(DUBLIN),)


def test_a_heartbeat_and_an_operators_order_are_items_apart(store: DynamoStore) -> None:
    """Invariant 1: no item has two writers, so neither can undo the other when they cross."""
    store.roster.beat(DUBLIN, NOW, "1.0", SITE)
    before = item_of(store, DUBLIN)
    store.roster.drain(DUBLIN, ACT)
    assert item_of(store, DUBLIN) == before
    order = item_of(store, f"{DUBLIN}#draining")
    store.roster.beat(DUBLIN, NOW + timedelta(minutes=1), "1.1", None)
    assert item_of(store, f"{DUBLIN}#draining") == order
    assert store.roster.draining(DUBLIN)


def test_the_order_keeps_who_gave_it_and_why_also_when_it_is_taken_back(
    store: DynamoStore,
) -> None:
    store.roster.drain(DUBLIN, ACT)
    store.roster.readmit(DUBLIN, replace(ACT, by="bob", why="all is well"))
    kept = item_of(store, f"{DUBLIN}#draining")
    assert (kept["by"]["S"], kept["why"]["S"]) == ("bob", "all is well")


def test_each_is_one_call(store: DynamoStore) -> None:
    for call in (
        lambda: store.roster.beat(OREGON, NOW, "1.0", SITE),
        lambda: store.roster.drain(DUBLIN, ACT),
        lambda: store.roster.readmit(DUBLIN, ACT),
        store.roster.states,
        store.roster.glance,
        lambda: store.roster.draining(OREGON),
    ):
        with expecting(store, 1):
            call()


@pytest.mark.ministack
def test_all_regions_are_read_for_one_unit_at_most(real_store: DynamoStore) -> None:
    store = real_store
    for region in (OREGON, DUBLIN):
        store.roster.beat(region, NOW, "1.0", SITE)
        store.roster.drain(region, ACT)
    with consuming(store) as consumed:
        store.roster.states()
        store.roster.glance()
        store.roster.draining(OREGON)
        store.roster.beat(OREGON, NOW, "1.0", SITE)
    assert consumed == {"Query": 1.5, "GetItem": 0.5, "PutItem": 1}


def test_a_boards_page_with_its_badge_is_one_call_a_shard(store: DynamoStore) -> None:
    """The boards and the regions are in memory; and a page that finds them gone asks once each."""
    wide = replace(BOARD, shards=4)
    store.client.put_item(TableName=store.table_name, Item=items.board_item(wide))
    store.roster.beat(DUBLIN, NOW - timedelta(seconds=2), "1.0", SITE)
    send(store, submission(10, board=wide), wide)
    clock = [NOW]
    stages = (Stage("oregon", OREGON), Stage("dublin", DUBLIN))
    settings = Settings(OREGON, Deployment("arcade", stages), "secret")
    client = create_app(settings, store=store, clock=lambda: clock[0]).test_client()
    for waves, later in (((1, 4, 1), 0), ((4,), 4), ((4, 1), 1)):
        clock[0] += timedelta(seconds=later)
        with expecting(store, *waves):
            assert f"heard from {2 + clock[0].second}" in client.get("/boards/global").text


def item_of(store: DynamoStore, sort: str) -> dict[str, Any]:
    key = {"pk": {"S": "region"}, "sk": {"S": sort}}
    return dict(store.client.get_item(TableName=store.table_name, Key=key)["Item"])
