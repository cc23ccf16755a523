"""Pages in other languages: Arabic ones run from right to left, German ones have long words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import axe
from tests.browser.full_house import NAMES_OF_ALL_KINDS
from tests.browser.test_accessible import BOARD, STATES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RANKINGS = {"board": BOARD, "big screen": f"{BOARD}?display=wall", "frame": f"/embed{BOARD}"}

# The middles of a row's cells, and where every line of its name begins and ends as far as it is
# seen, in pixels from the window's left. A line that is cut off has two boxes: one is all of it.
PLACES = """(rows, count) => rows.slice(0, count).map((row) => {
  const middle = (cell) => {
    const { left, right } = cell.getBoundingClientRect();
    return (left + right) / 2;
  };
  const name = document.createRange();
  name.selectNodeContents(row.querySelector('bdi'));
  const seen = row.querySelector('bdi').parentElement.getBoundingClientRect();
  const lines = Object.groupBy(name.getClientRects(), (box) => Math.round(box.top));
  return {
    rank: middle(row.cells[0]),
    name: middle(row.cells[1]),
    score: middle(row.cells[row.cells.length > 3 ? 3 : 2]),
    lines: Object.values(lines).map((boxes) => ({
      left: Math.max(seen.left, Math.min(...boxes.map((box) => box.left))),
      right: Math.min(seen.right, Math.max(...boxes.map((box) => box.right))),
    })),
  };
})"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


TRANSLATED = {name: path for name, (_, path) in STATES.items() if not path.startswith("/api/")}
WAYS = {"ltr": "", "rtl": "/ar"}
"""Which way a page runs whose address begins so."""


@pytest.mark.parametrize("path", TRANSLATED.values(), ids=TRANSLATED)
@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_page_fits_a_narrow_window_in_every_language(
    page: Page, site: str, language: str, path: str
) -> None:
    # What fits the narrowest of phones fits the others.
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(f"{site}/{language}{path}")
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert not axe.is_wider_than_its_window(page)


@pytest.mark.parametrize("size", axe.SIZES, ids=["wide", "narrow"])
@pytest.mark.parametrize("path", RANKINGS.values(), ids=RANKINGS)
@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_a_name_of_any_script_begins_beside_its_rank(
    page: Page, site: str, path: str, way: str, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    page.goto(f"{site}{WAYS[way]}{path}")
    rows = page.locator("#ranking tbody tr")
    found = rows.evaluate_all(PLACES, len(NAMES_OF_ALL_KINDS))
    assert len(found) == len(NAMES_OF_ALL_KINDS)
    for row in found:
        in_order = [row["rank"], row["name"], row["score"]]
        assert sorted(in_order, reverse=way == "rtl") == in_order
    edge = "right" if way == "rtl" else "left"
    beginnings = [line[edge] for row in found for line in row["lines"]]
    assert max(beginnings) - min(beginnings) < 2


def test_pictures_run_from_left_to_right_in_every_language(page: Page, site: str) -> None:
    page.set_viewport_size(axe.SIZES[1])
    boxes = []
    for way in ("ltr", "rtl"):
        page.goto(f"{site}{WAYS[way]}{BOARD}/spread")
        bars = page.locator("#spread .bar").evaluate_all(
            "bars => bars.map((bar) => Math.round(bar.getBoundingClientRect().left))"
        )
        assert len(bars) > 10
        boxes.append(bars)
    assert boxes[0] == boxes[1]
