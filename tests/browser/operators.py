"""What an operator does in their corner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.readers import digits


@dataclass(frozen=True)
class Operator:
    """Somebody with a key.

    Attributes:
        page: their tab.
        sites: each region's web address.
    """

    page: Page
    sites: Mapping[str, str]

    def signs_in(self, region: str, key: str) -> None:
        """Enter a region's corner with a key."""
        self.page.goto(f"{self.sites[region]}/operators/")
        self.page.get_by_label("Key").fill(key)
        self.page.get_by_role("button", name="Sign in").click()

    def removes(self, name: str, score: str, origin: str, why: str) -> None:
        """Remove a score, which came from another region, for a reason."""
        self.page.get_by_role("link", name=name, exact=True).click()
        expect(self.page.locator("#reports")).to_contain_text(f"form, {origin}")
        expect(self.page.locator("#entries")).to_contain_text("in the ranking")
        remove = self.page.get_by_role("link", name="Remove")
        assert score in digits(remove.get_attribute("aria-label") or "")
        remove.click()
        self.page.get_by_label("Why").fill(why)
        self.page.get_by_role("button", name="Remove").click()
        expect(self.page.locator("#told-1")).to_have_text("The score is removed.")
        expect(self.page.locator("#reports")).to_contain_text(why)
        assert not axe.is_wider_than_its_window(self.page)

    def finds_in_the_log(self, why: str) -> None:
        """See what was decided, and why."""
        self.page.get_by_role("link", name="Log", exact=True).click()
        expect(self.page.locator("#acts")).to_contain_text(why)

    def signs_out(self) -> None:
        """Leave the corner."""
        self.page.get_by_role("button", name="Sign out").click()
        expect(self.page.locator("#told-1")).to_have_text("You are signed out.")
