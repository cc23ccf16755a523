"""Whether everybody may add scores by the form, or operators alone: one setting."""

from __future__ import annotations

import pytest
from flask import Flask

from leaderboard_app.deployment import Deployment, Stage
from leaderboard_app.settings import InvalidSetting, Settings
from tests.web.memory_store import MemoryStore
from tests.web.operators.world import BOARD as CORNER
from tests.web.operators.world import Corner
from tests.web.test_scores import BOARD, FORM, typed
from tests.web.worlds import CheckedClient, client_of, make_app
from tests.worlds import OREGON

NAME = "LEADERBOARD_PUBLIC_FORM"


@pytest.fixture
def closed(store: MemoryStore) -> Flask:
    """Return an app whose form is the operators'."""
    return make_app(store, form_is_open=False)


@pytest.mark.parametrize(
    ("said", "is_open"), [({}, False), ({NAME: "operators"}, False), ({NAME: "open"}, True)]
)
def test_the_form_is_the_operators_unless_it_is_said_to_be_open(
    said: dict[str, str], *, is_open: bool
) -> None:
    deployment = Deployment("arcade", (Stage("oregon", OREGON),))
    environ = {"AWS_REGION": OREGON, "SECRET_KEY": "x"} | said
    assert Settings.from_env(environ, deployment).form_is_open is is_open


@pytest.mark.parametrize("said", ["Open", "yes", "1", "true", " open"])
def test_what_is_neither_is_refused_loudly(said: str) -> None:
    """A typing error must not open the form, nor close it unseen."""
    deployment = Deployment("arcade", (Stage("oregon", OREGON),))
    environ = {"AWS_REGION": OREGON, "SECRET_KEY": "x", NAME: said}
    with pytest.raises(InvalidSetting, match="set open or operators"):
        Settings.from_env(environ, deployment)


def test_a_closed_form_is_on_no_page_and_says_where_to_sign_in(
    closed: Flask, store: MemoryStore
) -> None:
    client = client_of(closed)
    assert client.page(BOARD).find("add-score") is None
    page = client.page(FORM, status=403)
    assert page.link("Sign in as an operator") == "/operators/sign-in"
    assert "from the game" in page.get("advice").text
    assert not store.calls["keep"]


def test_a_closed_form_takes_nothing_that_an_open_one_gave_out(
    closed: Flask, client: CheckedClient, store: MemoryStore
) -> None:
    sent = typed(client)
    cookie = client.get_cookie("session")
    assert cookie
    stranger = client_of(closed)
    stranger.set_cookie("session", cookie.value)
    assert stranger.post(FORM, data=sent).status_code == 403
    assert not store.calls["keep"]


def test_the_board_looks_the_same_to_operators_and_to_all(corner: Corner) -> None:
    """Its page is kept for everybody: it must not show one what another may not see."""
    ann = corner.operator()
    seen, public = ann.get(BOARD), corner.browser().get(BOARD)
    assert seen.text == public.text
    assert seen.headers["Cache-Control"].startswith("public")
    assert "Vary" not in seen.headers or "Cookie" not in seen.headers["Vary"]


def test_operators_add_scores_by_the_closed_form(corner: Corner) -> None:
    ann = corner.operator()
    assert ann.page(CORNER).link("Add score") == FORM
    assert ann.post(FORM, data=typed(ann)).status_code == 303
    assert [row[1] for row in ann.page(BOARD).rows()] == ["Ada"]


def test_a_held_score_is_told_so_however_often_it_is_sent(corner: Corner) -> None:
    browser = corner.browser(form_is_open=True)
    browser.post(FORM, data=typed(browser, score="100"))
    sent = typed(browser, score="900")
    answers = [browser.post(FORM, data=sent) for _ in range(2)]
    assert {answer.location for answer in answers} == {f"{BOARD}/scores/held"}
    assert "not in the ranking yet" in browser.page(f"{BOARD}/scores/held").get("held").text
    assert [row[3] for row in browser.page(BOARD).rows()] == ["100"]
