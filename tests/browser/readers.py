"""What a reader does on the pages, step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic

from playwright.sync_api import Locator, Page, expect

from tests.browser import axe
from tests.browser.windows import Way

OREGON, DUBLIN = "us-west-2", "eu-west-1"
PLACES = {OREGON: "Oregon", DUBLIN: "Dublin"}

A_LOOK = 10_500
"""Milliseconds in which an open page has asked once more, or twice."""

PATIENCE = 30
"""Seconds until a page must show what happened; a region and its tops may be some seconds late."""


def digits(text: str) -> str:
    """Return the digits of a text: how they stand in groups is the language's affair."""
    return re.sub(r"\D", "", text)


@dataclass
class Reader:
    """Somebody who looks at a board; what they see fits their window.

    Attributes:
        page: their tab.
        way: how they look at it.
        sites: each region's web address.
        loads: how often their tab has loaded a page.
    """

    page: Page
    way: Way
    sites: Mapping[str, str]
    loads: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        """Count the pages, and give an open one a clock that can be put on."""
        self.page.on("load", self._count)
        if self.way.has_scripts:
            self.page.clock.install()

    def _count(self, _: Page) -> None:
        self.loads += 1

    @property
    def rows(self) -> Locator:
        """The rows of the ranking."""
        return self.page.locator("#ranking tbody tr")

    def comes_to(self, region: str) -> None:
        """Open the leaderboard in a region, and look at its top."""
        self.page.goto(self.sites[region])
        self.is_served_from(region)
        expect(self.rows).to_have_count(25)
        for place in (1, 2, 3):
            row = self.rows.nth(place - 1)
            expect(row).to_have_class(f"medal-{place}")
            expect(row.locator("td").first).to_have_text(str(place))
        expect(self.rows.first.get_by_role("link")).to_be_in_viewport()
        # In a narrow window the headings give way, and are there to be heard alone.
        headings = self.page.locator("#ranking thead").bounding_box()
        assert headings
        assert (headings["width"] > 1) == self.way.is_wide
        self.finds_that_it_fits()

    def is_served_from(self, region: str) -> None:
        """See in the page's head and in the address which region answers."""
        expect(self.page.locator("#served b")).to_have_text(PLACES[region])
        assert self.page.url.startswith(self.sites[region])

    def turns_a_page_and_back(self) -> None:
        """See the places go on, and the same top again."""
        first = self.rows.first.get_by_role("link").inner_text()
        self.page.get_by_role("link", name="Next").click()
        expect(self.rows.first.locator("td").first).to_have_text("26")
        self.finds_that_it_fits()
        self.page.get_by_role("link", name="Previous").click()
        expect(self.rows.first.get_by_role("link")).to_have_text(first)

    def chooses(self, country: str) -> None:
        """See a country's ranking: typed where a script finds it, else taken from the list."""
        field = self.page.get_by_label("Country")
        if self.way.has_scripts:
            expect(field).to_have_attribute("list", "countries")
            part = country[:4].lower()
            options = self.page.locator("#countries option")
            found = [each for each in options.all_inner_texts() if part in each.lower()]
            assert found == [country], found
            field.fill(country.lower())
        else:
            field.select_option(label=country)
        self.page.get_by_role("button", name="Show").click()
        expect(self.page.locator("#ranking caption")).to_contain_text(country)
        countries = self.rows.locator("td:nth-child(3)").all_inner_texts()
        assert countries
        assert all(country in each for each in countries), countries

    def finds(self, name: str, place: int) -> None:
        """Look a player up by name, and see their row among those around it."""
        self.page.get_by_label("Player", exact=True).fill(name)
        self.page.get_by_role("button", name="Find").click()
        expect(self.page.locator("#banner")).to_contain_text(f"is in place {place} of")
        self.sees_marked(name)
        expect(self.page.locator("#marked-row")).to_be_in_viewport()

    def name_in_place(self, place: int) -> str:
        """Return who stands in a place of the first page."""
        return self.rows.nth(place - 1).get_by_role("link").inner_text()

    def opens_the_page_of(self, name: str) -> None:
        """Follow the link of the marked row to the player's own page."""
        self.page.locator("#marked-row").get_by_role("link", name=name).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(name)
        expect(self.page.locator("#bests")).to_be_visible()

    def sees_among_what_they_sent(self, score: str) -> None:
        """See a score in the history on a player's page."""
        assert score in digits(self.page.locator("#history tbody tr").first.inner_text())

    def sees_in_the_picture(self, place: int) -> None:
        """See the player's place in the picture of all scores, once the ranking was walked."""
        expect(self.page.locator("#rank")).to_contain_text(f"Place {place} of")
        self._waits(lambda: self.page.locator("#spread").count() == 1, is_live=False)
        expect(self.page.locator("#spread text.mark")).to_have_text(f"Place {place}")
        picture, bar = (
            self.page.locator(f"#spread {each}").first for each in ("svg[role]", ".bar")
        )
        drawn, around = bar.bounding_box(), picture.bounding_box()
        assert drawn
        assert around
        left, right = around["x"], around["x"] + around["width"]
        assert left <= drawn["x"] < drawn["x"] + drawn["width"] <= right
        self.finds_that_it_fits()

    def adds(self, name: str, country: str, score: str) -> None:
        """Fill in the form, send it, and see the own row among those around it."""
        self.page.get_by_role("link", name="Add score").click()
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Country").select_option(label=country)
        self.page.get_by_label("Score").fill(score)
        self.finds_that_it_fits()
        self.page.get_by_role("button", name="Add score").click()
        expect(self.page.locator("#banner")).to_contain_text("You are in place")
        self.sees_marked(name, score)
        expect(self.page.locator("#marked-row")).to_be_in_viewport()

    def sees_marked(self, name: str, score: str = "") -> None:
        """See a player's row marked, with their score."""
        row = self.page.locator("#marked-row")
        expect(row).to_have_attribute("aria-current", "true")
        expect(row.get_by_role("link")).to_have_text(name)
        assert score in digits(row.locator("td:nth-child(4)").inner_text())
        self.finds_that_it_fits()

    def goes_to_the_other(self, region: str) -> None:
        """Follow the link in the page's head to the same page in another region."""
        self.page.get_by_role("link", name=f"See it in {PLACES[region]}").click()
        self.is_served_from(region)

    def comes_to_see(self, name: str) -> None:
        """See a player appear in a ranking that is open."""
        self._waits(lambda: self._has_row(name), is_live=self.way.has_scripts)

    def comes_to_miss(self, name: str) -> None:
        """See a player disappear from a ranking that is open."""
        self._waits(lambda: not self._has_row(name), is_live=self.way.has_scripts)
        expect(self.rows.first).to_be_visible()

    def _has_row(self, name: str) -> bool:
        return self.rows.get_by_role("link", name=name, exact=True).count() == 1

    def _waits(self, holds: Callable[[], bool], *, is_live: bool) -> None:
        """Wait: for a live page to change by itself, loading no other; else load it again."""
        loads, until = self.loads, monotonic() + PATIENCE
        while not holds():
            assert monotonic() < until, self.page.locator("main").inner_text()
            if is_live:
                self.page.clock.fast_forward(A_LOOK)
            else:
                self.page.reload()
            self.page.wait_for_timeout(200)
        assert self.loads == loads or not is_live

    def finds_that_it_fits(self) -> None:
        """See that nothing makes the window scroll sideways."""
        assert not axe.is_wider_than_its_window(self.page), self.page.url
