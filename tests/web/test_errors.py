from __future__ import annotations

import pytest
from flask import Flask, abort
from werkzeug.exceptions import TooManyRequests

from leaderboard_app.web.errors import WORDS
from tests.web.html_page import Page
from tests.web.memory_store import MemoryStore
from tests.web.worlds import CheckedClient, client_of, make_app

BOARD = "/boards/star-run"


@pytest.fixture
def failing(app: Flask) -> CheckedClient:
    """Return a client of an app with a page that fails as it is asked to."""

    @app.get("/fail/<int:code>")
    def fail(code: int) -> str:
        if code == 500:
            raise ZeroDivisionError
        if code == 429:
            raise TooManyRequests(retry_after=30)
        abort(code)

    return client_of(app)


@pytest.mark.parametrize("code", WORDS)
def test_every_error_has_a_page_that_says_what_happened_and_leads_on(
    failing: CheckedClient, code: int
) -> None:
    page = failing.page(f"/fail/{code}", code)
    assert page.one("h1").text == WORDS[code].title
    assert page.get("advice").text == WORDS[code].advice
    assert "Served from Oregon" in page.get("served").text


def test_an_error_nobody_thought_of_has_a_page(failing: CheckedClient) -> None:
    assert failing.page("/fail/418", 418).one("h1").text == "That can’t be done"


def test_what_broke_inside_is_not_shown(failing: CheckedClient) -> None:
    assert "ZeroDivision" not in failing.get("/fail/500").text


@pytest.mark.parametrize("code", [429, 500, 503])
def test_what_may_go_away_by_itself_leads_to_another_try(failing: CheckedClient, code: int) -> None:
    page = failing.page(f"/fail/{code}?a=1&b=%C3%A9", code)
    assert page.link("Try again") == f"/fail/{code}?a=1&b=%C3%A9"


def test_another_try_never_leads_to_another_host(app: Flask) -> None:
    app.before_request(lambda: abort(429))
    response = client_of(app).get("/", environ_overrides={"PATH_INFO": "//evil.example/"})
    assert Page(response.text).link("Try again") == "/evil.example/"


def test_too_many_requests_say_when_to_come_back(failing: CheckedClient) -> None:
    assert failing.get("/fail/429").headers["Retry-After"] == "30"


def test_the_wrong_method_says_which_are_right(client: CheckedClient) -> None:
    response = client.post(BOARD)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_form_beyond_64_kb_is_too_much(client: CheckedClient) -> None:
    response = client.post(f"{BOARD}/scores/new", data={"name": "x" * 65_537})
    assert response.status_code == 413
    assert Page(response.text).one("h1").text == WORDS[413].title


PAGES = [BOARD, f"{BOARD}?player=name:ada", f"{BOARD}/players/name:ada"]


@pytest.mark.parametrize("path", [*PAGES, "/", f"{BOARD}/scores/new"])
def test_a_store_out_of_reach_from_the_start_is_a_page_that_says_when_to_come_back(
    client: CheckedClient, store: MemoryStore, path: str
) -> None:
    store.away = True
    _is_away(client, path)


@pytest.mark.parametrize("path", PAGES)
def test_a_store_that_goes_away_later_is_the_same(
    client: CheckedClient, store: MemoryStore, path: str
) -> None:
    client.get(BOARD)
    store.away = True
    _is_away(client, path)


def _is_away(client: CheckedClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "7")
    assert Page(response.text).link("Try again") == path


def test_the_form_needs_no_store_once_the_boards_are_known(
    client: CheckedClient, store: MemoryStore
) -> None:
    client.get(BOARD)
    store.away = True
    client.page(f"{BOARD}/scores/new")


def test_an_error_page_is_kept_by_nobody(failing: CheckedClient) -> None:
    assert failing.get("/fail/404").headers["Cache-Control"] == "no-store"


def test_an_error_page_leads_to_the_same_page_elsewhere(store: MemoryStore) -> None:
    client = client_of(make_app(store))
    client.get(BOARD)
    store.away = True
    page = client.page(f"{BOARD}?period=week", 503)
    assert page.link("See it in Dublin") == f"https://dublin.example/base{BOARD}?period=week"
