"""A reader with nothing but a keyboard looks, turns a page, finds a player and adds a score."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.full_house import House
from tests.browser.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOARD = "/boards/star-run"
# After a page's last stop comes the window itself. A ring must not lie behind what stays in view.
IS_SEEN = """() => {
  const on = document.activeElement;
  if (on === document.body) return true;
  const isOnTop = (x, y) => on.contains(document.elementFromPoint(x, y));
  return getComputedStyle(on).outlineStyle !== 'none' && [...on.getClientRects()].some(
    (box) => isOnTop(box.x + box.width / 2, box.y + box.height / 2),
  );
}"""

FURTHEST = 90
"""How many stops a page has at most: boards, tabs, forms and 25 rows."""


@pytest.fixture
def site() -> Iterator[str]:
    with served(House().fill().app()) as address:
        yield address


def go_to(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus; each stop on the way must be seen to have it."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        assert page.evaluate(IS_SEEN), page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"The keyboard never came to {wanted}")


def test_a_reader_does_everything_by_keyboard(page: Page, site: str) -> None:
    page.goto(site + BOARD)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")

    go_to(page, page.get_by_role("link", name="Next"))
    page.keyboard.press("Enter")
    expect(page.locator("#numbers")).to_contain_text("Page 2")

    go_to(page, page.get_by_label("Country"))
    # In a list, what is typed chooses; where a script finds it, it is the name.
    page.keyboard.type("Andorra")
    go_to(page, page.get_by_role("button", name="Show"))
    page.keyboard.press("Enter")
    expect(page.locator("#ranking caption")).to_contain_text("Andorra")
    go_to(page, page.get_by_role("link", name="Star Run", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator("#ranking caption")).to_contain_text("all countries")

    go_to(page, page.get_by_label("Player", exact=True))
    page.keyboard.type("P40")
    page.keyboard.press("Enter")
    expect(page.locator("#marked-row")).to_contain_text("P40")

    go_to(page, page.get_by_role("link", name="Add score"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Add score").wait_for()
    go_to(page, page.get_by_label("Name"))
    page.keyboard.type("Keyboard Kim")
    go_to(page, page.get_by_label("Country"))
    page.keyboard.type("Finl")
    go_to(page, page.get_by_label("Score"))
    page.keyboard.type("999999")
    page.keyboard.press("Enter")
    expect(page.locator("#banner")).to_contain_text("You are in place 2")
    expect(page.locator("#marked-row")).to_contain_text("Finland")
