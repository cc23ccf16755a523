"""Operators see what came in, decide with a reason, and are told where there is nothing to."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from botocore.exceptions import EndpointConnectionError

from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.usecases import read
from tests.web.html_page import Page
from tests.web.operators.world import (
    BOARD,
    GUARDED,
    Corner,
    decide,
    player_path,
    score_path,
    told,
)
from tests.web.worlds import CheckedClient, Clock

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ann(corner: Corner) -> CheckedClient:
    """Return Ann's browser, who is signed in."""
    return corner.operator()


def best(corner: Corner) -> list[tuple[str, int]]:
    """Return who stands where with what."""
    rows = read.top(corner.store, View(GUARDED, ALL_TIME), corner.clock()).rows
    return [(row.name, row.score(GUARDED.order)) for row in rows]


def held(corner: Corner) -> Submission:
    """Return a score of Ada's that is held."""
    corner.play("Ada", 100, ago=MINUTE)
    return corner.play("Ada", 900)


def test_the_corner_begins_with_the_latest_scores_of_the_first_board(
    corner: Corner, ann: CheckedClient
) -> None:
    corner.play("Ada", 5, ago=MINUTE)
    corner.play("Bob", 7)
    start = ann.get("/operators/")
    rows = ann.page(start.location).rows("reports")
    assert [(row[0].split()[0], row[1], row[4]) for row in rows] == [
        ("Bob", "7", "counts"),
        ("Ada", "5", "counts"),
    ]


def test_the_list_is_stepped_through_by_day_and_page(
    corner: Corner, ann: CheckedClient, clock: Clock
) -> None:
    for number in range(26):
        corner.play(f"Player {number}", number, ago=timedelta(seconds=number))
    page = ann.page(BOARD)
    assert len(page.rows("reports")) == 25
    assert [row[1] for row in ann.page(page.link("Earlier →")).rows("reports")] == ["25"]
    clock.now += timedelta(days=1)
    ann = corner.operator()
    today = ann.page(BOARD)
    assert today.find("empty")
    (before,) = today.get("stepper").all("a")
    assert len(ann.page(before["href"]).rows("reports")) == 25


def test_a_removal_shows_on_the_board_at_once_and_in_the_log(
    corner: Corner, ann: CheckedClient
) -> None:
    corner.play("Ada", 5, ago=MINUTE)
    one = corner.play("Ada", 9)
    question = ann.page(score_path(one, "remove"))
    assert "It shows here at once" in question.get("will").text
    page = told(ann, decide(ann, score_path(one, "remove"), " caught \n on tape "))
    assert page.get("told-1").text == "The score is removed."
    assert [(row[1], row[3].split()[0]) for row in page.rows("reports")] == [
        ("9", "removed"),
        ("5", "counts"),
    ]
    assert best(corner) == [("Ada", 5)]
    (line,) = ann.page("/operators/acts").rows("acts")
    assert re.fullmatch(r"Ann \([0-9a-f]{12}\)", line[1])
    assert line[2:] == ["removed a score", "name:ada on star-run", "caught on tape"]


def test_a_removed_score_is_restored(corner: Corner, ann: CheckedClient) -> None:
    one = corner.play("Ada", 9)
    decide(ann, score_path(one, "remove"))
    told(ann, decide(ann, score_path(one, "restore"), "the wrong one"))
    assert best(corner) == [("Ada", 9)]
    assert len(ann.page("/operators/acts").rows("acts")) == 2


def test_a_held_score_waits_in_a_list_with_the_reason_and_is_approved(
    corner: Corner, ann: CheckedClient
) -> None:
    one = held(corner)
    (row,) = ann.page(f"{BOARD}/held").rows("reports")
    assert row[1] == "900"
    assert "From 100 to 900 within 1 minute" in row[4]
    assert best(corner) == [("Ada", 100)]
    told(ann, decide(ann, score_path(one, "approve"), "seen the replay"))
    assert best(corner) == [("Ada", 900)]
    assert ann.page(f"{BOARD}/held").find("empty")


