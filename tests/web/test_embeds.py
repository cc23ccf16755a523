"""Boards and badges for other sites: who may show them, what they say, what they never hold."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from leaderboard_app.embedders import embedders
from tests.web.memory_store import MemoryStore
from tests.web.worlds import SPRINT, CheckedClient, Clock, Seed, client_of, make_app

EMBED = "/embed/boards/star-run"
BADGE = "/badge/boards/star-run/players"
SVG = "{http://www.w3.org/2000/svg}"


def ancestors(client: CheckedClient, path: str = EMBED) -> str:
    policy = client.get(path).headers["Content-Security-Policy"]
    found = re.search("frame-ancestors ([^;]+)$", policy)
    assert found
    return found[1]


def test_nobody_may_frame_a_board_unless_a_setting_says_so(client: CheckedClient) -> None:
    assert ancestors(client) == "'none'"


@pytest.mark.parametrize("setting", ["*", "https://game.example https://*.studio.example:8443"])
def test_who_the_setting_names_may_frame_a_board_and_nothing_else(
    store: MemoryStore, clock: Clock, setting: str
) -> None:
    client = client_of(make_app(store, clock, embedders=embedders(setting)))
    assert ancestors(client) == setting
    assert "X-Frame-Options" not in client.get(EMBED).headers
    for path in ("/boards/star-run", f"{EMBED}?rows=0", "/embed/boards/none"):
        assert ancestors(client, path) == "'none'"


@pytest.mark.parametrize(
    "setting",
    [
        "game.example",
        "https://a.example/x",
        "https://a;script-src",
        "* https://a.example",
        "'self'",
    ],
)
def test_a_setting_that_could_say_more_than_who_is_refused(setting: str) -> None:
    with pytest.raises(ValueError, match="no origin"):
        embedders(setting)


def test_it_is_a_board_and_nothing_around_it(client: CheckedClient, seed: Seed) -> None:
    for number in range(12):
        seed(f"Player {number}", number)
    response = client.get(EMBED)
    page = client.page_of(response)
    assert len(page.all("tr")) == 11
    assert not page.all("form", "input", "button", "script", "iframe")
    assert "Set-Cookie" not in response.headers
    assert page.one("base")["target"] == "_top"
    assert len(client.page(f"{EMBED}?rows=3").all("tr")) == 4


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_a_theme_is_chosen_by_the_address(client: CheckedClient, theme: str) -> None:
    assert client.page(f"{EMBED}?theme={theme}").one("html")["data-theme"] == theme


@pytest.mark.parametrize(
    "query",
    ["rows=0", "rows=26", "rows=x", "rows=٣", "rows=-1", "theme=red", "period=x", "country=XX"],
)
def test_what_can_not_be_shown_is_refused(client: CheckedClient, query: str) -> None:
    assert client.get(f"{EMBED}?{query}").status_code == 400


def test_it_leads_to_the_whole_ranking_of_its_period(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 1000, board=SPRINT)
    page = client.page("/embed/boards/sprint?period=day&country=FI")
    assert page.one("h1").text == "Sprint 23 November 2026, Finland"
    links = [each["href"] for each in page.all("a")]
    assert links == ["/boards/sprint?period=day&country=FI", "/boards/sprint/players/name:ada"]


def said(client: CheckedClient, path: str) -> list[str]:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    picture = ET.fromstring(response.data)  # noqa: S314 - our own answer.
    assert not [
        name for each in picture.iter() for name in each.attrib if name in {"style", "href"}
    ]
    return [each.text or "" for each in picture.iter(f"{SVG}text")]


def test_a_badge_says_a_players_place(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5)
    seed("Bob", 6)
    assert said(client, f"{BADGE}/name:ada.svg") == ["Star Run", "#2"]
    assert said(client, f"{BADGE}/name:ada.svg?period=day&country=FI") == [
        "Star Run, 23 November 2026, Finland",
        "#2",
    ]


def test_who_has_no_place_has_a_badge_all_the_same(client: CheckedClient) -> None:
    """A page that shows it is not left with a broken image."""
    assert said(client, f"{BADGE}/name:nobody.svg") == ["Star Run", "no place"]


def test_other_sites_may_show_a_badge_as_an_image_that_does_nothing(client: CheckedClient) -> None:
    headers = client.get(f"{BADGE}/name:ada.svg").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Cache-Control"] == "public, max-age=60"
