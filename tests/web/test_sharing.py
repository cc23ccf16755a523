"""What is the same for everybody: shared for seconds, told to be unchanged, and nobody's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask, template_rendered

from leaderboard_app.web.sharing import Written, WrittenPages
from tests.web.html_page import Page
from tests.web.memory_store import MemoryStore
from tests.web.worlds import CheckedClient, Clock, Seed, client_of, make_app
from tests.worlds import DUBLIN, NOW

BOARD = "/boards/star-run"
FOR_ALL = [
    BOARD,
    f"{BOARD}?period=week&country=FI",
    f"{BOARD}?at=2",
    f"{BOARD}/players/name:ada",
    f"{BOARD}/spread",
    f"{BOARD}/periods",
    f"{BOARD}/find?q=nobody",
    f"{BOARD}.csv",
    f"{BOARD}/spread.csv",
    f"{BOARD}/periods.csv",
    f"{BOARD}/players/name:ada/history.csv",
    f"{BOARD}/number-ones.atom",
    "/embed/boards/star-run",
    "/badge/boards/star-run/players/name:ada.svg",
    "/robots.txt",
    "/sitemap.xml",
]
FOR_ONE = [
    f"{BOARD}?player=name:ada",
    f"{BOARD}.csv?player=name:ada",
    f"{BOARD}/scores/new",
    "/operators/sign-in",
]


@pytest.mark.parametrize("path", FOR_ALL)
def test_who_has_an_answer_already_is_told_that_it_holds(
    client: CheckedClient, seed: Seed, path: str
) -> None:
    seed("Ada", 5)
    first = client.get(path)
    assert (first.status_code, bool(first.data)) == (200, True)
    assert first.headers["Cache-Control"].startswith("public, max-age=")
    assert "Set-Cookie" not in first.headers
    assert "csrf" not in first.text
    for tags in (first.headers["ETag"], f'"other", {first.headers["ETag"]}', "*"):
        again = client.get(path, headers={"If-None-Match": tags})
        assert (again.status_code, again.data) == (304, b"")
        for name in ("ETag", "Cache-Control", "Content-Security-Policy"):
            assert again.headers[name] == first.headers[name]
    assert client.get(path, headers={"If-None-Match": '"other"'}).data == first.data


@pytest.mark.parametrize("path", FOR_ALL)
def test_a_head_request_is_answered_as_a_get_without_the_body(
    client: CheckedClient, seed: Seed, path: str
) -> None:
    seed("Ada", 5)
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == get.headers["ETag"]


@pytest.mark.parametrize("path", FOR_ONE)
def test_what_is_one_readers_own_is_kept_by_nobody(
    client: CheckedClient, seed: Seed, path: str
) -> None:
    seed("Ada", 5)
    response = client.get(path)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("path", FOR_ALL)
def test_a_reader_with_a_session_gets_the_same_and_none_of_it(
    client: CheckedClient, other_client: CheckedClient, seed: Seed, path: str
) -> None:
    seed("Ada", 5)
    client.get(f"{BOARD}/scores/new")
    mine, theirs = client.get(path), other_client.get(path)
    assert mine.data == theirs.data
    assert mine.headers["ETag"] == theirs.headers["ETag"]
    assert "Set-Cookie" not in mine.headers


@pytest.mark.parametrize(
    "path", [f"{BOARD}?country=XX", f"{BOARD}?at=x", f"{BOARD}.csv?at=x", "/embed/boards/none"]
)
def test_an_error_is_neither_kept_nor_tagged(client: CheckedClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in {400, 404, 422}
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_a_page_that_could_not_be_made_is_made_at_the_next_try(
    client: CheckedClient, store: MemoryStore, seed: Seed
) -> None:
    seed("Ada", 5)
    client.get("/boards/sprint")
    store.away = True
    assert client.get(BOARD).status_code == 503
    store.away = False
    assert client.get(BOARD).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda seed: seed("Bob", 6),
        lambda seed: seed("Ada", 9),
        lambda seed: seed("ADA", 9),
        lambda seed: seed("Ada", 9, "JP"),
    ],
    ids=["another player", "a better score", "another name", "another country"],
)
def test_a_page_that_changed_is_another_one(
    client: CheckedClient, seed: Seed, change: object
) -> None:
    assert callable(change)
    seed("Ada", 5, ago=timedelta(minutes=1))
    first = client.get(BOARD)
    change(seed)
    again = client.get(BOARD, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]


def way(page: Page, relation: str) -> str:
    """Return where a page's link of a relation leads."""
    return next(each["href"] for each in page.all("a") if each["rel"] == relation)


