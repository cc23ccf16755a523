"""What bad input gets from the API: a precise 4xx, nothing stored, and nothing told of the inside.

`ApiClient` looks at every answer: a problem as RFC 9457 has it, without a word of a stack.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from leaderboard_app.domain.keys import Scope
from leaderboard_app.usecases.keys import MAX_AGE
from tests.web.api_world import ADA, API, BATCH, BOARD, SUBMISSIONS, ApiClient, World
from tests.web.memory_store import MemoryStore
from tests.web.worlds import SPRINT, STAR_RUN, Clock, draining

JSON = "application/json"
NAME_AT_FAULT = [
    "A\x00da",
    "\x00",
    "\u202eada",
    "a\u2066b",
    "two\nlines",
    "two\u2028lines",
    "\ud800",
    "\u200b\u200d",
    "x" * 33,
    "\ue000",
]


@pytest.fixture
def world(store: MemoryStore, clock: Clock) -> World:
    return World(store, clock)


@pytest.fixture
def api(world: World) -> ApiClient:
    return world.client()


def stored(world: World) -> Counter[str]:
    """Return how often something was written."""
    return Counter({name: world.store.calls[name] for name in ("keep", "keep_all")})


def send_raw(
    api: ApiClient, body: bytes, kind: str = JSON, path: str = SUBMISSIONS, **headers: str
) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return api("POST", path, data=body, content_type=kind, headers=named)


def good(**fields: object) -> bytes:
    return json.dumps(ADA | fields).encode()


DEEP = 100_000
MALFORMED = {
    "nothing": b"",
    "no JSON": b"score=1",
    "cut off": good()[:-1],
    "two objects": good() + good(),
    "a trailing comma": good()[:-1] + b",}",
    "a comment": b"/* hello */" + good(),
    "single quotes": b"{'score': 1}",
    "NaN": b'{"score": NaN}',
    "infinity": b'{"score": -Infinity}',
    "a number beyond all floats": b'{"score": 1e999}',
    "a number of many digits": b'{"score": ' + b"9" * 5000 + b"}",
    "a name twice": b'{"score": 1, "score": 2}',
    "a name twice inside": b'{"metadata": {"a": 1, "a": 2}}',
    "a mark of byte order": b"\xef\xbb\xbf" + good(),
    "no UTF-8": b'{"name": "\xff"}',
    "UTF-16": good().decode().encode("utf-16"),
    "UTF-32": good().decode().encode("utf-32"),
    "a NUL": good() + b"\x00",
    "a control character in a text": b'{"name": "a\tb"}',
    "an array": b"[]",
    "a text": b'"ada"',
    "null": b"null",
    "deep arrays": b"[" * 20_000 + b"]" * 20_000,
    "deep objects": b'{"a":' * 9_000 + b"1" + b"}" * 9_000,
    "deep and cut off": b"[" * 60_000,
    "rather deep metadata": good(metadata=json.loads('{"a":' * 17 + "1" + "}" * 17)),
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("path", [SUBMISSIONS, BATCH])
def test_what_is_no_json_as_its_standard_has_it_is_a_bad_request(
    api: ApiClient, world: World, body: bytes, path: str
) -> None:
    assert send_raw(api, body, path=path).status_code == 400
    assert not stored(world).total()


@pytest.mark.parametrize(
    "kind",
    [
        *("", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"),
        *("application/xml", "application/json; charset=latin-1", "application/jsonp"),
        "application/json; charset=utf-16",
    ],
)
def test_what_is_not_declared_as_json_in_utf_8_is_not_read(
    api: ApiClient, world: World, kind: str
) -> None:
    assert send_raw(api, good(), kind).status_code == 415
    assert not stored(world).total()


def test_what_is_packed_is_not_unpacked(api: ApiClient) -> None:
    assert send_raw(api, good(), Content_Encoding="gzip").status_code == 415


@pytest.mark.parametrize("kind", [JSON, "application/json; charset=UTF-8", "Application/JSON"])
def test_json_in_utf_8_is_read_however_it_is_spelt(api: ApiClient, kind: str) -> None:
    assert send_raw(api, good(), kind).status_code == 201


@pytest.mark.parametrize(
    ("path", "size"), [(SUBMISSIONS, 64 * 1024), (BATCH, 512 * 1024), (SUBMISSIONS, 10**7)]
)
def test_a_body_that_is_too_large_is_not_read(
    api: ApiClient, world: World, path: str, size: int
) -> None:
    body = good().ljust(size + 1)
    assert send_raw(api, body, path=path).status_code == 413
    assert not stored(world).total()


def test_a_body_just_small_enough_is_taken(api: ApiClient) -> None:
    assert send_raw(api, good().ljust(64 * 1024)).status_code == 201


@pytest.mark.parametrize("name", NAME_AT_FAULT)
def test_a_name_that_deceives_is_refused(api: ApiClient, world: World, name: str) -> None:
    problem = api.post(SUBMISSIONS, ADA | {"name": name}, 422)
    assert [fault["field"] for fault in problem["errors"]] == ["name"]
    results = api.post(BATCH, {"submissions": [ADA | {"name": name}]}, 200)["results"]
    assert [result["status"] for result in results] == [422]
    assert not stored(world).total()


@pytest.mark.parametrize(
    "metadata", [{"a": "\ud800"}, {"\ud800": 1}, {"a": "é" * 512}, {"a": [0] * 600}]
)
def test_metadata_that_cannot_be_kept_is_refused(
    api: ApiClient, world: World, metadata: object
) -> None:
    problem = api.post(SUBMISSIONS, ADA | {"metadata": metadata}, 422)
    assert [fault["field"] for fault in problem["errors"]] == ["metadata"]
    assert not stored(world).total()


@pytest.mark.parametrize("name", ["\u202egnp", "a\x00", "x" * 10_000, "\ud800", "<script>"])
def test_an_unknown_field_is_refused_and_its_name_does_no_harm(api: ApiClient, name: str) -> None:
    response = api("POST", SUBMISSIONS, data=json.dumps(ADA | {name: 1}), content_type=JSON)
    assert response.status_code == 422
    assert response.data.isascii()


def test_a_revoked_key_is_refused_in_both_regions_once_their_memory_is_over(world: World) -> None:
    key, secret = world.key()
    regions = [ApiClient(world.oregon, secret.text), ApiClient(world.dublin, secret.text)]
    for region in regions:
        region.post(SUBMISSIONS, ADA)
    world.store.keys.revoke(key.key_id, draining())
    world.clock.now += MAX_AGE
    before = stored(world)
    for region in regions:
        region.post(SUBMISSIONS, ADA, 401)
    assert stored(world) == before


def test_a_rotated_keys_former_secret_is_good_for_its_grace_in_both_regions(
    world: World,
) -> None:
    key, former = world.key()
    _, secret = world.key()
    secret = type(secret).make(key.key_id, b"9" * 32)
    until = world.clock.now + timedelta(hours=1)
    world.store.keys.replace(key.rotated(secret, until), key)
    for app in (world.oregon, world.dublin):
        ApiClient(app, former.text).post(SUBMISSIONS, ADA)
        ApiClient(app, secret.text).post(SUBMISSIONS, ADA)
    world.clock.now = until
    for app in (world.oregon, world.dublin):
        ApiClient(app, former.text).post(SUBMISSIONS, ADA, 401)
        ApiClient(app, secret.text).post(SUBMISSIONS, ADA)


def test_a_key_of_another_scope_stores_nothing(world: World) -> None:
    api = world.client(Scope.MODERATE)
    api.post(SUBMISSIONS, ADA, 403)
    api.post(BATCH, {"submissions": [ADA]}, 403)
    assert not stored(world).total()


@pytest.mark.parametrize(
    "shown",
    [
        *("", "Bearer", "Bearer ", "Basic YTpi", "bearer lb_", "Bearer lb_0_0", "Bearer null"),
        *("Bearer lb_00ff00ff00ff_" + "A" * 43, "Bearer " + "x" * 60_000, "Bearer \xff\xfe"),
        "Bearer lb_00ff00ff00ff_' OR 1=1 --",
    ],
)
def test_what_is_no_key_opens_nothing(world: World, shown: str) -> None:
    response = ApiClient(world.oregon)(
        "POST", SUBMISSIONS, json=ADA, headers={"Authorization": shown}
    )
    assert response.status_code == 401
    assert not stored(world).total()


def test_who_is_not_let_in_learns_nothing_of_what_is_inside(world: World) -> None:
    """No board, no body and no parameter is looked at before the key."""
    nobody = ApiClient(world.oregon)
    for path in (SUBMISSIONS, f"{API}/boards/mars/submissions", f"{SUBMISSIONS}?x=1"):
        assert send_raw(nobody, b"\xff" * 100, "text/plain", path).status_code == 401


def test_a_submission_played_again_by_another_key_changes_nothing(world: World) -> None:
    sent = ADA | {"submission_id": world.submission_id()}
    world.client().post(SUBMISSIONS, sent)
    assert world.client().post(SUBMISSIONS, sent, 200)["replayed"]
    world.client().post(SUBMISSIONS, sent | {"score": 999_999}, 409)
    api = world.client()
    assert [row["score"] for row in api.get(f"{BOARD}/ranking")["rows"]] == [1250]


@pytest.mark.parametrize("header", ["", "x", "\xff", "a" * 5000, '"', "00000000-0000-4000-8000-0"])
def test_an_idempotency_key_that_is_none_is_refused(
    api: ApiClient, world: World, header: str
) -> None:
    api.post(SUBMISSIONS, ADA, 422, headers={"Idempotency-Key": header})
    assert not stored(world).total()


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["submission_id", "player_id", "name", "country", "score", "metadata", "submissions", "x"]
)
NEARLY = st.builds(
    lambda changed, dropped: {k: v for k, v in (ADA | changed).items() if k not in dropped},
    st.dictionaries(FIELDS, JSON_VALUES, max_size=3),
    st.sets(FIELDS, max_size=1),
)
CALLS = st.sampled_from([SUBMISSIONS, BATCH])

hostile = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(body=st.binary(max_size=200), path=CALLS)
@hostile
def test_no_bytes_break_it(api: ApiClient, body: bytes, path: str) -> None:
    assert send_raw(api, body, path=path).status_code in {400, 422}


@given(content=NEARLY | JSON_VALUES, path=CALLS)
@hostile
def test_no_json_breaks_it(api: ApiClient, content: object, path: str) -> None:
    response = send_raw(api, json.dumps(content).encode(), path=path)
    assert response.status_code in {201, 400, 422}


@given(many=st.lists(NEARLY | JSON_VALUES, min_size=1, max_size=5))
@hostile
def test_no_submission_of_a_batch_breaks_the_others(api: ApiClient, many: list[object]) -> None:
    body = json.dumps({"submissions": [*many, ADA]}).encode()
    response = send_raw(api, body, path=BATCH)
    if response.status_code != 400:
        results = response.get_json(force=True)["results"]
        assert len(results) == len(many) + 1
        assert results[-1]["status"] == 201
        assert {result["status"] for result in results} <= {201, 422}


@given(
    path=st.sampled_from(["ranking", "players", "players/ada", "players/ada/rank", "periods"]),
    query=st.dictionaries(
        st.sampled_from(["period", "country", "cursor", "place", "limit", "q", "x"])
        | st.text(max_size=5),
        st.text(max_size=30) | st.integers().map(str),
        max_size=3,
    ),
)
@hostile
def test_no_query_breaks_it(api: ApiClient, path: str, query: dict[str, str]) -> None:
    response = api("GET", f"{BOARD}/{path}", query_string=query)
    assert response.status_code in {200, 400, 404}


@given(
    board=st.sampled_from([STAR_RUN.board_id, SPRINT.board_id]) | st.text(max_size=40),
    player=st.text(max_size=70),
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "ODD"]),
)
@hostile
def test_no_address_breaks_it(api: ApiClient, board: str, player: str, method: str) -> None:
    path = f"{API}/boards/{quote(board, safe='')}/players/{quote(player, safe='')}"
    response = api.client.open(path, method=method)
    # 308 leads from two slashes to one; 400 asks for a search's text where no player is named.
    assert response.status_code in {200, 308, 400, 404, 405}
