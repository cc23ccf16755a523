"""The feed of new number ones, as a reader of feeds sees it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest

from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.rankings import View
from tests.web.memory_store import MemoryStore
from tests.web.worlds import STAR_RUN, CheckedClient, Clock, Seed
from tests.worlds import NOW

FEED = "/boards/star-run/number-ones.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


def fetch(client: CheckedClient, base_url: str = "https://localhost/oregon") -> ET.Element:
    response = client.get(FEED, base_url=base_url)
    assert response.mimetype == "application/atom+xml"
    return ET.fromstring(response.data)  # noqa: S314 - our own answer.


def entries(feed: ET.Element) -> list[dict[str, str]]:
    return [
        {each.tag.removeprefix(ATOM): each.text or each.get("href") or "" for each in entry}
        for entry in feed.iter(f"{ATOM}entry")
    ]


def test_it_has_what_a_feed_must_have(client: CheckedClient, seed: Seed) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: an id, a title, when it changed, an author, its own address."""
    for name in ("", "Ada"):
        if name:
            seed(name, 5)
        feed = fetch(client)
        for element in (feed, *feed.iter(f"{ATOM}entry")):
            UUID(element.findtext(f"{ATOM}id", "").removeprefix("urn:uuid:"))
            assert element.findtext(f"{ATOM}title")
            assert element.findtext(f"{ATOM}updated", "").endswith("Z")
            assert element.findtext(f"{ATOM}author/{ATOM}name")
        links = {each.get("rel"): each.get("href") for each in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"https://localhost/oregon{FEED}"
        assert links["alternate"] == "https://localhost/oregon/boards/star-run"


def test_it_tells_who_leads_and_who_won_latest_first(
    client: CheckedClient, store: MemoryStore, clock: Clock, seed: Seed
) -> None:
    seed("Ada", 5)
    store.walk(View(STAR_RUN, Period.containing(PeriodKind.DAY, NOW)), 1, NOW)
    clock.now += timedelta(days=1)
    seed("Bob", 1250)
    leads, won = entries(fetch(client))
    assert leads["title"] == "Bob leads Star Run with 1\u202f250"
    assert leads["updated"] == "2026-11-24T12:00:00Z"
    assert won["title"] == "Ada won 23 November 2026 with 5"
    assert won["updated"] == "2026-11-24T00:00:00Z"
    assert won["link"].endswith("/oregon/boards/star-run?period=2026-11-23")
    assert fetch(client).findtext(f"{ATOM}updated") == leads["updated"]


def test_an_entry_is_the_same_in_every_region_until_somebody_does_better(
    client: CheckedClient, dublin: CheckedClient, seed: Seed
) -> None:
    seed("Ada", 5)
    (here,), (there,) = entries(fetch(client)), entries(fetch(dublin, "http://localhost"))
    assert here["id"] == there["id"]
    seed("Ada", 6)
    (better,) = entries(fetch(client))
    assert better["id"] != here["id"]


@pytest.mark.parametrize("name", ["<b>&\"'", "A\uffff", "\ufffe]]>", "名前"])
def test_every_name_makes_a_whole_feed(client: CheckedClient, seed: Seed, name: str) -> None:
    seed(name, 5)
    (entry,) = entries(fetch(client))
    assert "leads Star Run with 5" in entry["title"]
