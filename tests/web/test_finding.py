from __future__ import annotations

import pytest

from leaderboard_app.domain.players import PlayerId
from tests.web.memory_store import MemoryStore
from tests.web.worlds import STAR_RUN, CheckedClient, Seed

BOARD = "/boards/star-run"
FIND = f"{BOARD}/find"


def test_the_board_page_looks_for_players_and_keeps_period_and_country(
    client: CheckedClient,
) -> None:
    page = client.page(f"{BOARD}?period=week&country=FI")
    assert page.get("find")["action"] == FIND
    assert page.fields("find") == {"period": "week", "country": "FI", "q": ""}


@pytest.mark.parametrize("typed", ["Ada", "ada", " ADA ", "name:ada"])
def test_one_match_leads_to_the_row(client: CheckedClient, seed: Seed, typed: str) -> None:
    for score in range(40):
        seed(f"Player {score}", score + 100)
    seed("Ada", 5)
    response = client.get(FIND, query_string={"q": typed})
    assert response.status_code == 302
    assert response.location == f"{BOARD}?player=name%3Aada#marked-row"
    page = client.page(response.location)
    assert [cell.text for cell in page.get("marked-row").all("td", "th")][:2] == ["41", "Ada"]


def test_a_match_is_shown_in_the_period_one_came_from(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5, "FI")
    response = client.get(f"{FIND}?q=ada&period=week&country=FI")
    assert response.location == f"{BOARD}?period=week&country=FI&player=name%3Aada#marked-row"


def test_a_country_that_is_not_the_players_is_left(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5, "FI")
    response = client.get(f"{FIND}?q=ada&country=NO")
    assert response.location == f"{BOARD}?player=name%3Aada#marked-row"


def test_several_matches_are_listed_and_lead_to_their_rows(
    client: CheckedClient, seed: Seed
) -> None:
    for each in range(3):
        seed("Twin", each, "FI", player_id=PlayerId(f"acc-{each}"))
    page = client.page(f"{FIND}?q=twin&period=day")
    assert [row[::2] for row in page.rows("found")] == [
        ["Twin", "acc-0"],
        ["Twin", "acc-1"],
        ["Twin", "acc-2"],
    ]
    link = next(page.get("found").all("a"))["href"]
    assert link == f"{BOARD}?period=day&player=acc-0#marked-row"
    assert page.fields("find") == {"period": "day", "q": "twin"}


def test_too_many_matches_say_that_there_are_more(client: CheckedClient, seed: Seed) -> None:
    for each in range(25):
        seed("Twin", each, player_id=PlayerId(f"acc-{each:02}"))
    page = client.page(f"{FIND}?q=Twin")
    assert len(page.rows("found")) == 20
    assert "The first 20 players of “Twin”; there are more" in page.one("caption").text


@pytest.mark.parametrize("typed", ["Grace", "<script>", "x" * 32, "acc-9", "陈小明"])
def test_nobody_found_says_so_and_keeps_what_was_typed(
    client: CheckedClient, seed: Seed, typed: str
) -> None:
    seed("Ada", 5)
    response = client.get(FIND, query_string={"q": typed})
    assert response.status_code == 200
    page = client.page_of(response)
    assert f"is called “{typed}”" in page.get("empty").text
    assert "Enter the whole name" in page.get("empty").text
    assert page.fields("find")["q"] == typed


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter the name or the id of a player."),
        ("   ", "Enter the name or the id of a player."),
        ("\u200b", "at least one visible character"),
        ("a\x00b", "Take out the control characters"),
        ("a\u202eb", "turn the direction of text"),
        ("é" * 33, "at most 32 fit"),
        ("é" * 5000, "at most 32 fit"),
    ],
)
def test_what_can_be_no_name_is_said_and_kept(
    client: CheckedClient, store: MemoryStore, typed: str, said: str
) -> None:
    response = client.get(FIND, query_string={"q": typed})
    assert response.status_code == 422
    assert said in client.page_of(response).get("q-error").text
    assert store.calls["named"] == 0


@pytest.mark.parametrize(
    ("query", "status"),
    [("q=a&period=x", 400), ("q=a&country=zz", 400), ("q=%ff", 200), ("q=a&q=b", 200)],
)
def test_a_hostile_address_is_answered_with_a_page(
    client: CheckedClient, query: str, status: int
) -> None:
    client.page(f"{FIND}?{query}", status)


def test_a_search_is_one_step_of_the_store(
    client: CheckedClient, store: MemoryStore, seed: Seed
) -> None:
    seed("Ada", 5)
    client.get(BOARD)
    store.calls.clear()
    client.get(f"{FIND}?q=ada")
    assert store.calls == {"named": 1}


def test_a_board_that_is_not_there_has_no_players(client: CheckedClient) -> None:
    client.page("/boards/nowhere/find?q=ada", 404)


def test_players_of_another_board_are_not_found(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5, board=STAR_RUN)
    assert client.page("/boards/sprint/find?q=ada").find("empty")
