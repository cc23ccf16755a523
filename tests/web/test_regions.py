from __future__ import annotations

from datetime import timedelta

import pytest

from tests.web.html_page import Page
from tests.web.memory_store import MemoryStore
from tests.web.worlds import CheckedClient, Clock, client_of, draining, make_app
from tests.worlds import DUBLIN, NOW, OREGON

BOARD = "/boards/star-run"


def test_every_page_says_which_region_served_it(
    client: CheckedClient, dublin: CheckedClient
) -> None:
    for path, status in ((BOARD, 200), (f"{BOARD}/scores/new", 200), ("/nowhere", 404)):
        served = client.page(path, status).get("served").text
        assert served.startswith("Served from Oregon (us-west-2)")
        served = dublin.page(path, status).get("served").text
        assert served.startswith("Served from Dublin (eu-west-1)")


def test_a_page_leads_to_itself_in_the_other_regions(client: CheckedClient) -> None:
    page = client.page(f"{BOARD}?period=week&country=FI")
    there = f"https://dublin.example/base{BOARD}?period=week&country=FI"
    assert page.link("See it in Dublin") == there


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/a%20b/%C3%A9", "/a%20b/%C3%A9"),
        ("/%22%3E%3Cb%3E", "/%22%3E%3Cb%3E"),
        ("/x?q=%22%3E&r=é", "/x?q=%22%3E&r=%C3%A9"),
        ("/%2F%2Fevil.example", "/evil.example"),
    ],
)
def test_whatever_an_address_holds_is_quoted(client: CheckedClient, path: str, there: str) -> None:
    assert client.page(path, 404).link("See it in Dublin") == f"https://dublin.example/base{there}"


def test_a_form_with_errors_leads_to_the_form_elsewhere(client: CheckedClient) -> None:
    form = f"{BOARD}/scores/new"
    page = Page(client.post(f"{form}?period=week", data={}).text)
    assert page.link("See it in Dublin") == f"https://dublin.example/base{form}?period=week"


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=2), "heard from 2 s ago"),
        (timedelta(seconds=119), "heard from 1 min ago"),
        (timedelta(minutes=2), "late, heard from 2 min ago"),
        (timedelta(minutes=5), "silent for 5 min"),
        (timedelta(days=2), "silent for 2 d"),
    ],
)
def test_every_page_says_when_the_other_region_was_last_heard_from(
    client: CheckedClient, store: MemoryStore, clock: Clock, ago: timedelta, said: str
) -> None:
    store.roster.beat(OREGON, clock.now, "1.0", None)
    store.roster.beat(DUBLIN, clock.now - ago, "1.0", None)
    for path, status in ((BOARD, 200), (f"{BOARD}/scores/new", 200), ("/nowhere", 404)):
        news = client.page(path, status).get(f"news-{DUBLIN}").text
        assert news.replace("\u00a0", " ") == f"See it in Dublin ({said})"


def test_a_region_that_never_was_heard_from_is_said_to_be_so(client: CheckedClient) -> None:
    assert "not heard from yet" in client.page(BOARD).get(f"news-{DUBLIN}").text


def test_the_age_goes_on_while_the_heartbeat_is_remembered(
    client: CheckedClient, store: MemoryStore, clock: Clock
) -> None:
    store.roster.beat(DUBLIN, clock.now, "1.0", None)
    client.get(BOARD)
    clock.now += timedelta(seconds=4)
    store.calls.clear()
    assert "heard from 4\u00a0s ago" in client.page(BOARD).get(f"news-{DUBLIN}").text
    assert store.calls == {"rows": 1}


def test_heartbeats_that_can_not_be_read_take_no_page_away(
    client: CheckedClient, store: MemoryStore, clock: Clock
) -> None:
    form = f"{BOARD}/scores/new"
    client.get(form)
    clock.now += timedelta(seconds=5)
    store.away = True
    news = client.page(form).get(f"news-{DUBLIN}").text
    assert "its heartbeat can’t be read just now" in news
    assert "See it in Dublin" in news


def test_a_region_whose_address_nobody_knows_is_named_without_a_link(store: MemoryStore) -> None:
    store.roster.beat(DUBLIN, NOW, "1.0", None)
    page = client_of(make_app(store, sites={})).page(BOARD)
    assert not list(page.get(f"news-{DUBLIN}").all("a"))
    assert "Dublin (heard from 0\u00a0s ago)" in page.get(f"news-{DUBLIN}").text


def test_a_region_tells_its_address_by_its_heartbeat(store: MemoryStore) -> None:
    store.roster.beat(DUBLIN, NOW, "1.0", "https://told.example")
    page = client_of(make_app(store, sites={})).page(BOARD)
    assert page.link("See it in Dublin") == f"https://told.example{BOARD}"


def test_a_draining_region_says_so_on_every_page_and_the_others_say_so_of_it(
    client: CheckedClient, dublin: CheckedClient, store: MemoryStore
) -> None:
    store.roster.beat(OREGON, NOW, "1.0", None)
    store.roster.drain(OREGON, draining())
    for path, status in ((BOARD, 200), (f"{BOARD}/scores/new", 200), ("/nowhere", 404)):
        said = client.page(path, status).get("draining").text
        assert said.startswith("Oregon is being taken out of service for a while")
        there = dublin.page(path, status)
        assert there.find("draining") is None
        assert "draining, heard from" in there.get(f"news-{OREGON}").text


def test_a_draining_region_still_takes_scores(client: CheckedClient, store: MemoryStore) -> None:
    store.roster.drain(OREGON, draining())
    form = f"{BOARD}/scores/new"
    sent = client.page(form).fields("score-form")
    sent |= {"name": "Ada", "country": "FI", "score": "7"}
    assert client.post(form, data=sent).status_code == 303


def test_no_page_says_anything_of_draining_on_a_quiet_day(client: CheckedClient) -> None:
    assert "drain" not in client.get(BOARD).text


def test_every_page_leads_to_the_status_of_all_regions(client: CheckedClient) -> None:
    assert client.page(BOARD).link("All regions") == "/status"
