"""A studio's page with a board in a frame and a badge, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.full_house import House
from tests.browser.serving import served
from tests.web.worlds import make_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOARD = "/boards/star-run"


def studio(site: str) -> Flask:
    """Return the page of somebody else."""
    page = Flask("studio")
    frame = f'<iframe src="{site}/embed{BOARD}?rows=5&theme=dark" title="Board"></iframe>'
    badge = f'<img src="{site}/badge{BOARD}/players/name:ada.svg" alt="Ada’s rank">'
    page.add_url_rule("/", "show", lambda: f"<!DOCTYPE html><title>Studio</title>{frame}{badge}")
    page.add_url_rule("/favicon.ico", "icon", lambda: "")
    return page


@pytest.fixture(scope="module")
def house() -> House:
    return House().fill()


@pytest.fixture(params=[("*",), ("'none'",)], ids=["anybody may", "nobody may"])
def sites(request: pytest.FixtureRequest, house: House) -> Iterator[tuple[str, str, bool]]:
    """Yield our address, the studio's, and whether it may frame a board."""
    app = make_app(house.store, house.clock, embedders=request.param)
    with served(app) as site, served(studio(site)) as other:
        # Another host than ours, so that to the browser it is another site.
        yield site, other.replace("127.0.0.1", "localhost"), request.param == ("*",)


def test_a_studio_shows_what_the_setting_lets_it(
    browser: Browser, sites: tuple[str, str, bool]
) -> None:
    site, other, may = sites
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(other)
    frame = page.frame_locator("iframe")
    assert page.locator("img").evaluate("image => image.complete && image.naturalWidth") > 40
    expect(frame.locator("#ranking tbody tr")).to_have_count(5 if may else 0)
    if may:
        assert page.context.cookies() == []
        ground = frame.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
        assert ground == "rgb(22, 18, 47)"
        frame.locator("h1 a").click()
        expect(page).to_have_url(f"{site}{BOARD}")
    page.close()
