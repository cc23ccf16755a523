"""What the server gives the script of a board's pages, and to whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.html_page import Page
from tests.web.worlds import CheckedClient, Seed

BOARD = "/boards/star-run"
WALL = f"{BOARD}?display=wall"
SCRIPT = Path(__file__).resolve().parents[2] / "static" / "live.js"
MOST = 6 * 1024
"""Bytes of the script, before it is compressed."""


def scripts(page: Page) -> list[str]:
    return [each["src"].partition("?")[0] for each in page.all("script")]


@pytest.mark.parametrize("path", [BOARD, f"{BOARD}?player=nobody", f"{BOARD}?at=x", WALL])
def test_a_boards_page_may_run_our_script_and_ask_for_our_pages(
    client: CheckedClient, path: str
) -> None:
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; ")
    assert "connect-src 'self';" in policy
    assert scripts(Page(response.text)) == ["/static/live.js"]


@pytest.mark.parametrize(
    "path",
    [f"{BOARD}/scores/new", f"{BOARD}/players/name:ada", f"{BOARD}/spread", "/status", "/nowhere"],
)
def test_no_other_page_may_run_any(client: CheckedClient, seed: Seed, path: str) -> None:
    seed("Ada", 5)
    response = client.get(path)
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert scripts(Page(response.text)) == []


def test_the_script_stays_small_and_is_served_as_one(client: CheckedClient) -> None:
    assert client.get("/static/live.js").mimetype == "text/javascript"
    assert SCRIPT.stat().st_size < MOST


def test_only_a_rankings_top_takes_in_new_scores(client: CheckedClient, seed: Seed) -> None:
    for number in range(30):
        seed(f"Player {number}", number)
    assert "data-live" in client.page(BOARD).get("rows").attributes
    for query in ("at=2&by=page", "player=name:ada"):
        page = client.page(f"{BOARD}?{query}")
        assert "data-live" not in page.get("rows").attributes
        assert page.find("live") is None


def test_a_big_screen_shows_ten_rows_of_the_same_ranking(client: CheckedClient, seed: Seed) -> None:
    for number in range(30):
        seed(f"Player {number}", number)
    page, wall = client.page(BOARD), client.page(WALL)
    assert wall.rows() == page.rows()[:10]
    assert page.link("For a big screen") == WALL
    assert wall.find("tabs") is wall.find("find") is wall.find("pages") is None


def test_a_big_screen_loads_itself_again_where_no_script_does(client: CheckedClient) -> None:
    (again,) = client.page(WALL).one("noscript").all("meta")
    assert (again["http-equiv"], again["content"]) == ("refresh", "10")
    assert not client.page(BOARD).all("noscript")


def test_a_display_that_there_is_not_is_refused_in_words(client: CheckedClient) -> None:
    page = client.page(f"{BOARD}?display=watch", 400)
    assert "display=wall" in page.get("advice").text
