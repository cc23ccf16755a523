from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import View
from tests.web.api_world import API, BOARD, ApiClient, World
from tests.web.html_page import Page
from tests.web.memory_store import MemoryStore
from tests.web.worlds import SPRINT, STAR_RUN, Clock, Seed

READINGS = [
    f"{API}/boards",
    BOARD,
    f"{BOARD}/periods",
    f"{BOARD}/ranking",
    f"{BOARD}/spread",
    f"{BOARD}/players?q=Ada",
    f"{BOARD}/players/name:ada",
    f"{BOARD}/players/name:ada/rank",
    f"{BOARD}/players/name:ada/around",
]


@pytest.fixture
def api(store: MemoryStore, clock: Clock) -> ApiClient:
    """Return a caller without a key: reading is open to all."""
    return ApiClient(World(store, clock).oregon)


def places(page: dict[str, Any]) -> list[tuple[int, str]]:
    return [(row["place"], row["name"]) for row in page["rows"]]


def test_boards_are_listed_and_shown_alone(api: ApiClient) -> None:
    boards = api.get(f"{API}/boards")["boards"]
    assert [board["board_id"] for board in boards] == ["sprint", "star-run"]
    assert api.get(BOARD) == boards[1]
    assert boards[0] == {
        "board_id": "sprint",
        "title": "Sprint",
        "order": "lower",
        "operator": "best",
        "unit": "points",
        "decimals": 2,
        "minimum": 900,
        "maximum": 10_000,
        "periods": ["all", "day"],
        "is_open": True,
    }


def test_a_spread_has_the_score_at_every_step(
    api: ApiClient, store: MemoryStore, clock: Clock, seed: Seed
) -> None:
    nothing = {"board_id": "star-run", "period": "all", "total": None, "taken_at": None}
    assert api.get(f"{BOARD}/spread") == nothing | {"places": []}
    for number in range(4):
        seed(f"Player {number}", 1000 + number)
    store.walk(View(STAR_RUN, ALL_TIME), 2, clock.now)
    found = api.get(f"{BOARD}/spread")
    assert (found["total"], found["taken_at"]) == (4, "2026-11-23T12:00:00.000Z")
    assert found["places"] == [
        {"place": 1, "score": 1003, "score_text": "1003"},
        {"place": 3, "score": 1001, "score_text": "1001"},
    ]


def test_the_periods_of_now_say_when_they_begin_and_end(api: ApiClient) -> None:
    periods = api.get(f"{API}/boards/sprint/periods")
    assert periods == {
        "board_id": "sprint",
        "current": [
            {"period": "all", "kind": "all", "start": None, "end": None},
            {
                "period": "2026-11-23",
                "kind": "day",
                "start": "2026-11-23T00:00:00.000Z",
                "end": "2026-11-24T00:00:00.000Z",
            },
        ],
        "past": [],
    }


def test_a_ranking_is_turned_page_by_page_to_its_end_and_back(api: ApiClient, seed: Seed) -> None:
    for number in range(7):
        seed(f"P{number}", number * 10)
    first = api.get(f"{BOARD}/ranking?limit=3")
    assert places(first) == [(1, "P6"), (2, "P5"), (3, "P4")]
    assert first["previous_cursor"] is None
    second = api.get(f"{BOARD}/ranking?limit=3&cursor={first['next_cursor']}")
    assert places(second) == [(4, "P3"), (5, "P2"), (6, "P1")]
    third = api.get(f"{BOARD}/ranking?limit=3&cursor={second['next_cursor']}")
    assert places(third) == [(7, "P0")]
    assert third["next_cursor"] is None
    back = api.get(f"{BOARD}/ranking?limit=3&cursor={third['previous_cursor']}")
    assert back["rows"] == second["rows"]


def test_a_row_says_what_the_pages_row_says(api: ApiClient, seed: Seed) -> None:
    seed("Ada", 1250, board=SPRINT)
    (row,) = api.get(f"{API}/boards/sprint/ranking")["rows"]
    assert row == {
        "place": 1,
        "player_id": "name:ada",
        "name": "Ada",
        "country": "FI",
        "score": 1250,
        "score_text": "12.50",
        "achieved_at": "2026-11-23T12:00:00.000Z",
    }
    shown = Page(api.client.get("/boards/sprint").text).rows()[0]
    assert (shown[1], shown[3]) == (row["name"], row["score_text"])


def test_a_ranking_may_be_one_countrys_in_one_period(api: ApiClient, seed: Seed) -> None:
    seed("Ada", 5, "FI")
    seed("Bo", 7, "SE")
    seed("Cy", 9, "FI", ago=timedelta(days=1))
    finns = api.get(f"{BOARD}/ranking?country=FI&period=day")
    assert (finns["period"], finns["country"]) == ("2026-11-23", "FI")
    assert places(finns) == [(1, "Ada")]
    assert places(api.get(f"{BOARD}/ranking?period=2026-11-22")) == [(1, "Cy")]


def test_a_ranking_may_be_opened_at_any_place(api: ApiClient, seed: Seed) -> None:
    for number in range(9):
        seed(f"P{number}", number)
    middle = api.get(f"{BOARD}/ranking?place=5&limit=2")
    assert places(middle) == [(5, "P4"), (6, "P3")]
    last = api.get(f"{BOARD}/ranking?place=1000&limit=2")
    assert places(last) == [(8, "P1"), (9, "P0")]


def test_an_empty_ranking_has_no_rows_and_no_rank(api: ApiClient) -> None:
    empty = api.get(f"{BOARD}/ranking")
    assert (empty["rows"], empty["rank"], empty["next_cursor"]) == ([], None, None)


