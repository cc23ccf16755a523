"""Pages at 200 % and 400 % of their size in a window of 1280 × 1024: nothing is lost (WCAG 1.4.10).

To a page, a zoomed window is a smaller one with more dots to each of its pixels.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOARD = "/boards/star-run"
PAGES = {
    "top": BOARD,
    "page of places": f"{BOARD}?at=2&by=page",
    "around a player": f"{BOARD}?player=name:p40",
    "day": f"{BOARD}?period=day",
    "wrong place": f"{BOARD}?at=many",
    "empty": "/boards/nobody",
    "player": f"{BOARD}/players/name:ada",
    "spread": f"{BOARD}/spread",
    "past winners": f"{BOARD}/periods?kind=day",
    "several found": f"{BOARD}/find?q=Twin",
    "form": f"{BOARD}/scores/new",
    "status": "/status",
    "documents": "/api/v1/docs",
    "sign-in": "/operators/sign-in",
    "error": "/nowhere",
}

# What is there to be heard alone, and what scrolls in a box of its own, may be out of sight.
CUT_OFF = """() => {
  const isHeardAlone = (each) =>
    each.closest('.skip') || getComputedStyle(each).clipPath !== 'none';
  const scrolls = (each) =>
    each !== document.documentElement && getComputedStyle(each).overflowX === 'auto';
  const ancestors = (each) => each ? [each, ...ancestors(each.parentElement)] : [];
  const ownText = (each) => [...each.childNodes].filter(
    (node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  return [...document.body.querySelectorAll('*')].filter((each) => {
    const texts = ownText(each);
    if (!texts.length && !each.matches('input, select, button, img, svg')) return false;
    const around = ancestors(each);
    if (around.some(isHeardAlone) || around.some(scrolls)) return false;
    const range = document.createRange();
    range.selectNodeContents(each);
    const boxes = [...each.getClientRects(), ...(texts.length ? range.getClientRects() : [])];
    const left = Math.min(...boxes.map((box) => box.left));
    const right = Math.max(...boxes.map((box) => box.right));
    return around.some((one) => {
      const hides = one === document.body || getComputedStyle(one).overflowX !== 'visible';
      const box = one.getBoundingClientRect();
      return hides && (left < box.left - 1 || right > box.right + 1);
    });
  }).map((each) => each.outerHTML.slice(0, 160));
}"""


@pytest.fixture(scope="module", params=[2, 4], ids=["200 %", "400 %"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Yield a tab of a zoomed window."""
    zoom = request.param
    context = browser.new_context(
        viewport={"width": 1280 // zoom, "height": 1024 // zoom}, device_scale_factor=zoom
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_is_cut_off_and_nothing_scrolls_sideways(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    assert not axe.is_wider_than_its_window(page)
    assert page.evaluate(CUT_OFF) == []


def test_who_is_found_is_not_hidden_behind_the_banner(page: Page, site: str) -> None:
    page.goto(site + BOARD)
    page.get_by_label("Player", exact=True).fill("P40")
    page.get_by_role("button", name="Find").click()
    row = page.locator("#marked-row")
    expect(row).to_be_in_viewport()
    assert row.get_by_role("link").evaluate("""each => {
      const box = each.getBoundingClientRect();
      const on = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return each.contains(on);
    }""")


def test_a_text_that_is_cut_off_is_found_out(page: Page, site: str) -> None:
    page.goto(site + BOARD)
    page.evaluate("""() => {
      const name = document.querySelector('h1');
      Object.assign(name.style, { width: '3rem', overflow: 'hidden', whiteSpace: 'nowrap' });
    }""")
    (found,) = page.evaluate(CUT_OFF)
    assert "Star Run" in found
