from __future__ import annotations

from datetime import timedelta

import pytest

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.periods import ALL_TIME, Period
from leaderboard_app.domain.rankings import View
from tests.web.memory_store import MemoryStore
from tests.web.worlds import SPRINT, STAR_RUN, CheckedClient, Clock, Seed

SPREAD = "/boards/star-run/spread"


def walked(
    store: MemoryStore, clock: Clock, period: Period = ALL_TIME, board: Board = STAR_RUN
) -> None:
    store.walk(View(board, period), 1, clock.now)


def test_a_ranking_is_shown_as_a_picture_and_in_numbers(
    client: CheckedClient, store: MemoryStore, clock: Clock, seed: Seed
) -> None:
    for score in range(1, 101):
        seed(f"Player {score}", score)
    walked(store, clock)
    page = client.page(SPREAD)
    assert page.get("says").text == (
        "All time: 100 players, from 100 at the top to 1; half of them reached 51 or better."
    )
    assert page.rows("spread-facts")[:2] == [["Players", "100"], ["Best", "100"]]
    assert "as of 12:00 UTC" in page.one("caption").text
    drawing = page.get("spread-says")
    assert drawing.text.startswith("100 players")
    assert list(page.get("spread").all("rect"))


def test_a_walk_of_yesterday_is_said_with_its_day(
    client: CheckedClient, store: MemoryStore, clock: Clock, seed: Seed
) -> None:
    seed("Ada", 5)
    walked(store, clock)
    clock.now += timedelta(days=1)
    assert "as of 23 Nov 2026, 12:00 UTC" in client.page(SPREAD).one("caption").text


def test_a_period_has_its_own_picture(
    client: CheckedClient, store: MemoryStore, clock: Clock, seed: Seed
) -> None:
    seed("Ada", 5)
    walked(store, clock, Period.parse("2026-W48"))
    page = client.page(f"{SPREAD}?period=week")
    assert page.get("says").text == "Week 48, 2026: One player, with 5."
    assert page.link("Back to Star Run") == "/boards/star-run?period=week"
    assert page.link("Month") == f"{SPREAD}?period=month"


def test_before_the_first_walk_the_page_says_so(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5)
    page = client.page(SPREAD)
    assert "No picture yet" in page.get("empty").text
    assert page.find("spread") is None


def test_an_empty_ranking_has_no_picture(
    client: CheckedClient, store: MemoryStore, clock: Clock
) -> None:
    walked(store, clock)
    assert "No scores here yet" in client.page(SPREAD).get("empty").text


def test_scores_are_shown_as_the_board_shows_them(
    client: CheckedClient, store: MemoryStore, clock: Clock, seed: Seed
) -> None:
    seed("Slow", 1234, board=SPRINT)
    seed("Quick", 987, board=SPRINT)
    walked(store, clock, board=SPRINT)
    page = client.page("/boards/sprint/spread")
    assert page.rows("spread-facts")[1:3] == [["Best", "9.87"], ["Median", "9.87 or less"]]
    assert "← better" in page.get("spread").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/boards/nowhere/spread", 404),
        (f"{SPREAD}?period=x", 400),
        (f"{SPREAD}?period=%00", 400),
        ("/boards/sprint/spread?period=month", 404),
        (f"{SPREAD}?period=2026-10", 200),
    ],
)
def test_a_hostile_address_is_answered_with_a_page(
    client: CheckedClient, path: str, status: int
) -> None:
    client.page(path, status)


def test_a_picture_is_one_step_of_the_store(client: CheckedClient, store: MemoryStore) -> None:
    client.get(SPREAD)
    store.calls.clear()
    client.page(SPREAD)
    assert store.calls == {"boundaries": 1}


def test_the_board_leads_to_the_picture_of_its_period(client: CheckedClient) -> None:
    page = client.page("/boards/star-run?period=week")
    assert page.link("How scores are spread") == f"{SPREAD}?period=week"
