"""What pages tell search engines, and sites that show a card of a link."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from leaderboard_app.web.languages.known import LANGUAGES
from tests.web.html_page import Page
from tests.web.worlds import CheckedClient, Seed

BOARD = "/boards/star-run"
ROOT = "https://localhost/oregon"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def told(page: Page) -> dict[str, str]:
    metas = page.all("meta")
    return {each["name"] or each["property"]: each["content"] for each in metas}


def canonical(page: Page) -> str | None:
    links = [each["href"] for each in page.all("link") if each["rel"] == "canonical"]
    return links[0] if links else None


@pytest.mark.parametrize(
    ("path", "title"),
    [
        (BOARD, "Star Run: All time"),
        (f"{BOARD}?period=week&country=FI", "Star Run: Week 48, 2026 in Finland"),
        (f"{BOARD}/players/name:ada", "Ada on Star Run"),
        (f"{BOARD}/periods?kind=day", "Past winners of Star Run"),
        (f"{BOARD}/spread?period=day", "How scores are spread on Star Run"),
        (f"{BOARD}/scores/new", "Add score to Star Run"),
        ("/status", "Status"),
    ],
)
def test_a_page_says_what_it_is_and_where(
    client: CheckedClient, seed: Seed, path: str, title: str
) -> None:
    seed("Ada", 1250)
    page = client.page_of(client.get(path, base_url=ROOT))
    says = told(page)
    assert says["og:title"] == title
    assert says["og:description"] == says["description"]
    assert says["description"]
    assert says["og:locale"] == "en_US"
    assert canonical(page) == says["og:url"] == f"{ROOT}{path}"
    assert says["twitter:card"] == "summary_large_image"
    image = client.get(says["og:image"].removeprefix(ROOT), base_url=ROOT)
    assert (image.status_code, image.mimetype) == (200, "image/png")
    assert "immutable" in image.headers["Cache-Control"]


def test_a_card_says_its_language(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 1250)
    assert told(client.page(f"/de{BOARD}"))["og:locale"] == "de_DE"
    assert told(client.page(f"/ar{BOARD}"))["og:locale"] == "ar_AR"


@pytest.mark.parametrize(
    "path", [f"{BOARD}/find?q=x", f"{BOARD}/scores/held", "/operators/sign-in", "/api/v1/docs"]
)
def test_what_nobody_shares_is_described_too(client: CheckedClient, path: str) -> None:
    assert told(client.page(path))["description"]


def test_a_card_names_who_is_in_front(client: CheckedClient, seed: Seed) -> None:
    for name, score in (("Ada", 5), ('"><b>', 1250), ("Cy", 3), ("Di", 1)):
        seed(name, score)
    says = told(client.page(BOARD))["description"]
    assert says == 'Star Run: All time. In front: "><b> with 1\u202f250, Ada with 5, Cy with 3.'
    assert told(client.page(f"{BOARD}/players/name:ada"))["og:description"] == (
        "Ada on Star Run: place 2 of 4 of all time, with 5."
    )


def test_one_of_many_views_of_a_ranking_is_not_listed(client: CheckedClient, seed: Seed) -> None:
    for number in range(26):
        seed(f"Player {number}", number)
    turned = next(each["href"] for each in client.page(BOARD).all("a") if each["rel"] == "next")
    for path in (turned, f"{BOARD}?at=9", f"{BOARD}?player=name:ada"):
        page = client.page(path)
        assert (told(page)["robots"], canonical(page)) == ("noindex", None)


def test_robots_are_led_to_a_map_of_all_boards(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5)
    robots = client.get("/robots.txt", base_url=ROOT)
    assert robots.mimetype == "text/plain"
    assert "Disallow: /oregon/operators\n" in robots.text
    (address,) = re.findall("Sitemap: (.+)\n", robots.text)
    assert address == f"{ROOT}/sitemap.xml"
    listed = [
        each.text or ""
        for each in ET.fromstring(client.get("/sitemap.xml", base_url=ROOT).data).iter(LOC)  # noqa: S314
    ]
    assert {f"{ROOT}{each}{BOARD}" for each in ("", "/de", "/ar")} <= set(listed)
    assert len(listed) == len(LANGUAGES) * (8 + 4)
    for each in listed:
        path = each.removeprefix(ROOT)
        page = client.page_of(client.get(path, base_url=ROOT))
        assert canonical(page) == each
