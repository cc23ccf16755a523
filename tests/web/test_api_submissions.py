from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.allowances import Limits
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.keys import Scope
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import Profile
from tests.web.api_world import ADA, API, BATCH, BOARD, SUBMISSIONS, ApiClient, World
from tests.web.memory_store import MemoryStore
from tests.web.worlds import STAR_RUN, CheckedClient, Clock
from tests.worlds import NOW

MISTYPED: dict[str, list[object]] = {
    "score": [True, 1.5, 1e3, "12", None, [], {}],
    "name": [1, None, ["Ada"], {}, True],
    "player_id": [1, None, "", " ", "a/b", "..", "x" * 65],
    "country": [1, None, "", "FIN", "Finland", "ß"],
    "metadata": [1, None, "{}", [], True],
    "submission_id": [1, None, "", "x", "0" * 36],
}


@pytest.fixture
def world(store: MemoryStore, clock: Clock) -> World:
    return World(store, clock)


@pytest.fixture
def api(world: World) -> ApiClient:
    return world.client()


def test_a_score_is_stored_and_ranked(api: ApiClient, world: World) -> None:
    sent = ADA | {"submission_id": world.submission_id(), "metadata": {"level": 3}}
    response = api("POST", SUBMISSIONS, json=sent)
    assert response.status_code == 201
    assert response.headers["Cache-Control"] == "no-store"
    assert response.get_json() == {
        "replayed": False,
        "improved": ["2026-11", "2026-11-23", "2026-W48", "all"],
        "held": False,
        "submission": sent
        | {
            "board_id": "star-run",
            "score_text": "1250",
            "achieved_at": "2026-11-23T12:00:00.000Z",
            "source": "api",
            "writer": "us-west-2",
        },
    }
    assert [row["player_id"] for row in api.get(f"{BOARD}/ranking")["rows"]] == ["ada"]


def test_what_is_sent_again_is_answered_the_same_in_either_region(
    api: ApiClient, world: World
) -> None:
    sent = ADA | {"submission_id": world.submission_id(), "metadata": {"b": [1], "a": {}}}
    first = api.post(SUBMISSIONS, sent)
    again = ADA | {"submission_id": world.submission_id(), "metadata": {"a": {}, "b": [1]}}
    for client in (api, world.client(dublin=True)):
        assert client.post(SUBMISSIONS, again, 200) == first | {"replayed": True}
    assert len(api.get(f"{BOARD}/players/ada")["history"]) == 1


@pytest.mark.parametrize("quote", ["", '"'])
def test_the_idempotency_key_is_the_submissions_id(
    api: ApiClient, world: World, quote: str
) -> None:
    named = {"Idempotency-Key": f"{quote}{world.submission_id()}{quote}"}
    first = api.post(SUBMISSIONS, ADA, headers=named)
    assert first["submission"]["submission_id"] == world.submission_id()
    assert api.post(SUBMISSIONS, ADA, 200, headers=named)["replayed"]


def test_two_names_for_one_submission_are_refused(api: ApiClient, world: World) -> None:
    sent = ADA | {"submission_id": world.submission_id()}
    named = {"Idempotency-Key": world.submission_id(1)}
    problem = api.post(SUBMISSIONS, sent, 422, headers=named)
    assert [fault["field"] for fault in problem["errors"]] == ["Idempotency-Key"]


def test_without_an_id_we_make_one_and_answer_it(api: ApiClient) -> None:
    ids = {api.post(SUBMISSIONS, ADA)["submission"]["submission_id"] for _ in range(2)}
    assert len(ids) == 2


def test_an_id_used_for_something_else_is_a_conflict(api: ApiClient, world: World) -> None:
    sent = ADA | {"submission_id": world.submission_id()}
    api.post(SUBMISSIONS, sent)
    for other in ({"score": 1}, {"name": "Bo"}, {"country": "SE"}, {"metadata": {"a": 1}}):
        problem = api.post(SUBMISSIONS, sent | other, 409)
        assert problem["type"] == f"{API}/docs#submission-conflict"
    assert api.get(f"{BOARD}/players/ada")["history"][0]["score"] == 1250


def test_a_banned_player_is_told_so(api: ApiClient, store: MemoryStore) -> None:
    store.profiles[PlayerId("ada")] = Profile(banned=True)
    assert api.post(SUBMISSIONS, ADA, 403)["type"] == f"{API}/docs#player-banned"


def test_a_closed_board_takes_nothing_new(clock: Clock) -> None:
    world = World(MemoryStore([Board("star-run", "Star Run", is_open=False)]), clock)
    assert world.client().post(SUBMISSIONS, ADA, 409)["type"] == f"{API}/docs#board-closed"