def test_a_player_has_a_rank_a_total_and_a_percentile(api: ApiClient, seed: Seed) -> None:
    for number in range(4):
        seed(f"P{number}", number)
    rank = api.get(f"{BOARD}/players/name:p2/rank?period=week")
    assert rank["rank"] == {"place": 2, "exact": True, "as_of": None}
    assert (rank["total"], rank["percentile"]) == (4, 50.0)
    assert (rank["period"], rank["best"]["score"]) == ("2026-W48", 2)


def test_around_a_player_are_as_many_rows_as_were_asked_for(api: ApiClient, seed: Seed) -> None:
    for number in range(9):
        seed(f"P{number}", number)
    around = api.get(f"{BOARD}/players/name:p4/around?above=1&below=2")
    assert places(around) == [(4, "P5"), (5, "P4"), (6, "P3"), (7, "P2")]
    assert around["player"]["rank"]["place"] == 5
    after = api.get(f"{BOARD}/ranking?limit=2&cursor={around['next_cursor']}")
    assert places(after) == [(8, "P1"), (9, "P0")]


def test_a_player_has_bests_and_a_history(api: ApiClient, seed: Seed) -> None:
    seed("Ada", 5)
    seed("Ada", 9, ago=timedelta(days=1))
    player = api.get(f"{BOARD}/players/name:ada")
    assert (player["name"], player["country"]) == ("Ada", "FI")
    bests = {best["period"]: best["score"] for best in player["bests"]}
    assert (bests["all"], bests["2026-11-23"], bests["2026-11-22"]) == (9, 5, 9)
    assert [one["score"] for one in player["history"]] == [5, 9]
    assert player["history"][0]["metadata"] == {}


def test_players_are_found_by_id_and_by_name(api: ApiClient, seed: Seed) -> None:
    seed("Ada", 5)
    for text in ("name:ada", "ADA", "ada"):
        found = api.get(f"{BOARD}/players?q={text}")
        assert [player["name"] for player in found["players"]] == ["Ada"]
    assert api.get(f"{BOARD}/players?q=nobody") == {"players": [], "more": False}


@pytest.mark.parametrize("path", READINGS)
def test_what_has_not_changed_is_answered_with_304(api: ApiClient, seed: Seed, path: str) -> None:
    seed("Ada", 5)
    first = api("GET", path)
    assert first.status_code == 200
    assert first.headers["Cache-Control"] in {"public, max-age=2", "no-cache"}
    again = api("GET", path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("path", READINGS[3:4] + READINGS[6:])
def test_what_has_changed_is_answered_anew(api: ApiClient, seed: Seed, path: str) -> None:
    seed("Ada", 5)
    before = api("GET", path).headers["ETag"]
    seed("Ada", 9)
    after = api("GET", path, headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.headers["ETag"] != before


@pytest.mark.parametrize("path", READINGS)
def test_where_the_table_is_away_every_reading_says_when_to_come_back(
    api: ApiClient, store: MemoryStore, path: str
) -> None:
    store.away = True
    assert api.get(path, 503)["retry_after"] == 7


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("ranking?limit=0", "limit"),
        ("ranking?limit=101", "limit"),
        ("ranking?limit=ten", "limit"),
        ("ranking?limit=", "limit"),
        ("ranking?limit=1&limit=2", "limit"),
        ("ranking?limit=١", "limit"),
        ("ranking?place=0", "place"),
        ("ranking?place=99999999999", "place"),
        ("ranking?period=soon", "period"),
        ("ranking?period=2026-13", "period"),
        ("ranking?country=Finland", "country"),
        ("ranking?cursor=made-up", "cursor"),
        ("ranking?sort=name", "sort"),
        ("players", "q"),
        ("players?q=", "q"),
        ("players?q=%00", "q"),
        ("players/ada/around?above=-1", "above"),
        ("players/ada?period=week", "period"),
        ("periods?a=1", "a"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(api: ApiClient, path: str, field: str) -> None:
    problem = api.get(f"{BOARD}/{path}", 400)
    assert [fault["field"] for fault in problem["errors"]] == [field]
    assert problem["errors"][0]["message"] in problem["detail"]


@pytest.mark.parametrize(
    "other", ["boards/sprint/ranking?", "boards/star-run/ranking?period=week&", "country"]
)
def test_a_cursor_of_another_ranking_is_refused(api: ApiClient, seed: Seed, other: str) -> None:
    for number in range(3):
        seed(f"P{number}", number)
    cursor = api.get(f"{BOARD}/ranking?limit=1")["next_cursor"]
    path = f"{BOARD}/ranking?country=FI&" if other == "country" else f"{API}/{other}"
    assert "another ranking" in api.get(f"{path}cursor={cursor}", 400)["detail"]


def test_a_cursor_and_a_place_are_not_taken_together(api: ApiClient, seed: Seed) -> None:
    for number in range(3):
        seed(f"P{number}", number)
    cursor = api.get(f"{BOARD}/ranking?limit=1")["next_cursor"]
    api.get(f"{BOARD}/ranking?cursor={cursor}&place=2", 400)


@pytest.mark.parametrize(
    "path",
    [
        *(f"{API}/boards/mars", f"{API}/boards/mars/ranking", f"{API}/mars", f"{API}/"),
        *(f"{BOARD}/players/nobody", f"{BOARD}/players/nobody/rank"),
        *(f"{BOARD}/players/nobody/around", f"{BOARD}/players/a%20b", f"{BOARD}/players/.."),
        *(f"{API}/boards/sprint/ranking?period=week", "/api/v2/boards", "/api/"),
    ],
)
def test_what_is_not_there_is_a_problem(api: ApiClient, path: str) -> None:
    api.get(path, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_is_for_reading_takes_no_other_method(api: ApiClient, method: str) -> None:
    response = api(method, f"{BOARD}/ranking")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
