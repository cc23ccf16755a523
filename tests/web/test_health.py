from __future__ import annotations

from datetime import timedelta

from tests.web.memory_store import MemoryStore
from tests.web.worlds import CheckedClient, draining
from tests.worlds import DUBLIN, NOW, OREGON


def test_liveness_asks_nobody(client: CheckedClient, store: MemoryStore) -> None:
    store.away = True
    response = client.get("/livez")
    assert response.json == {"status": "ok", "region": "us-west-2"}
    assert not store.calls


def test_health_is_one_small_read(client: CheckedClient, store: MemoryStore) -> None:
    response = client.get("/healthz")
    assert response.json == {"status": "ok", "region": "us-west-2", "store": "ok"}
    assert store.calls == {"draining": 1}


def test_a_store_out_of_reach_is_a_problem_that_says_when_to_ask_again(
    client: CheckedClient, store: MemoryStore
) -> None:
    store.away = True
    response = client.get("/healthz")
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert response.headers["Retry-After"] == "7"
    assert response.json == {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "The table of this region does not answer.",
        "region": "us-west-2",
    }


def test_a_draining_region_is_unhealthy_so_that_traffic_leaves(
    client: CheckedClient, dublin: CheckedClient, store: MemoryStore
) -> None:
    store.roster.drain(OREGON, draining())
    response = client.get("/healthz")
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert response.headers["Retry-After"] == "60"
    assert response.json == {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "This region is draining: lead traffic to another.",
        "region": "us-west-2",
    }
    assert client.get("/livez").status_code == 200
    assert dublin.get("/healthz").status_code == 200


def test_a_readmitted_region_is_healthy_at_once(client: CheckedClient, store: MemoryStore) -> None:
    store.roster.drain(OREGON, draining())
    client.get("/healthz")
    store.roster.readmit(OREGON, draining())
    assert client.get("/healthz").status_code == 200


def test_a_region_that_hears_nothing_of_the_others_is_healthy(
    client: CheckedClient, store: MemoryStore
) -> None:
    store.roster.beat(DUBLIN, NOW - timedelta(days=1), "1.0", None)
    assert client.get("/healthz").status_code == 200


def test_health_is_never_answered_from_a_cache(client: CheckedClient, store: MemoryStore) -> None:
    for store.away in (False, True):
        assert client.get("/healthz").headers["Cache-Control"] == "no-store"
