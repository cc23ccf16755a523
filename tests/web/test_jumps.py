from __future__ import annotations

import pytest

from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.places import Reach
from leaderboard_app.domain.rankings import View
from tests.web.memory_store import MemoryStore
from tests.web.worlds import STAR_RUN, CheckedClient, Clock, Seed

BOARD = "/boards/star-run"


@pytest.fixture
def hundred(seed: Seed) -> None:
    """Seed a hundred players, whose places are their names."""
    for place in range(1, 101):
        seed(f"Player {place}", 1000 - place)


@pytest.mark.usefixtures("hundred")
@pytest.mark.parametrize(
    ("query", "first", "numbers"),
    [
        ("at=40", "40", "Places 40 to 64"),
        ("at=26&by=place", "26", "Page 2, places 26 to 50"),
        ("at=3&by=page", "51", "Page 3, places 51 to 75"),
        ("at=%2040%20", "40", "Places 40 to 64"),
        ("at=1", "1", "Page 1, places 1 to 25"),
        ("at=last", "76", "Page 4, places 76 to 100"),
        ("at=999%E2%80%AF999&by=page", "76", "Page 4, places 76 to 100"),
        ("at=1,000", "76", "Page 4, places 76 to 100"),
        ("at=٤٠", "40", "Places 40 to 64"),
        ("at=４０", "40", "Places 40 to 64"),
        ("at=1000000000000000", "76", "Page 4, places 76 to 100"),
    ],
)
def test_a_jump_shows_the_place_or_the_page(
    client: CheckedClient, query: str, first: str, numbers: str
) -> None:
    page = client.page(f"{BOARD}?{query}")
    assert page.rows()[0][:2] == [first, f"Player {first}"]
    assert page.get("numbers").text == numbers


@pytest.mark.usefixtures("hundred")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the number of a place, for example 40."),
        ("   ", "Enter the number of a place"),
        ("0", "as a whole number from 1 up"),
        ("-5", "as a whole number from 1 up"),
        ("ten", "as a whole number from 1 up"),
        ("1.5", "as a whole number from 1 up"),
        ("4\x000", "as a whole number from 1 up"),
        ("<b>", "as a whole number from 1 up"),
        ("1000000000000001", "No ranking is so long: enter a place up to 1\u202f000"),
        ("9" * 5000, "as a whole number from 1 up"),
    ],
)
def test_what_is_no_place_is_said_and_kept(client: CheckedClient, typed: str, said: str) -> None:
    response = client.get(BOARD, query_string={"at": typed, "by": "place"})
    assert response.status_code == 422
    assert "public" not in response.headers["Cache-Control"]
    page = client.page_of(response)
    assert said in page.get("at-error").text
    assert page.fields("jump")["at"] == typed.replace("\x00", "\ufffd") or typed in response.text
    assert page.rows()[0][0] == "1"


@pytest.mark.usefixtures("hundred")
def test_a_jump_keeps_period_and_country(client: CheckedClient) -> None:
    page = client.page(f"{BOARD}?period=week&country=FI&at=30")
    assert page.fields("jump") == {"period": "week", "country": "FI", "at": "30"}
    assert page.rows()[0][0] == "30"
    assert page.link("First") == f"{BOARD}?period=week&country=FI"


@pytest.mark.usefixtures("hundred")
def test_pages_turn_on_from_a_jump_with_right_places(client: CheckedClient) -> None:
    page = client.page(f"{BOARD}?at=40")
    assert client.page(page.link("Next →")).rows()[0][:2] == ["65", "Player 65"]
    assert client.page(page.link("← Previous")).rows()[0][:2] == ["15", "Player 15"]


@pytest.mark.usefixtures("hundred")
def test_places_of_a_walk_are_said_to_be_once_above_the_table(
    client: CheckedClient, store: MemoryStore, clock: Clock
) -> None:
    store.reach = Reach(30, 60)
    store.walk(View(STAR_RUN, ALL_TIME), 10, clock.now)
    page = client.page(f"{BOARD}?at=40")
    assert page.get("places-note").text == "Places as of 12:00 UTC."
    assert page.get("ranking")["aria-describedby"] == "places-note"
    assert page.rows()[0][:2] == ["40", "Player 40"]
    following = client.page(page.link("Next →"))
    assert following.get("places-note").text == "Places as of 12:00 UTC."
    assert following.rows()[0][0] == "65"


@pytest.mark.usefixtures("hundred")
def test_a_place_out_of_reach_says_how_far_one_can_go(
    client: CheckedClient, store: MemoryStore
) -> None:
    store.reach = Reach(30, 60)
    page = client.page(f"{BOARD}?at=90", 422)
    assert "up to 30" in page.get("at-error").text
    assert page.fields("jump")["at"] == "90"


def test_a_jump_into_an_empty_ranking_is_its_empty_page(client: CheckedClient) -> None:
    assert client.page(f"{BOARD}?at=7").find("empty")
