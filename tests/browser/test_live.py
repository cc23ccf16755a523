"""A board that somebody looks at takes in new scores by itself, and knows when it should not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, Request, Response, expect

from tests.browser import axe
from tests.browser.full_house import House
from tests.browser.readers import A_LOOK, digits
from tests.browser.serving import served
from tests.web.worlds import Seed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BOARD = "/boards/star-run"
MOTION = "each => getComputedStyle(each).animationName"

PATIENCE = 20
"""Seconds of ours in which a page must have asked and been answered."""


def is_look(response: Response) -> bool:
    """Say whether the script asked for it."""
    return response.request.resource_type == "fetch"


@dataclass
class Live:
    """A tab whose time is ours, over a board that we add scores to."""

    page: Page
    house: House
    site: str
    asked: int = 0
    answers: list[int] = field(default_factory=list)

    def open(self, query: str = "") -> None:
        self.page.on("request", self._count)
        self.page.on("response", self._note)
        self.page.clock.install(time=self.house.clock.now)
        self.page.goto(f"{self.site}{BOARD}{query}")
        self.page.clock.pause_at(self.house.clock.now + timedelta(seconds=2))

    def _count(self, request: Request) -> None:
        self.asked += request.resource_type == "fetch"

    def _note(self, response: Response) -> None:
        if is_look(response):
            self.answers.append(response.status)

    def look(self) -> int:
        """Let the time of a look go by; return what it was answered."""
        answered, until = len(self.answers), monotonic() + PATIENCE
        while len(self.answers) == answered and monotonic() < until:
            # The page's time stands still while an answer is on its way.
            self.page.clock.run_for(1_000 if self.asked == answered else 1)
        assert len(self.answers) > answered, "The page never asked, or was never answered."
        return self.answers[-1]

    def score(self, name: str, score: int) -> None:
        """Add a score, a second later than everything before."""
        self.house.clock.now += timedelta(seconds=2)
        Seed(self.house.store, self.house.clock)(name, score)


@pytest.fixture
def live(browser: Browser) -> Iterator[Live]:
    house = House().fill()
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    with served(house.app()) as site:
        yield Live(context.new_page(), house, site)
        context.close()


def test_a_new_score_comes_in_marked_and_is_told(live: Live) -> None:
    live.open()
    live.score("Zoë", 2_000_000 // 2)
    assert live.look() == 200
    row = live.page.locator("#ranking tbody tr").nth(1)
    expect(row).to_contain_text("Zoë")
    expect(row).to_have_class(re.compile("changed"))
    expect(live.page.locator("tr.changed")).to_have_count(1)
    assert row.locator("td").first.evaluate(MOTION) == "changed"
    news = live.page.get_by_role("status")
    expect(news).to_contain_text("Zoë in place 2 with")
    assert digits(news.inner_text()) == "21000000"


def test_a_screen_reader_tells_the_news_when_it_has_nothing_else_to_say(live: Live) -> None:
    live.open()
    # The region must be there, and empty, before there is news: else it is not watched.
    expect(live.page.get_by_role("status")).to_have_text("")
    live.score("Zoë", 999_999)
    live.look()
    asked = live.page.context.new_cdp_session(live.page)
    nodes = asked.send("Accessibility.getFullAXTree")["nodes"]
    (status,) = [node for node in nodes if node["role"]["value"] == "status"]
    told = {each["name"]: each["value"].get("value") for each in status["properties"]}
    assert (told["live"], told["atomic"]) == ("polite", True)
    assert live.page.evaluate("document.activeElement === document.body")


def test_a_board_that_did_not_change_is_sent_again_to_nobody(live: Live) -> None:
    live.open()
    assert live.look() == 200
    assert live.look() == 304
    live.score("Zoë", 999_999)
    assert live.look() == 200
    expect(live.page.locator("#ranking")).to_contain_text("Zoë")
    assert live.look() == 304


def test_who_is_on_a_row_by_keyboard_stays_on_it(live: Live) -> None:
    live.open()
    link = live.page.get_by_role("link", name="P9", exact=True)
    link.focus()
    live.score("Zoë", 999_999)
    assert live.look() == 200
    expect(live.page.locator("tr.changed")).to_contain_text("Zoë")
    expect(link).to_be_focused()


def test_the_first_score_of_a_board_comes_in_too(live: Live) -> None:
    live.open("?country=AE")
    expect(live.page.locator("#empty")).to_be_visible()
    seed = Seed(live.house.store, live.house.clock)
    live.house.clock.now += timedelta(seconds=2)
    seed("Penguin", 5, country="AE")
    live.look()
    expect(live.page.locator("#ranking tbody tr")).to_have_count(1)


@pytest.mark.parametrize("query", ["?at=2&by=page", "?player=name:p40"])
def test_a_place_of_a_readers_own_is_left_as_it_is(live: Live, query: str) -> None:
    live.open(query)
    live.page.clock.run_for(6 * A_LOOK)
    assert live.answers == []
    expect(live.page.locator("#live")).to_have_count(0)


def test_nothing_moves_while_a_form_is_filled_in(live: Live) -> None:
    live.open()
    live.page.get_by_label("Player", exact=True).fill("Ad")
    live.page.clock.run_for(3 * A_LOOK)
    assert live.answers == []
    live.page.get_by_label("Player", exact=True).fill("")
    live.page.get_by_label("Player", exact=True).blur()
    assert live.look() == 200


def test_a_reader_may_pause_it_and_go_on(live: Live) -> None:
    live.open()
    live.page.get_by_role("button", name="Pause live updates").click()
    live.page.clock.run_for(3 * A_LOOK)
    assert live.answers == []
    live.score("Zoë", 999_999)
    live.page.get_by_role("button", name="Resume live updates").click()
    expect(live.page.get_by_role("button", name="Pause live updates")).to_be_visible()
    expect(live.page.locator("tr.changed")).to_contain_text("Zoë")


def test_a_hidden_page_asks_for_nothing(live: Live) -> None:
    live.open()
    live.page.evaluate("""() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }""")
    live.page.clock.run_for(3 * A_LOOK)
    assert live.answers == []
    live.page.evaluate("""() => {
      delete document.hidden;
      document.dispatchEvent(new Event('visibilitychange'));
    }""")
    assert live.look() == 200


def test_a_server_that_does_not_answer_is_asked_ever_less_often(live: Live) -> None:
    live.open()
    live.house.store.away = True
    for _ in range(200):
        live.page.clock.run_for(1_000)
    # 200 seconds hold 20 to 40 looks at a server that answers.
    assert 3 <= len(live.answers) <= 8
    assert live.answers[-1] == 503
    expect(live.page.get_by_role("status")).to_contain_text("No answer")
    expect(live.page.locator("#ranking tbody tr")).to_have_count(25)


def test_times_are_told_as_people_say_them_beside_the_exact_ones(live: Live) -> None:
    live.open()
    cell = live.page.locator("#ranking tbody tr").nth(1).locator("td").last
    expect(cell).to_have_text("23 Nov 2026, 11:537 min. ago")


def test_a_country_is_found_by_any_part_of_its_name(live: Live) -> None:
    live.open("?period=week")
    field = live.page.get_by_label("Country")
    field.fill("Nowhere")
    live.page.get_by_role("button", name="Show").click()
    assert not field.evaluate("each => each.validity.valid")
    options = live.page.locator("#countries option")
    assert options.filter(has_text="land").count() > 1
    # What the list offers is what a pick puts into the field: a name, in any writing.
    offered = options.evaluate_all("all => all.map((each) => each.value)")
    assert "Finland" in offered
    assert "FI" not in offered
    field.fill("finland")
    live.page.get_by_role("button", name="Show").click()
    live.page.wait_for_url("**?period=week&country=FI")
    expect(live.page.get_by_label("Country")).to_have_value("Finland")


def test_who_reduced_motion_sees_none(live: Live) -> None:
    live.page.emulate_media(reduced_motion="reduce")
    live.open()
    live.score("Zoë", 999_999)
    live.look()
    cell = live.page.locator("tr.changed td").first
    assert cell.evaluate(MOTION) == "none"
    assert cell.evaluate("each => getComputedStyle(each).boxShadow") != "none"


def test_a_big_screen_holds_ten_rows_at_once_and_nothing_to_click(live: Live) -> None:
    live.page.set_viewport_size({"width": 1920, "height": 1080})
    live.open("?display=wall")
    expect(live.page.locator("#ranking tbody tr")).to_have_count(10)
    assert live.page.evaluate("document.documentElement.scrollHeight") <= 1080
    assert live.page.locator("button, input, select").count() == 0
    live.score("Zoë", 999_999)
    live.look()
    expect(live.page.locator("tr.changed")).to_contain_text("Zoë")


@axe.needs_axe
def test_what_the_script_adds_passes_the_rules(live: Live) -> None:
    axe.load_into(live.page.context)
    for query in ("", "?display=wall"):
        live.page.goto(f"{live.site}{BOARD}{query}")
        assert axe.violations(live.page) == []


def test_without_scripts_a_big_screen_is_loaded_again(browser: Browser, live: Live) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live.site}{BOARD}?display=wall")
    assert page.locator("head meta[http-equiv=refresh]").get_attribute("content") == "10"
    context.close()
