from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.boards import Board, Operator, Order
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import Profile
from leaderboard_app.domain.scores import Unit
from tests.web.html_page import Page
from tests.web.memory_store import MemoryStore
from tests.web.worlds import STAR_RUN, CheckedClient, Clock, Seed, client_of, make_app

BOARD = "/boards/star-run"
FORM = f"{BOARD}/scores/new"


def typed(client: CheckedClient, **values: str) -> dict[str, str]:
    """Return what the form would send once these values are typed into it."""
    filled = {"name": "Ada", "country": "FI", "score": "1250"}
    return client.page(FORM).fields("score-form") | filled | values


def test_the_form_comes_empty_with_an_id_of_its_own(client: CheckedClient) -> None:
    first, second = client.page(FORM).fields("score-form"), client.page(FORM).fields("score-form")
    assert (first["name"], first["country"], first["score"]) == ("", "", "")
    assert first["submission_id"] != second["submission_id"]


def test_the_form_says_which_scores_the_board_takes(client: CheckedClient) -> None:
    hint = client.page(FORM).get("score-hint").text
    assert hint == "A whole number, for example 1234; from 0 to 1\u202f000\u202f000."
    hint = client.page("/boards/sprint/scores/new").get("score-hint").text
    assert hint == "A number with up to 2 decimals, for example 12.34; from 9.00 to 100.00."


def test_a_score_is_added_and_its_row_shown_in_place(client: CheckedClient, seed: Seed) -> None:
    for score in range(40):
        seed(f"Player {score}", score * 100)
    sent = typed(client)
    response = client.post(FORM, data=sent)
    assert response.status_code == 303
    query = f"?period=all&player=name%3Aada&submission={sent['submission_id']}"
    assert response.location == f"{BOARD}{query}#marked-row"
    page = client.page(response.location)
    assert (
        page.get("banner").text
        == "You are in place 28 of 41 (exact, top 69\u00a0%), with 1\u202f250."
    )
    cells = [cell.text for cell in page.get("marked-row").all("td", "th")]
    assert cells == ["28", "Ada", "🇫🇮 Finland", "1\u202f250", "23 Nov 2026, 12:00"]


def test_who_adds_a_score_sees_it_before_the_index_does(
    client: CheckedClient, store: MemoryStore, seed: Seed
) -> None:
    seed("Bo", 2000)
    client.get(BOARD)
    store.lagging = True
    landing = client.page(client.post(FORM, data=typed(client)).location)
    assert [row[1] for row in landing.rows()] == ["Bo", "Ada"]
    assert [row[1] for row in client.page(BOARD).rows()] == ["Bo"]


def test_who_adds_a_score_lands_in_the_period_they_came_from(client: CheckedClient) -> None:
    response = client.post(f"{FORM}?period=week", data=typed(client))
    assert "period=2026-W48&" in response.location
    said = client.page(response.location).get("banner").text
    assert said == "You are in place 1 of 1 (exact), with 1\u202f250 in Week 48, 2026."


def test_a_form_opened_before_midnight_leads_to_the_day_it_counts_in(
    client: CheckedClient, clock: Clock
) -> None:
    clock.now = clock.now.replace(hour=23, minute=59)
    sent = typed(client)
    clock.now += timedelta(minutes=2)
    response = client.post(f"{FORM}?period=day", data=sent)
    assert "period=2026-11-23&" in response.location
    assert client.page(response.location).find("marked-row")


def test_a_score_below_the_best_is_told_so(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 9000)
    response = client.post(FORM, data=typed(client))
    assert client.page(response.location).get("banner").text == (
        "You are in place 1 of 1 (exact), with 9\u202f000: "
        "the score you just added does not beat it."
    )


def test_a_double_click_adds_one_score(client: CheckedClient) -> None:
    sent = typed(client)
    first, second = client.post(FORM, data=sent), client.post(FORM, data=sent)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert len(client.page(f"{BOARD}/players/name:ada").rows("history")) == 1


