"""A page does not jump aside once it is longer than its window, as when it comes in two pieces."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG, SHORT, WALL = "/boards/star-run", "/nowhere", "/boards/star-run?display=wall"
WIDTH = "document.documentElement.clientWidth"


@pytest.fixture
def page(browser_with_scrollbars: Browser) -> Iterator[Page]:
    context = browser_with_scrollbars.new_context(viewport=SIZES[0])
    yield context.new_page()
    context.close()


def test_a_long_page_stands_where_a_short_one_does(page: Page, site: str) -> None:
    places = []
    for path in (LONG, SHORT):
        page.goto(site + path)
        assert page.evaluate(WIDTH) < SIZES[0]["width"], "these scrollbars take no room"
        box = page.locator("h1").bounding_box()
        assert box
        places.append(box["x"])
    assert places[0] == places[1]


def test_a_big_screen_has_no_scrollbar(page: Page, site: str) -> None:
    page.goto(site + WALL)
    assert page.evaluate(WIDTH) == SIZES[0]["width"]