def test_the_same_rows_under_another_address_are_another_page(
    client: CheckedClient, seed: Seed
) -> None:
    """One that search engines list, one that they do not: what a cursor led back to the top."""
    for number in range(26):
        seed(f"Player {number}", number)
    second = client.page(way(client.page(BOARD), "next"))
    back = way(second, "prev")
    assert client.get(back).headers["ETag"] != client.get(BOARD).headers["ETag"]
    for host in ("http://localhost", "http://127.0.0.1", "https://localhost", "http://localhost/x"):
        assert (
            f'<link rel="canonical" href="{host}{BOARD}">' in client.get(BOARD, base_url=host).text
        )


def test_the_news_of_a_beating_region_change_the_page_but_not_its_tag(
    store: MemoryStore, clock: Clock, client: CheckedClient
) -> None:
    """Who asks every few seconds whether something is new is told so once a beat."""
    store.roster.beat(DUBLIN, clock.now, "1", None)
    first = client.get(BOARD)
    clock.now += timedelta(seconds=9)
    later = client.get(BOARD)
    assert (first.data == later.data, first.headers["ETag"]) == (False, later.headers["ETag"])
    store.roster.beat(DUBLIN, clock.now, "1", None)
    clock.now += timedelta(seconds=8)
    assert client.get(BOARD).headers["ETag"] != later.headers["ETag"]


def test_a_remembered_page_has_the_news_of_now_and_the_names_as_they_were(
    app: Flask, store: MemoryStore, clock: Clock, client: CheckedClient, seed: Seed
) -> None:
    seed("heard from 3 s ago", 5, ago=timedelta(minutes=1))
    store.roster.beat(DUBLIN, clock.now, "1", None)
    with template_rendered.connected_to(lambda *_, **__: written.append(1), app):
        written: list[int] = []
        for seconds in (3, 7, 10):
            clock.now += timedelta(seconds=seconds - (clock.now - NOW).seconds)
            page = client.page(BOARD)
            assert f"heard from {seconds}\u00a0s ago" in page.get("news-eu-west-1").text
            assert "heard from 3 s ago" in page.get("ranking").text
    assert len(written) == 1


def test_a_rush_of_readers_asks_the_table_once_and_sees_its_own_score_all_the_same(
    store: MemoryStore, clock: Clock, seed: Seed
) -> None:
    app = make_app(store, clock, tops_kept=timedelta(seconds=1))
    reader = client_of(app)
    for path in (BOARD, BOARD, f"{BOARD}.csv", "/embed/boards/star-run", f"{BOARD}?period=all"):
        assert "Ada" not in reader.get(path).text
    assert store.calls["rows"] == 1
    seed("Ada", 5)
    own = reader.get(f"{BOARD}?player=name:ada")
    assert reader.page_of(own).find("marked-row")
    assert store.calls["rows"] == 1
    clock.now += timedelta(seconds=1)
    assert "Ada" in reader.get(BOARD).text


def test_a_page_is_written_out_once(app: Flask, client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5)
    written: list[str] = []
    with template_rendered.connected_to(
        lambda _, template, **__: written.append(template.name), app
    ):
        assert client.get(BOARD).data == client.get(BOARD).data
        assert written == ["board.html"]
        seed("Bob", 6)
        client.get(BOARD)
    assert written == ["board.html"] * 2


def test_the_oldest_page_gives_way() -> None:
    pages, made = WrittenPages(most=2), list[str]()

    def get(name: str) -> Written:
        def write() -> Written:
            made.append(name)
            return Written(b"", name)

        return pages.get(name, write)

    for name in ("a", "b", "a", "c", "c", "b", "a"):
        assert get(name).tag == name
    assert made == ["a", "b", "c", "a"]
