from __future__ import annotations

import pytest

from tests.web.html_page import Page
from tests.web.worlds import CheckedClient, Seed

BOARD = "/boards/star-run"
EVERYWHERE = [
    "/",
    BOARD,
    f"{BOARD}/scores/new",
    "/status",
    "/status.json",
    "/livez",
    "/healthz",
    "/nowhere",
    "/static/icon.svg",
]


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
def test_every_answer_says_what_the_browser_may_do_with_it(
    client: CheckedClient, path: str, method: str
) -> None:
    headers = client.open(path, method=method).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_only_https_is_told_to_stay_https(client: CheckedClient) -> None:
    assert "Strict-Transport-Security" not in client.get(BOARD).headers
    headers = client.get(BOARD, base_url="https://localhost").headers
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_a_page_that_is_the_same_for_all_may_be_shared_for_two_seconds(
    client: CheckedClient, seed: Seed
) -> None:
    seed("Ada", 1)
    for path in (BOARD, f"{BOARD}?country=FI", f"{BOARD}/players/name:ada"):
        assert client.get(path).headers["Cache-Control"] == "public, max-age=2"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"{BOARD}/scores/new",
        f"{BOARD}?player=name:ada",
        "/status",
        "/status.json",
        "/livez",
        "/healthz",
        "/nowhere",
    ],
)
def test_all_else_is_kept_by_nobody(client: CheckedClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_for_ever_under_the_address_of_their_content(
    client: CheckedClient,
) -> None:
    page = client.page(BOARD)
    files = {each["href"] for each in page.all("link") if each["rel"] in {"icon", "stylesheet"}}
    assert len(files) == 2
    for address in files:
        assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=", "?v=000000000000", "?v=x&v=y"])
def test_static_files_are_asked_for_again_under_any_other_address(
    client: CheckedClient, query: str
) -> None:
    response = client.get(f"/static/leaderboard.css{query}")
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-cache")


def test_a_missing_static_file_is_not_kept(client: CheckedClient) -> None:
    response = client.get("/static/nothing.css?v=1")
    assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-store")
    assert Page(response.text).one("h1").text == "There is nothing here"