def test_a_board_that_is_not_there_is_not_found(api: ApiClient) -> None:
    api.post(f"{API}/boards/mars/submissions", ADA, 404)


def test_where_the_table_is_away_the_answer_says_when_to_come_back(
    api: ApiClient, store: MemoryStore
) -> None:
    api.get(f"{API}/boards")
    api.post(SUBMISSIONS, ADA)
    store.away = True
    problem = api.post(SUBMISSIONS, ADA, 503)
    assert problem["retry_after"] == 7
    assert "counts once" in problem["detail"]
    store.away = False
    again = ADA | {"submission_id": problem["submission_id"]}
    assert not api.post(SUBMISSIONS, again)["replayed"]
    assert api.post(SUBMISSIONS, again, 200)["replayed"]


def test_every_fault_is_named_with_what_would_be_right(api: ApiClient) -> None:
    sent = {
        "submission_id": "no",
        "player_id": "a b",
        "name": "\x00",
        "country": "ZZ",
        "score": 10**7,
        "metadata": {"a": "x" * 1024},
        "extra": 1,
    }
    problem = api.post(SUBMISSIONS, sent, 422)
    said = {fault["field"]: fault["message"] for fault in problem["errors"]}
    assert set(said) == set(sent)
    assert said["score"] == "This board takes scores from 0 to 1\u202f000\u202f000."
    assert said["metadata"] == "Metadata has 1032 bytes, and at most 1024 fit."
    assert "U+0000" in said["name"]


def test_what_is_missing_is_asked_for(api: ApiClient) -> None:
    problem = api.post(SUBMISSIONS, {}, 422)
    fields = [fault["field"] for fault in problem["errors"]]
    assert fields == ["player_id", "name", "country", "score"]


@pytest.mark.parametrize(
    ("field", "value"),
    [(field, value) for field, values in MISTYPED.items() for value in values],
)
def test_no_value_is_taken_for_another(api: ApiClient, field: str, value: object) -> None:
    problem = api.post(SUBMISSIONS, ADA | {field: value}, 422)
    assert [fault["field"] for fault in problem["errors"]] == [field]


@pytest.mark.parametrize("ahead", [timedelta(minutes=6), timedelta(days=-8), timedelta(days=9999)])
def test_an_id_from_another_time_is_refused(api: ApiClient, world: World, ahead: timedelta) -> None:
    world.clock.now += ahead
    sent = ADA | {"submission_id": world.submission_id()}
    world.clock.now -= ahead
    problem = api.post(SUBMISSIONS, sent, 422)
    assert [fault["field"] for fault in problem["errors"]] == ["submission_id"]


def test_no_submission_without_a_good_key(world: World, clock: Clock) -> None:
    for secret in ("", "nonsense", world.key()[1].text[:-1] + "x"):
        response = ApiClient(world.oregon, secret)("POST", SUBMISSIONS, json=ADA)
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"] == 'Bearer realm="leaderboard"'
    key, good = world.key()
    basic = {"Authorization": f"Basic {good.text}"}
    response = ApiClient(world.oregon)("POST", SUBMISSIONS, headers=basic, json=ADA)
    assert response.status_code == 401
    world.store.keys.replace(key.rotated(world.key()[1], clock.now), key)
    ApiClient(world.oregon, good.text).post(SUBMISSIONS, ADA, 401)
    assert world.client().get(f"{BOARD}/ranking")["rows"] == []


def test_a_key_of_another_scope_is_told_which_it_takes(world: World) -> None:
    response = world.client(Scope.MODERATE)("POST", SUBMISSIONS, json=ADA)
    assert response.status_code == 403
    assert response.headers["WWW-Authenticate"] == (
        'Bearer error="insufficient_scope", scope="submit"'
    )
    assert response.get_json(force=True)["type"] == f"{API}/docs#out-of-scope"
    world.client(Scope.MODERATE, Scope.SUBMIT).post(SUBMISSIONS, ADA)


def test_a_cookie_opens_nothing(world: World) -> None:
    """No session is read, so no other site's page can send anything in a visitor's name."""
    browser: CheckedClient = world.client().client
    browser.get("/boards/star-run/scores/new")
    assert browser.post(SUBMISSIONS, json=ADA).status_code == 401


def test_an_answer_says_what_is_left_of_the_keys_allowance(api: ApiClient) -> None:
    limit = Limits().key
    response = api("POST", SUBMISSIONS, json=ADA)
    assert int(response.headers["RateLimit-Limit"]) == limit
    assert int(response.headers["RateLimit-Remaining"]) == limit - 1
    many = {"submissions": [ADA, ADA]}
    response = api("POST", BATCH, json=many)
    assert int(response.headers["RateLimit-Remaining"]) == limit - 3


