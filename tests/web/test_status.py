from __future__ import annotations

from datetime import timedelta

import pytest

from leaderboard_app import __version__
from leaderboard_app.web.status import ALL_IS_WELL, NOTHING_KNOWN
from tests.web.html_page import Page
from tests.web.memory_store import MemoryStore
from tests.web.worlds import CheckedClient, Clock, client_of, draining, make_app
from tests.worlds import DUBLIN, OREGON

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _heard(store: MemoryStore, clock: Clock) -> None:
    """Let both regions have beaten: this one a second ago, the other 2.5."""
    store.roster.beat(OREGON, clock.now - timedelta(seconds=1), "1.0", None)
    store.roster.beat(DUBLIN, clock.now - timedelta(seconds=2.5), "0.9", "https://told.example")


def test_all_regions_are_shown_and_this_one_is_marked(client: CheckedClient) -> None:
    page = client.page("/status")
    assert page.rows("regions") == [
        ["Oregon (us-west-2) here", "in service", "heard from 1\u00a0s ago", "1.0"],
        ["Dublin (eu-west-1)", "in service", "heard from 2\u00a0s ago", "0.9"],
    ]
    marked = [each["id"] for each in page.all("tr") if each["aria-current"]]
    assert marked == [f"region-{OREGON}"]
    assert page.get("verdict").text == ALL_IS_WELL
    assert f"release {__version__}" in page.one("main").text


def test_the_other_region_shows_the_same_and_marks_itself(dublin: CheckedClient) -> None:
    page = dublin.page("/status")
    assert page.rows("regions")[1][0] == "Dublin (eu-west-1) here"


def test_heartbeats_are_there_for_machines_too(client: CheckedClient) -> None:
    times = [each["datetime"] for each in client.page("/status").all("time")]
    assert times == ["2026-11-23T11:59:59Z", "2026-11-23T11:59:57Z"]


def test_what_is_not_as_it_should_be_is_said_first(
    client: CheckedClient, store: MemoryStore, clock: Clock
) -> None:
    clock.now += timedelta(minutes=7)
    store.roster.beat(OREGON, clock.now - timedelta(minutes=3), "1.0", None)
    store.roster.drain(OREGON, draining())
    page = client.page("/status")
    assert [each.text.replace("\u00a0", " ") for each in page.get("verdict").all("li")] == [
        "Oregon: late, heard from 3 min ago.",
        "Oregon is draining: traffic is led to the others.",
        "Dublin: silent for 7 min.",
    ]
    assert page.rows("regions")[0][1] == "draining since 23 Nov 2026, 12:00"


def test_a_region_that_never_was_heard_from_is_listed(clock: Clock) -> None:
    store = MemoryStore([])
    page = client_of(make_app(store, clock)).page("/status")
    assert [row[1:] for row in page.rows("regions")] == [
        ["in service", "not heard from yet", "not known"]
    ] * 2


def test_it_is_one_call_and_none_when_it_is_remembered(
    client: CheckedClient, store: MemoryStore
) -> None:
    store.calls.clear()
    client.get("/status")
    client.get("/status.json")
    assert store.calls == {"glance": 1}


def test_machines_get_json(client: CheckedClient, store: MemoryStore) -> None:
    store.roster.drain(DUBLIN, draining())
    response = client.get("/status.json")
    assert response.mimetype == "application/json"
    assert response.json == {
        "region": OREGON,
        "version": __version__,
        "at": "2026-11-23T12:00:00Z",
        "regions": [
            {
                "region": OREGON,
                "place": "Oregon",
                "here": True,
                "site": "https://oregon.example",
                "state": "fresh",
                "heartbeat": "2026-11-23T11:59:59Z",
                "age_seconds": 1.0,
                "version": "1.0",
                "draining": False,
                "draining_since": None,
            },
            {
                "region": DUBLIN,
                "place": "Dublin",
                "here": False,
                "site": "https://dublin.example/base",
                "state": "fresh",
                "heartbeat": "2026-11-23T11:59:57Z",
                "age_seconds": 2.5,
                "version": "0.9",
                "draining": True,
                "draining_since": "2026-11-23T12:00:00Z",
            },
        ],
    }


def test_a_region_that_is_not_known_has_nothing_in_json(clock: Clock) -> None:
    answer = client_of(make_app(MemoryStore([]), clock, sites={})).get("/status.json").json
    assert answer
    assert answer["regions"][0] == {
        "region": OREGON,
        "place": "Oregon",
        "here": True,
        "site": None,
        "state": "silent",
        "heartbeat": None,
        "age_seconds": None,
        "version": None,
        "draining": False,
        "draining_since": None,
    }


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("application/json", "application/json"),
        ("application/json, text/html;q=0.5", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("", "text/html"),
        ("image/png", "text/html"),
        ("application/json;q=x, ,;", "text/html"),
    ],
)
def test_the_page_is_json_for_who_asks_for_it(
    client: CheckedClient, accept: str, mimetype: str
) -> None:
    response = client.get("/status", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, mimetype)
    assert response.headers["Vary"] == "Accept"


def test_who_drains_a_region_and_why_is_not_shown_to_everybody(
    client: CheckedClient, store: MemoryStore
) -> None:
    store.roster.drain(OREGON, draining())
    for path in ("/status", "/status.json", "/boards/star-run", "/healthz"):
        text = client.get(path).text
        assert draining().by not in text
        assert draining().why not in text


def test_a_table_that_does_not_answer_is_said_on_the_page(
    client: CheckedClient, store: MemoryStore
) -> None:
    store.away = True
    response = client.get("/status")
    page = Page(response.text)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert page.get("verdict").text == NOTHING_KNOWN
    assert page.find("regions") is None


@pytest.mark.parametrize(("path", "headers"), [("/status.json", {}), ("/status", JSON)])
def test_a_table_that_does_not_answer_is_a_problem_for_machines(
    client: CheckedClient, store: MemoryStore, path: str, headers: dict[str, str]
) -> None:
    store.away = True
    response = client.get(path, headers=headers)
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert response.headers["Retry-After"] == "5"
    assert response.json
    assert response.json["region"] == OREGON


def test_the_page_leads_to_itself_in_the_other_region_and_to_the_json(
    client: CheckedClient,
) -> None:
    page = client.page("/status")
    assert page.link("See it in Dublin") == "https://dublin.example/base/status"
    assert page.link("status.json") == "/status.json"