def test_the_landing_page_is_nobody_elses(client: CheckedClient) -> None:
    landing = client.get(client.post(FORM, data=typed(client)).location)
    assert landing.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", "", "Enter a name."),
        ("name", "  \u3000 ", "Enter a name."),
        ("name", "\u200b\u2060", "Enter a name: at least one visible character."),
        ("name", "Ada\u202e", "Take out the characters that turn the direction of text (U+202E)."),
        ("name", "A\x00da", "Take out the control characters (U+0000)."),
        ("name", "A\nda", "Take out the control characters (U+000A)."),
        ("name", "x" * 33, "Shorten the name: 33 characters, and at most 32 fit."),
        ("country", "", "Choose a country."),
        ("country", "XX", "Choose a country by the two letters"),
        ("country", "Finland", "Choose a country by the two letters"),
        ("score", "", "Enter a score."),
        ("score", "many", "Enter a number, for example"),
        ("score", "1e6", "Enter a number, for example"),
        ("score", "nan", "Enter a number, for example"),
        ("score", "12.5", "Enter a whole number: this board counts no fractions."),
        ("score", "-1", "This board takes scores from 0 to"),
        ("score", "1000001", "This board takes scores from 0 to"),
        ("score", "9" * 30, "A score lies between"),
        ("score", "9" * 5000, "Enter a number, for example"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_stored(
    client: CheckedClient, store: MemoryStore, field: str, text: str, said: str
) -> None:
    sent = typed(client, **{field: text})
    store.calls.clear()
    response = client.post(FORM, data=sent)
    page = Page(response.text)
    assert response.status_code == 422
    assert page.get(f"{field}-error").text.startswith(said)
    assert f"{field}-error" in page.get(field)["aria-describedby"].split()
    assert page.get(field)["aria-invalid"] == "true"
    assert page.get("summary").text.count(said) == 1
    assert not store.calls


def test_what_was_typed_is_kept(client: CheckedClient) -> None:
    sent = typed(client, name='A"<b>', country="no", score="12,5")
    page = Page(client.post(FORM, data=sent).text)
    kept = page.fields("score-form")
    assert kept | {"csrf_token": ""} == sent | {"csrf_token": "", "country": "NO"}
    assert "Not added:" in page.title


def test_an_empty_post_names_every_field(client: CheckedClient) -> None:
    token = typed(client)["csrf_token"]
    page = Page(client.post(FORM, data={"csrf_token": token}).text)
    assert [each.text for each in page.get("summary").all("li")] == [
        "Name: Enter a name.",
        "Country: Choose a country.",
        "Score: Enter a score.",
    ]


@pytest.mark.parametrize("garbled", ["", "x", "\x00", "F" * 36, "0" * 5000])
def test_a_garbled_id_gives_a_fresh_one_and_asks_to_send_again(
    client: CheckedClient, garbled: str
) -> None:
    response = client.post(FORM, data=typed(client, submission_id=garbled))
    page = Page(response.text)
    assert response.status_code == 422
    assert "send it again" in page.get("notice").text
    assert client.post(FORM, data=page.fields("score-form")).status_code == 303


def test_a_form_over_a_week_old_gives_a_fresh_id(client: CheckedClient, clock: Clock) -> None:
    sent = typed(client)
    clock.now += timedelta(days=7, minutes=1)
    response = client.post(FORM, data=sent)
    assert response.status_code == 422
    assert client.post(FORM, data=Page(response.text).fields("score-form")).status_code == 303


def test_a_form_sent_again_with_other_content_asks_before_it_adds_a_second_score(
    client: CheckedClient,
) -> None:
    sent = typed(client)
    client.post(FORM, data=sent)
    response = client.post(FORM, data=sent | {"score": "1300"})
    page = Page(response.text)
    assert response.status_code == 409
    assert "already sent" in page.get("notice").text
    assert page.fields("score-form")["score"] == "1300"
    assert client.post(FORM, data=page.fields("score-form")).status_code == 303
    scores = [row[1] for row in client.page(f"{BOARD}/players/name:ada").rows("history")]
    assert sorted(scores) == ["1\u202f250", "1\u202f300 best"]


def test_a_banned_player_is_told_so(client: CheckedClient, store: MemoryStore) -> None:
    store.profiles[PlayerId("name:ada")] = Profile(banned=True)
    response = client.post(FORM, data=typed(client))
    assert response.status_code == 403
    assert "nothing was stored" in Page(response.text).get("advice").text
    assert not store.calls["keep"]


def test_a_store_out_of_reach_keeps_the_form_as_it_is(
    client: CheckedClient, store: MemoryStore
) -> None:
    sent = typed(client)
    store.away = True
    response = client.post(FORM, data=sent)
    page = Page(response.text)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "7")
    assert "in 7 seconds" in page.get("notice").text
    again = page.fields("score-form")
    assert again["submission_id"] == sent["submission_id"]
    store.away = False
    assert client.post(FORM, data=again).status_code == 303


