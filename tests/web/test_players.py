from __future__ import annotations

from datetime import timedelta

import pytest

from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.places import Reach
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.records import Profile
from tests.web.memory_store import MemoryStore
from tests.web.worlds import STAR_RUN, CheckedClient, Clock, Seed
from tests.worlds import DUBLIN

BOARD = "/boards/star-run"
ADA = f"{BOARD}/players/name:ada"


def test_a_player_page_shows_the_best_of_each_period(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 300, ago=timedelta(days=3))
    seed("Ada", 200)
    page = client.page(ADA)
    assert page.one("h1").text == "Ada"
    assert [row[:2] for row in page.rows("bests")] == [
        ["All time", "300"],
        ["November 2026", "300"],
        ["Week 48, 2026", "200"],
        ["Week 47, 2026", "300"],
        ["23 November 2026", "200"],
        ["20 November 2026", "300"],
    ]


def test_a_best_leads_to_its_place_in_the_ranking(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 300)
    link = client.page(ADA).link("Week 48, 2026")
    assert link == f"{BOARD}?period=2026-W48&player=name%3Aada#marked-row"
    assert "Ada is in place 1 of 1" in client.page(link).get("banner").text


def test_a_player_page_shows_what_was_submitted_where_newest_first(
    client: CheckedClient, seed: Seed
) -> None:
    seed("Ada", 100, ago=timedelta(days=2), writer="import")
    seed("Ada", 300, ago=timedelta(days=1), writer=DUBLIN)
    seed("Ada", 200)
    assert client.page(ADA).rows("history") == [
        ["23 Nov 2026, 12:00", "200", "Oregon"],
        ["22 Nov 2026, 12:00", "300 best", "Dublin"],
        ["21 Nov 2026, 12:00", "100", "Import"],
    ]


def test_a_player_goes_by_their_latest_name_and_country(client: CheckedClient, seed: Seed) -> None:
    seed("ADA", 300, "NO", ago=timedelta(days=1))
    seed("Ada", 200, "FI")
    page = client.page(ADA)
    assert page.one("h1").text == "Ada"
    assert "Finland" in page.get("from").text


def test_a_player_page_is_three_steps_of_the_store(
    client: CheckedClient, store: MemoryStore, seed: Seed
) -> None:
    seed("Ada", 300)
    client.get(BOARD)
    store.calls.clear()
    client.page(ADA)
    assert store.calls == {"history": 1, "known": 1, "surroundings": 1}


@pytest.mark.parametrize("player_id", ["name:nobody", "%00", "a b", "x" * 65, "é", "..%2f..", "%"])
def test_nobodys_page_is_not_found(client: CheckedClient, player_id: str) -> None:
    client.page(f"{BOARD}/players/{player_id}", 404)


def test_an_unknown_player_leads_back_to_the_board(client: CheckedClient) -> None:
    page = client.page(f"{BOARD}/players/name:nobody", 404)
    assert page.get("advice").text == "This board knows no player of that id."
    assert page.link("Start at the top of Star Run") == BOARD


@pytest.mark.parametrize("name", ["陈小明", "محمد", "नीलम", "🚀", "..", "a/b", "x" * 32])
def test_a_page_is_there_for_every_name(client: CheckedClient, seed: Seed, name: str) -> None:
    seed(name, 1)
    assert client.page(client.page(BOARD).link(name)).one("h1").text == name


def test_a_player_page_says_the_place_of_all_time_and_leads_to_it(
    client: CheckedClient, seed: Seed
) -> None:
    for score in range(99):
        seed(f"Player {score}", score)
    seed("Ada", 500)
    page = client.page(ADA)
    assert page.get("rank").text == "Place 1 of 100 of all time (exact, top 1\u00a0%)"
    assert page.link("Place 1 of 100") == f"{BOARD}?player=name%3Aada#marked-row"


def test_a_place_of_a_walk_says_as_of_when(
    client: CheckedClient, store: MemoryStore, seed: Seed, clock: Clock
) -> None:
    for score in range(1, 101):
        seed(f"Player {score}", score)
    seed("Ada", 50)
    store.reach = Reach(20, 40)
    store.walk(View(STAR_RUN, ALL_TIME), 10, clock.now)
    clock.now += timedelta(minutes=5)
    page = client.page(ADA)
    assert page.get("rank").text == "Place 52 of 101 of all time (as of 12:00 UTC, top 52\u00a0%)"
    assert "Marked: Place 52, 50." in page.get("spread-says").text


def test_a_player_page_draws_the_progress_that_its_table_lists(
    client: CheckedClient, seed: Seed
) -> None:
    seed("Ada", 100, ago=timedelta(days=2))
    assert client.page(ADA).find("progress") is None
    seed("Ada", 300, ago=timedelta(days=1))
    seed("Ada", 200)
    page = client.page(ADA)
    assert len(list(page.get("progress").all("circle"))) == len(page.rows("history")) == 3
    assert "went from 100 to 300" in page.get("progress-says").text


def test_before_a_walk_a_player_page_has_no_spread(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 100)
    assert client.page(ADA).find("spread") is None


def test_of_a_banned_player_no_place_is_told(
    client: CheckedClient, store: MemoryStore, seed: Seed
) -> None:
    sent = seed("Ada", 100)
    store.profiles[sent.player.player_id] = Profile(banned=True)
    page = client.page(ADA)
    assert page.get("rank").text == "No place of all time: nothing of theirs counts at present."