def test_a_held_score_is_refused(corner: Corner, ann: CheckedClient) -> None:
    told(ann, decide(ann, score_path(held(corner), "refuse")))
    assert best(corner) == [("Ada", 100)]
    assert ann.page(f"{BOARD}/held").find("empty")


def test_a_player_is_banned_pardoned_voided_and_unvoided(
    corner: Corner, ann: CheckedClient
) -> None:
    corner.play("Ada", 9, ago=MINUTE)
    path = player_path("name:ada")
    page = told(ann, decide(ann, f"{path}/ban"))
    assert page.get("standing").text.startswith("Banned on all boards")
    assert best(corner) == []
    told(ann, decide(ann, f"{path}/unban"))
    assert best(corner) == [("Ada", 9)]
    page = told(ann, decide(ann, f"{path}/void"))
    assert page.get("standing").text.startswith("Voided on all boards")
    assert best(corner) == []
    told(ann, decide(ann, f"{path}/unvoid"))
    assert best(corner) == [("Ada", 9)]
    whats = [row[2] for row in ann.page("/operators/acts").rows("acts")]
    assert set(whats) == {
        "banned the player", "took the ban back", "voided all up to then", "took the voiding back",
    }  # fmt: skip


def test_what_another_operator_decided_meanwhile_is_told(
    corner: Corner, ann: CheckedClient
) -> None:
    one, bea = held(corner), corner.operator(corner.key(label="Bea"))
    path = score_path(one, "refuse")
    sent = ann.page(path).fields("decide") | {"why": "too good to be true"}
    decide(bea, score_path(one, "approve"), "seen the replay")
    page = told(ann, ann.post(path, data=sent))
    said = page.get("told-1").text
    assert "nothing was changed" in said
    assert "Bea" in said
    assert "seen the replay" in said
    assert best(corner) == [("Ada", 900)]


@pytest.mark.parametrize("word", ["ban", "void"])
def test_a_double_click_decides_once(corner: Corner, ann: CheckedClient, word: str) -> None:
    corner.play("Ada", 9, ago=MINUTE)
    path = f"{player_path('name:ada')}/{word}"
    sent = ann.page(path).fields("decide") | {"why": "caught"}
    _, second = (told(ann, ann.post(path, data=sent)).get("told-1").text for _ in range(2))
    assert second == "It stands so already: nothing was changed."
    assert len(ann.page("/operators/acts").rows("acts")) == 1


@pytest.mark.parametrize(
    "path",
    [
        player_path("nobody"),
        f"{player_path('nobody')}/ban",
        f"{player_path('nobody')}/scores/01a20846-fe00-7d89-a0c7-609fa909f4bf/remove",
        f"{player_path('nobody')}/scores/no-id/remove",
        f"{player_path('nobody')}/praise",
        "/operators/boards/nowhere",
        "/operators/nothing",
    ],
)
def test_what_is_not_there_is_told(ann: CheckedClient, path: str) -> None:
    ann.page(path, status=404)


@pytest.mark.parametrize(
    "path",
    [
        f"{BOARD}?day=tomorrow",
        f"{BOARD}?day=2026-11",
        f"{BOARD}?day=all",
        f"{BOARD}?day=0000-00-00",
        f"{BOARD}?past=x",
        f"{BOARD}?past=-1",
        f"{BOARD}/held?past={'9' * 31}",
        "/operators/acts?month=2026-11-23",
        "/operators/acts?month=9999-99",
        "/operators/acts?past=x",
        "/operators/acts?past=99999999999999.x",
    ],
)
def test_a_garbled_address_is_told(ann: CheckedClient, path: str) -> None:
    ann.page(path, status=400)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("", "Say why: for those who ask later."),
        (" \n ", "Say why: for those who ask later."),
        ("x" * 501, "Shorten it: 501 characters, and at most 500 fit."),
        ("a\x00b", "Take out the control characters (U+0000)."),
        ("a\u202eb", "Take out the characters that turn the direction of text (U+202E)."),
    ],
)
def test_without_a_reason_nothing_is_done(
    corner: Corner, ann: CheckedClient, why: str, said: str
) -> None:
    one = corner.play("Ada", 9)
    response = decide(ann, score_path(one, "remove"), why)
    assert response.status_code == 422
    assert Page(response.text).get("why-error").text == said
    assert best(corner) == [("Ada", 9)]


