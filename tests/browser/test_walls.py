"""A big screen, which nobody scrolls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from leaderboard_app.domain.players import PlayerId
from tests.browser.full_house import House
from tests.browser.serving import served
from tests.web.worlds import Seed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WALL = "/boards/star-run?display=wall"
SCREENS = ViewportSize(width=1280, height=800), ViewportSize(width=1920, height=1080)
LONGEST = "South Georgia & South Sandwich Islands"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """Yield a big screen with the longest names of players and countries."""
    house = House()
    seed = Seed(house.store, house.clock)
    for number in range(10):
        name = "עברית " * 5 if number == 1 else "W" * 32
        seed(name.strip(), 999_999 - number, "GS", player_id=PlayerId(f"p{number}"))
    with served(house.app()) as site:
        context = browser.new_context()
        tab = context.new_page()
        tab.goto(site + WALL)
        yield tab
        context.close()


def begins_in_sight(name: Locator) -> bool:
    """Say whether the first letter of a name is within its cell."""
    seen: bool = name.evaluate("""each => {
      const first = document.createRange();
      first.setStart(each.firstChild, 0);
      first.setEnd(each.firstChild, 1);
      const letter = first.getBoundingClientRect();
      const box = each.closest('th').getBoundingClientRect();
      return letter.left >= box.left - 1 && letter.right <= box.right + 1;
    }""")
    return seen


@pytest.mark.parametrize("screen", SCREENS, ids=["small", "large"])
def test_ten_rows_are_in_sight_however_long_their_names_are(
    page: Page, screen: ViewportSize
) -> None:
    page.set_viewport_size(screen)
    expect(page.get_by_text(LONGEST)).to_have_count(10)
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height <= screen["height"]


@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_a_name_that_is_cut_off_keeps_its_beginning(page: Page, way: str) -> None:
    page.set_viewport_size(SCREENS[0])
    page.evaluate("way => { document.documentElement.dir = way; }", way)
    names = page.locator("#ranking bdi")
    expect(names).to_have_count(10)
    for number in range(10):
        assert begins_in_sight(names.nth(number))
