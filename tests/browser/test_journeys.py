"""The journeys that the pages are for, in both regions: with JavaScript and without, at two widths.

What a reader and an operator do is written in `readers.py` and `operators.py`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from leaderboard_app.domain.keys import KEY_ID_BYTES, SECRET_BYTES, Key, KeyId, Scope, Secret
from tests.bootstrap.sandboxes import RunningSandbox
from tests.browser.operators import Operator
from tests.browser.readers import DUBLIN, OREGON, PLACES, Reader
from tests.browser.windows import NARROW, WIDE, Way, opened_tab

pytestmark = [pytest.mark.browser, pytest.mark.ministack, pytest.mark.slow]

SCORE = "31415"
WHY = "nobody is that fast"


@pytest.fixture(
    params=[Way(scripts, width) for scripts in (True, False) for width in (WIDE, NARROW)], ids=str
)
def way(request: pytest.FixtureRequest) -> Way:
    """Return how all people of a journey look at the pages."""
    chosen: Way = request.param
    return chosen


@pytest.fixture
def reader(browser: Browser, way: Way, sandbox: RunningSandbox) -> Iterator[Reader]:
    with opened_tab(browser, way) as tab:
        yield Reader(tab, way, sandbox.running.sites)


@pytest.fixture
def friend(browser: Browser, way: Way, sandbox: RunningSandbox) -> Iterator[Reader]:
    """Yield another reader, at another machine."""
    with opened_tab(browser, way) as tab:
        yield Reader(tab, way, sandbox.running.sites)


@pytest.fixture
def operator(browser: Browser, way: Way, sandbox: RunningSandbox) -> Iterator[Operator]:
    with opened_tab(browser, way) as tab:
        yield Operator(tab, sandbox.running.sites)


@pytest.fixture
def key(sandbox: RunningSandbox) -> str:
    """Return the secret of a moderator's key, made through Dublin."""
    secret = Secret.make(KeyId.make(os.urandom(KEY_ID_BYTES)), os.urandom(SECRET_BYTES))
    added = Key.of(secret, "Ann", [Scope.MODERATE], datetime.now(UTC))
    sandbox.store(DUBLIN).keys.add(added)
    return secret.text


def test_a_reader_looks_around_and_finds_a_player(reader: Reader) -> None:
    reader.comes_to(OREGON)
    reader.turns_a_page_and_back()
    reader.chooses("Japan")
    reader.comes_to(DUBLIN)
    name = reader.name_in_place(7)
    reader.finds(name, place=7)
    reader.opens_the_page_of(name)
    reader.sees_in_the_picture(place=7)


def test_a_score_comes_in_everywhere_and_is_moderated_away_everywhere(
    reader: Reader, friend: Reader, operator: Operator, key: str
) -> None:
    name = f"Grace {secrets.token_hex(3)}"

    friend.comes_to(DUBLIN)
    friend.chooses("Finland")
    reader.comes_to(OREGON)
    reader.adds(name, "Finland", SCORE)
    friend.comes_to_see(name)
    reader.goes_to_the_other(DUBLIN)
    reader.sees_marked(name, SCORE)
    reader.opens_the_page_of(name)
    reader.sees_among_what_they_sent(SCORE)

    reader.comes_to(OREGON)
    reader.chooses("Finland")
    reader.comes_to_see(name)
    operator.signs_in(DUBLIN, key)
    operator.removes(name, SCORE, PLACES[OREGON], WHY)
    friend.comes_to_miss(name)
    reader.comes_to_miss(name)
    operator.finds_in_the_log(WHY)
    operator.signs_out()


def test_a_form_that_is_wrong_says_so_and_keeps_what_was_typed(
    page: Page, sandbox: RunningSandbox
) -> None:
    page.goto(f"{sandbox.running.sites[DUBLIN]}/boards/global")
    page.get_by_role("link", name="Add score").click()
    page.get_by_label("Name").fill("Grace\u202e")
    page.get_by_label("Score").fill("many")
    # Past the browser's own checks: it must hold without them.
    page.locator("#score-form").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Add score").click()
    expect(page.locator("#name-error")).to_be_visible()
    expect(page.locator("#country-error")).to_be_visible()
    expect(page.locator("#score-error")).to_be_visible()
    expect(page.get_by_label("Score")).to_have_value("many")