def test_a_batch_answers_each_in_its_order(api: ApiClient, world: World) -> None:
    first, second = world.submission_id(1), world.submission_id(2)
    many = [
        ADA | {"submission_id": first},
        ADA | {"score": "12"},
        ADA | {"submission_id": first},
        ADA | {"submission_id": first, "score": 1},
        "nonsense",
        {"player_id": "bo", "name": "Bo", "country": "SE", "score": 7, "submission_id": second},
    ]
    results = api.post(BATCH, {"submissions": many}, 200)["results"]
    assert [result["status"] for result in results] == [201, 422, 200, 409, 422, 201]
    assert results[2]["replayed"]
    assert results[3]["problem"]["type"] == f"{API}/docs#submission-conflict"
    assert results[4]["problem"]["errors"][0]["field"] == "submissions/4"
    rows = api.get(f"{BOARD}/ranking")["rows"]
    assert [(row["player_id"], row["score"]) for row in rows] == [("ada", 1250), ("bo", 7)]


def test_a_batch_holds_a_hundred_with_all_metadata_that_fits(api: ApiClient) -> None:
    metadata = {"a": "\U0001f600" * 254}
    many = [ADA | {"player_id": f"p{n}", "metadata": metadata} for n in range(100)]
    results = api.post(BATCH, {"submissions": many}, 200)["results"]
    assert [result["status"] for result in results] == [201] * 100
    assert results[99]["submission"]["metadata"] == metadata


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({}, "submissions"),
        ({"submissions": []}, "submissions"),
        ({"submissions": [ADA] * 101}, "submissions"),
        ({"submissions": ADA}, "submissions"),
        ({"submissions": [ADA], "board": "x"}, "board"),
    ],
)
def test_what_is_no_batch_is_refused(api: ApiClient, content: object, field: str) -> None:
    problem = api.post(BATCH, content, 422)
    assert [fault["field"] for fault in problem["errors"]] == [field]


def test_a_batch_has_no_idempotency_key(api: ApiClient, world: World) -> None:
    named = {"Idempotency-Key": world.submission_id()}
    api.post(BATCH, {"submissions": [ADA]}, 422, headers=named)


def test_where_one_player_cannot_be_stored_the_others_are(
    api: ApiClient, store: MemoryStore
) -> None:
    store.batches.refuses = PlayerId("bo")
    many = [ADA, ADA | {"player_id": "bo"}]
    stored, failed = api.post(BATCH, {"submissions": many}, 200)["results"]
    assert (stored["status"], failed["status"]) == (201, 503)
    assert failed["problem"]["retry_after"] == 7
    store.batches.refuses = None
    again = many[1] | {"submission_id": failed["problem"]["submission_id"]}
    assert not api.post(SUBMISSIONS, again)["replayed"]


def test_a_callers_request_id_comes_back(api: ApiClient) -> None:
    named = {"X-Request-Id": "game-1:42"}
    assert api("GET", f"{API}/boards", headers=named).headers["X-Request-Id"] == "game-1:42"
    assert api.get(f"{API}/mars", 404, headers=named)["request_id"] == "game-1:42"
    forged = {"X-Request-Id": "x" * 65}
    assert len(api("GET", f"{API}/boards", headers=forged).headers["X-Request-Id"]) == 16


def test_the_time_of_a_submission_is_its_ids(api: ApiClient, world: World) -> None:
    world.clock.now = NOW - timedelta(days=2)
    sent = ADA | {"submission_id": world.submission_id()}
    world.clock.now = NOW
    answer = api.post(SUBMISSIONS, sent)
    assert answer["submission"]["achieved_at"] == "2026-11-21T12:00:00.000Z"
    assert answer["improved"] == ["2026-11", "2026-11-21", "2026-W47", "all"]


def test_a_score_is_counted_in_the_boards_smallest_unit(world: World) -> None:
    sprint = replace(STAR_RUN, board_id="star-run", decimals=2)
    world = World(MemoryStore([sprint]), world.clock)
    shown = world.client().post(SUBMISSIONS, ADA)["submission"]
    assert (shown["score"], shown["score_text"]) == (1250, "12.50")


def test_what_a_game_says_beside_a_score_is_on_the_players_page(api: ApiClient) -> None:
    page = f"{BOARD}/players/ada".removeprefix(API)
    api.post(SUBMISSIONS, ADA)
    heading = api.client.page(page).get("history").all("thead")
    assert "Told by the game" not in next(heading).text
    api.post(SUBMISSIONS, ADA | {"score": 1, "metadata": {"b": "<b>", "a": 1}})
    cells = [row[3] for row in api.client.page(page).rows("history")]
    assert sorted(cells) == ["", '{"a":1,"b":"<b>"}']