def test_a_decision_without_its_token_is_refused(corner: Corner, ann: CheckedClient) -> None:
    """Another site can't have it: it knows no token, and sends no cookie with a form."""
    one = corner.play("Ada", 9)
    for token in ("", "forged", corner.operator().page(BOARD).fields("sign-out")["csrf_token"]):
        sent = {"why": "a trap", "csrf_token": token}
        assert ann.post(score_path(one, "remove"), data=sent).status_code == 400
    assert best(corner) == [("Ada", 9)]


def test_a_decision_of_nobody_is_not_taken(corner: Corner, ann: CheckedClient) -> None:
    """A form that was filled in before its session ended."""
    one = corner.play("Ada", 9)
    path = score_path(one, "remove")
    sent = ann.page(path).fields("decide") | {"why": "caught"}
    corner.clock.now += timedelta(hours=2)
    assert ann.post(path, data=sent).location == "/operators/sign-in?ended=1"
    assert best(corner) == [("Ada", 9)]


def test_json_is_no_decision(corner: Corner, ann: CheckedClient) -> None:
    path = score_path(corner.play("Ada", 9), "remove")
    assert ann.post(path, json={"why": "x"}).status_code == 400


def test_players_are_looked_up_by_name_and_id_also_when_banned(
    corner: Corner, ann: CheckedClient
) -> None:
    corner.play("Ada", 9, ago=MINUTE)
    corner.play("Bob", 8, player_id="u-17")
    decide(ann, f"{player_path('name:ada')}/ban")
    for typed, player_id in (("ADA", "name:ada"), ("name:ada", "name:ada"), ("bob", "u-17")):
        (row,) = ann.page(f"{BOARD}/find?q={typed}").rows("found")
        assert row[1] == player_id
    assert ann.page(f"{BOARD}/find?q=nobody").find("empty")
    assert ann.page(f"{BOARD}/find?q=", status=422).get("q-error").text


def test_names_that_may_be_taken_for_others_are_warned_of_and_taken(
    corner: Corner, ann: CheckedClient
) -> None:
    corner.play("Ada", 9, ago=MINUTE)
    corner.play("\u0410da", 3)
    corner.play("m0derator", 2)
    names = {row[0].split(" 🇫🇮")[0]: row[0] for row in ann.page(BOARD).rows("reports")}
    assert "Name looks like “Ada” (name:ada)" in names["\u0410da"]
    assert "Name may be taken for “moderator”" in names["m0derator"]
    assert [score for _, score in best(corner)] == [9, 3, 2]


def test_markup_in_a_reason_or_a_name_is_text(corner: Corner, ann: CheckedClient) -> None:
    one = corner.play("<b>Ada</b>", 9)
    told(ann, decide(ann, score_path(one, "remove"), "<script>alert(1)</script>"))
    (line,) = ann.page("/operators/acts").rows("acts")
    assert line[4] == "<script>alert(1)</script>"


def test_a_table_out_of_reach_changes_nothing_and_keeps_the_reason(
    corner: Corner, ann: CheckedClient
) -> None:
    one = corner.play("Ada", 9)
    path = score_path(one, "remove")
    sent = ann.page(path).fields("decide") | {"why": "caught"}

    def cut(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="http://gone")

    events, name = corner.store.client.meta.events, "before-send.dynamodb.TransactWriteItems"
    events.register_first(name, cut)
    response = ann.post(path, data=sent)
    events.unregister(name, cut)
    page = Page(response.text)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "not decided twice" in page.get("notice").text
    assert page.get("why").text == "caught"
    assert best(corner) == [("Ada", 9)]
