"""The operators' corner, as WCAG 2.2 AA asks: wide and narrow, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from moto import mock_aws
from playwright.sync_api import Browser, Page, expect

from bootstrap.table import shape
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from tests.browser import axe
from tests.browser.serving import served
from tests.web.operators.world import (
    BOARD,
    GUARDED,
    SIGN_IN,
    Corner,
    decide,
    player_path,
    score_path,
)
from tests.web.worlds import Clock, make_app
from tests.worlds import OREGON

pytestmark = [pytest.mark.browser, pytest.mark.slow, axe.needs_axe]

PAGES = {
    "latest": BOARD,
    "latest of a day without": f"{BOARD}?day=2026-11-01",
    "held": f"{BOARD}/held",
    "found": f"{BOARD}/find?q=mallory",
    "nobody found": f"{BOARD}/find?q=nobody",
    "nothing to find": f"{BOARD}/find?q=",
    "player": player_path("name:mallory"),
    "question": f"{player_path('name:mallory')}/void",
    "log": "/operators/acts",
    "told": "/boards/star-run/scores/held",
}


@pytest.fixture(scope="module")
def corner() -> Iterator[Corner]:
    """Yield a corner in which there is something on every page."""
    with mock_aws():
        store, clock = DynamoStore(OREGON, "seen-leaderboard"), Clock()
        store.client.create_table(**shape.table(store.table_name))
        board = items.board_item(GUARDED)
        store.client.put_item(TableName=store.table_name, Item=board)
        found = Corner(store, clock)
        found.play("Ada", 100, ago=timedelta(minutes=1))
        found.play("Ada", 9000)
        found.play("\u0410da", 3)
        removed = found.play("Mallory", 99_999)
        ann = found.operator()
        decide(ann, score_path(removed, "remove"))
        decide(ann, f"{player_path('name:mallory')}/ban")
        yield found


@pytest.fixture(scope="module")
def page(browser: Browser, corner: Corner) -> Iterator[Page]:
    """Yield a tab in which somebody is signed in."""
    with served(make_app(corner.store, corner.clock, form_is_open=False)) as address:
        context = browser.new_context(base_url=address)
        axe.load_into(context)
        tab = context.new_page()
        tab.goto(SIGN_IN)
        tab.get_by_label("Key").fill(corner.key().text)
        tab.get_by_role("button", name="Sign in").click()
        yield tab
        context.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_of_the_corner_passes_the_rules_and_fits_in_every_look(
    page: Page, path: str
) -> None:
    page.goto(path)
    assert SIGN_IN not in page.url
    assert axe.violations_in_all_looks(page) == {}
    assert not axe.is_wider_than_its_window(page)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_page_of_the_corner_fits_a_narrow_window_in_every_language(
    page: Page, language: str, path: str
) -> None:
    page.set_viewport_size(axe.SIZES[1])
    page.goto(f"/{language}{path}")
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert not axe.is_wider_than_its_window(page)


def test_a_decision_without_a_reason_passes_them_too(page: Page) -> None:
    page.goto(PAGES["question"])
    page.get_by_role("button", name="Void all up to now").click()
    assert page.locator("#why-error").count() == 1
    assert axe.violations_in_all_looks(page) == {}
