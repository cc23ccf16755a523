"""What bad input gets: a page with 400 or 404 and the way on, never 500."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.html_page import Page
from tests.web.memory_store import MemoryStore
from tests.web.worlds import SPRINT, STAR_RUN, CheckedClient, Seed, client_of, make_app

BOARD = "/boards/star-run"
FORM = f"{BOARD}/scores/new"

# One app for all examples: they are many, and none of them stores anything.
CLIENT = client_of(make_app(MemoryStore([STAR_RUN, SPRINT])))

# Each example is one page or two, parsed whole.
SOME = settings(max_examples=40)

ANYTHING = (
    st.text()
    | st.text("0123456789-Wal\u0660\x00 ", max_size=12)
    | st.text(min_size=1, max_size=3).map(lambda text: text * 3000)
)


@pytest.mark.parametrize(
    "board", ["nothing", "STAR-RUN", "star-run%00", "..", "%2e%2e", "x" * 5000, "é", "%ff", "'--"]
)
def test_a_board_that_is_not_there_is_not_found(client: CheckedClient, board: str) -> None:
    for path in ("", "/scores/new", "/players/name:ada"):
        assert client.get(f"/boards/{board}{path}").status_code in {404, 308}


@pytest.mark.parametrize(
    ("parameter", "value", "status"),
    [
        ("period", "tomorrow", 400),
        ("period", "2026-13", 400),
        ("period", "2026-W54", 400),
        ("period", "2025-W53", 400),
        ("period", "2026-02-30", 400),
        ("period", "0000-00-00", 400),
        ("period", "9999-12-31", 400),
        ("period", "２０２６", 400),
        ("period", "ALL", 400),
        ("country", "XX", 400),
        ("country", "ß", 400),
        ("country", "\x00", 400),
        ("player", "a b", 400),
        ("player", "x" * 65, 400),
        ("player", "\ufffd", 400),
        ("submission", "x", 400),
        ("cursor", "x", 400),
        ("cursor", "a.b", 400),
        ("cursor", "é" * 9000, 400),
    ],
)
def test_a_parameter_that_makes_no_sense_leads_to_the_top(
    client: CheckedClient, parameter: str, value: str, status: int
) -> None:
    page = client.page(f"{BOARD}?{urlencode({parameter: value})}", status)
    assert page.link("Start at the top of Star Run") == BOARD
    assert page.get("advice").text != "Something in the address or the form is not as it should be."


def test_a_period_that_the_board_does_not_keep_is_not_found(client: CheckedClient) -> None:
    for period in ("week", "2026-W48"):
        page = client.page(f"/boards/sprint?period={period}", 404)
        assert page.get("advice").text == "This board keeps no ranking by week."


def test_a_cursor_turns_the_pages_of_its_own_ranking_alone(
    client: CheckedClient, seed: Seed
) -> None:
    for score in range(30):
        seed(f"Player {score}", score)
    cursor = client.page(BOARD).link("Next →").partition("cursor=")[2]
    assert len(client.page(f"{BOARD}?cursor={cursor}").rows()) == 5
    for other in (f"{BOARD}?period=week&", f"{BOARD}?country=FI&", "/boards/sprint?"):
        page = client.page(f"{other}cursor={cursor}", 400)
        assert page.get("advice").text == "This page link belongs to another ranking."


def test_empty_and_unknown_parameters_are_ignored_and_the_first_of_two_counts(
    client: CheckedClient,
) -> None:
    query = "period=&country=&cursor=&player=&submission=&x=%00&utm_source=a&period=bad"
    assert client.page(f"{BOARD}?{query}").find("empty")


@SOME
@given(st.dictionaries(st.sampled_from(["period", "country", "cursor", "player"]), ANYTHING))
def test_no_query_breaks_the_board(query: dict[str, str]) -> None:
    assert CLIENT.get(BOARD, query_string=query).status_code in {200, 400, 404}


@SOME
@given(st.binary(max_size=200))
def test_no_bytes_in_a_query_break_a_page(query: bytes) -> None:
    for path in (BOARD, FORM):
        environ = {"QUERY_STRING": query.decode("latin-1")}
        assert CLIENT.get(path, environ_overrides=environ).status_code in {200, 400, 404}


@given(st.text())
def test_no_path_breaks_the_app(path: str) -> None:
    for prefix in ("/", "/boards/", f"{BOARD}/players/", "/static/"):
        environ = {"PATH_INFO": (prefix + path).encode("utf-8", "replace").decode("latin-1")}
        assert CLIENT.get("/", environ_overrides=environ).status_code in {200, 302, 304, 308, 404}


@SOME
@given(st.dictionaries(st.sampled_from(["name", "country", "score", "submission_id"]), ANYTHING))
def test_nothing_typed_breaks_the_form(typed: dict[str, str]) -> None:
    fields = CLIENT.page(FORM).fields("score-form")
    response = CLIENT.post(FORM, data=fields | {"country": "FI"} | typed)
    assert response.status_code in {303, 409, 413, 422}
    if response.status_code == 422:
        kept = Page(response.text).fields("score-form")
        assert kept["submission_id"]


BODIES = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/plain",
]


@SOME
@given(st.binary(max_size=300), st.sampled_from(BODIES))
def test_no_bytes_break_the_form(body: bytes, content_type: str) -> None:
    response = CLIENT.post(FORM, data=body, content_type=content_type)
    assert response.status_code in {400, 422}


@pytest.mark.parametrize(
    "path", ["/", BOARD, FORM, f"{BOARD}/players/name:ada", "/livez", "/healthz"]
)
def test_head_and_options_are_answered(client: CheckedClient, seed: Seed, path: str) -> None:
    seed("Ada", 1)
    head = client.head(path)
    assert head.status_code == client.get(path).status_code
    assert head.data == b""
    assert "GET" in client.options(path).headers["Allow"]