@pytest.mark.parametrize("token", ["", "forged", "\x00", "a.b.c"])
def test_a_form_without_its_token_is_refused_with_what_was_typed(
    client: CheckedClient, store: MemoryStore, token: str
) -> None:
    response = client.post(FORM, data=typed(client, csrf_token=token))
    page = Page(response.text)
    assert response.status_code == 400
    assert "send it again" in page.get("notice").text
    assert page.fields("score-form")["name"] == "Ada"
    assert not store.calls["keep"]
    assert client.post(FORM, data=page.fields("score-form")).status_code == 303


def test_the_token_of_one_browser_is_no_good_in_another(
    client: CheckedClient, other_client: CheckedClient
) -> None:
    assert other_client.post(FORM, data=typed(client)).status_code == 400


def test_a_form_of_one_region_can_be_sent_to_another(
    client: CheckedClient, dublin: CheckedClient
) -> None:
    sent = typed(client)
    cookie = client.get_cookie("session")
    assert cookie
    dublin.set_cookie("session", cookie.value)
    assert dublin.post(FORM, data=sent).status_code == 303


def test_json_is_no_form(client: CheckedClient) -> None:
    for content in ("[1, 2]", '{"name": "Ada"}', "{"):
        response = client.post(FORM, data=content, content_type="application/json")
        assert response.status_code == 400


def test_the_form_leads_back_to_where_one_came_from(client: CheckedClient) -> None:
    page = client.page(f"{FORM}?period=week")
    assert page.link("Back to Star Run") == f"{BOARD}?period=week"


def close(store: MemoryStore, clock: Clock) -> None:
    """Close the board, and let the pages hear of it."""
    store.replace_board(replace(STAR_RUN, is_open=False))
    clock.now += timedelta(minutes=2)


def test_a_closed_board_has_no_form(
    client: CheckedClient, store: MemoryStore, clock: Clock
) -> None:
    close(store, clock)
    page = client.page(FORM, 403)
    assert page.one("h1").text == "This board is closed"
    assert page.link("Start at the top of Star Run") == BOARD


def test_what_is_sent_to_a_closed_board_is_refused_and_nothing_is_stored(
    client: CheckedClient, store: MemoryStore, clock: Clock
) -> None:
    sent = typed(client)
    close(store, clock)
    response = client.post(FORM, data=sent)
    assert response.status_code == 403
    assert "takes no more scores, and nothing was stored" in response.text
    assert client.post(FORM, data=sent | {"score": "x"}).status_code == 403
    assert client.page(BOARD).find("empty")


def test_what_a_board_took_before_it_closed_may_be_sent_again(
    client: CheckedClient, store: MemoryStore, clock: Clock
) -> None:
    sent = typed(client)
    client.post(FORM, data=sent)
    close(store, clock)
    assert client.post(FORM, data=sent).status_code == 303
    assert len(client.page(BOARD).rows()) == 1


def test_where_the_first_score_counts_a_later_one_is_told_so(
    client: CheckedClient, store: MemoryStore, clock: Clock
) -> None:
    store.replace_board(replace(STAR_RUN, operator=Operator.FIRST))
    client.post(FORM, data=typed(client, score="5"))
    clock.now += timedelta(seconds=1)
    response = client.post(FORM, data=typed(client, score="9"), follow_redirects=True)
    assert Page(response.text).get("banner").text == (
        "You are in place 1 of 1 (exact), with 5: "
        "the first score counts on this board, so the one you just added changes nothing."
    )


def test_a_time_is_typed_as_it_is_shown(clock: Clock) -> None:
    lap = Board("lap", "Lap", Order.LOWER, decimals=3, unit=Unit.TIME)
    store = MemoryStore([lap])
    client = client_of(make_app(store, clock))
    form = "/boards/lap/scores/new"
    page = client.page(form)
    assert page.get("score")["inputmode"] == "text"
    assert "for example 1:23.456" in page.get("score-hint").text
    filled = page.fields("score-form") | {"name": "Ada", "country": "FI"}
    wrong = client.post(form, data=filled | {"score": "1:75.000"})
    assert wrong.status_code == 422
    assert "Enter a time, for example 1:23.456" in Page(wrong.text).get("score-error").text
    client.post(form, data=filled | {"score": "1:15.5"})
    assert client.page("/boards/lap").rows()[0][3] == "1:15.500"
