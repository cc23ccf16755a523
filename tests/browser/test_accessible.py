"""Every page and every error, as WCAG 2.2 AA asks: wide and narrow, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from playwright.sync_api import Browser, Page, expect

from leaderboard_app.domain.allowances import Client, Limits
from leaderboard_app.domain.places import Reach
from tests.browser import axe
from tests.browser.full_house import House
from tests.browser.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.slow, axe.needs_axe]

BOARD = "/boards/star-run"

STATES = {
    "top": (200, BOARD),
    "page of places": (200, f"{BOARD}?at=2&by=page"),
    "country": (200, f"{BOARD}?country=FI"),
    "day": (200, f"{BOARD}?period=day"),
    "around a player": (200, f"{BOARD}?player=name:p40"),
    "player without a place": (200, f"{BOARD}?player=nobody"),
    "place that is none": (422, f"{BOARD}?at=many"),
    "lower is better": (200, "/boards/sprint"),
    "empty": (200, "/boards/nobody"),
    "empty country": (200, "/boards/nobody?country=FI"),
    "closed": (200, "/boards/old-run"),
    "big screen": (200, f"{BOARD}?display=wall"),
    "empty big screen": (200, "/boards/nobody?display=wall"),
    "in a frame": (200, f"/embed{BOARD}"),
    "in a frame by day": (200, f"/embed{BOARD}?theme=light"),
    "in a frame by night": (200, f"/embed{BOARD}?theme=dark"),
    "empty in a frame": (200, "/embed/boards/nobody"),
    "player": (200, f"{BOARD}/players/name:ada"),
    "spread": (200, f"{BOARD}/spread"),
    "spread not counted": (200, "/boards/nobody/spread"),
    "past winners": (200, f"{BOARD}/periods?kind=day"),
    "no past winners": (200, "/boards/sprint/periods"),
    "several found": (200, f"{BOARD}/find?q=Twin"),
    "nobody found": (200, f"{BOARD}/find?q=zzz"),
    "nothing to find": (422, f"{BOARD}/find?q="),
    "form": (200, f"{BOARD}/scores/new"),
    "held": (200, f"{BOARD}/scores/held"),
    "status": (200, "/status"),
    "documents": (200, "/api/v1/docs"),
    "sign-in": (200, "/operators/sign-in"),
    "400": (400, f"{BOARD}?period=never"),
    "403": (403, "/boards/old-run/scores/new"),
    "404": (404, "/nowhere"),
    "405": (405, "/broken/405"),
    "413": (413, "/broken/413"),
    "429": (429, "/broken/429"),
    "500": (500, "/broken/500"),
    "503": (503, "/broken/503"),
}

SAID_MOST = (
    "page of places",
    "around a player",
    "big screen",
    "in a frame",
    "player",
    "spread",
    "past winners",
    "several found",
    "form",
    "status",
    "sign-in",
    "404",
)
"""Pages that show all there is to say: the same rules hold for them in other languages."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    axe.load_into(context)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("status", "path"), STATES.values(), ids=STATES)
def test_a_page_passes_the_rules_in_every_look(
    page: Page, site: str, status: int, path: str
) -> None:
    answer = page.goto(site + path)
    assert answer
    assert answer.status == status
    assert axe.violations_in_all_looks(page) == {}


@pytest.mark.parametrize("name", SAID_MOST)
@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_page_passes_the_rules_in_other_languages(
    page: Page, site: str, language: str, name: str
) -> None:
    page.goto(f"{site}/{language}{STATES[name][1]}")
    # Colours are the same in every language.
    assert axe.violations_in_all_looks(page, ("light",)) == {}


@pytest.mark.parametrize("path", [path for _, path in STATES.values()], ids=STATES)
def test_a_page_fits_its_window_at_twice_and_four_times_its_size(
    page: Page, site: str, path: str
) -> None:
    page.goto(site + path)
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 400})
        assert not axe.is_wider_than_its_window(page), width


def test_a_form_that_is_wrong_passes_and_has_the_focus_on_what_is_wrong(
    page: Page, site: str
) -> None:
    page.goto(f"{site}{BOARD}/scores/new")
    page.get_by_role("button", name="Add score").click()
    expect(page.locator("#summary")).to_be_focused()
    assert axe.violations_in_all_looks(page) == {}
    for field in ("name", "country", "score"):
        named = page.locator(f"#{field}").get_attribute("aria-describedby") or ""
        assert f"{field}-error" in named.split()


def test_a_form_that_was_sent_too_often_passes_and_says_when_to_come_back(page: Page) -> None:
    house = House().fill()
    sender = Client.at("127.0.0.1", "form")
    minute = house.clock.now.replace(second=0, microsecond=0)
    house.store.counters.counts[sender, minute] = Limits().form
    with served(house.app()) as site:
        page.goto(f"{site}{BOARD}/scores/new")
        page.get_by_label("Name").fill("Grace Hopper")
        page.get_by_label("Country").select_option("US")
        page.get_by_label("Score").fill("1234")
        with page.expect_response(f"**{BOARD}/scores/new") as answer:
            page.get_by_role("button", name="Add score").click()
        assert answer.value.status == HTTPStatus.TOO_MANY_REQUESTS
        expect(page.locator("#summary")).to_be_focused()
        assert axe.violations_in_all_looks(page) == {}


def test_a_key_that_is_none_passes_and_has_the_focus_on_what_is_wrong(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/operators/sign-in")
    page.get_by_label("Key").fill("no key of ours")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#summary")).to_be_focused()
    assert axe.violations_in_all_looks(page) == {}


def test_places_as_of_a_walk_pass_and_say_so(page: Page) -> None:
    house = House().fill()
    house.store.reach = Reach(5, 10)
    with served(house.app()) as site:
        page.goto(f"{site}{BOARD}?at=40")
        expect(page.locator("#places-note")).to_contain_text("as of")
        assert axe.violations_in_all_looks(page) == {}


def test_a_form_that_is_for_operators_alone_passes(page: Page) -> None:
    with served(House().fill().app(form_is_open=False)) as site:
        answer = page.goto(f"{site}{BOARD}/scores/new")
        assert answer
        assert answer.status == HTTPStatus.FORBIDDEN
        assert axe.violations_in_all_looks(page) == {}


def test_a_page_that_breaks_the_rules_is_found_out(page: Page, site: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site + BOARD)
    page.evaluate("""() => {
      const caption = document.querySelector("caption");
      caption.style.color = "#999";
      document.querySelector("label[for=q]").remove();
      document.querySelector("#q").removeAttribute("placeholder");
    }""")
    broken = {fault.partition(":")[0] for fault in axe.violations(page)}
    assert {"color-contrast", "label"} <= broken
