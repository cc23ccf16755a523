"""What a newcomer does in the first two minutes, in a real browser."""

from __future__ import annotations

import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.bootstrap.sandboxes import RunningSandbox

pytestmark = [pytest.mark.browser, pytest.mark.ministack, pytest.mark.slow]

OREGON, DUBLIN = "us-west-2", "eu-west-1"


def add_score(page: Page, name: str, country: str, score: str) -> None:
    """Fill in the form and send it."""
    page.get_by_role("link", name="Add score").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Country").select_option(country)
    page.get_by_label("Score").fill(score)
    page.get_by_role("button", name="Add score").click()


def choose_country(page: Page, name: str) -> None:
    """Choose a country of the ranking: from the list, or typed where a script finds it."""
    field = page.get_by_label("Country")
    if field.evaluate("each => each.tagName") == "SELECT":
        field.select_option(label=name)
    else:
        field.fill(name)


def test_a_score_added_in_oregon_is_found_in_dublin(page: Page, sandbox: RunningSandbox) -> None:
    name = f"Grace {secrets.token_hex(3)}"
    page.goto(sandbox.running.sites[OREGON])
    add_score(page, name, "FI", "31415")
    expect(page.locator("#banner")).to_contain_text("You are in place")
    expect(page.locator("#marked-row")).to_contain_text(name)
    expect(page.locator("#marked-row")).to_be_in_viewport()
    number = page.locator("#marked-row td").first.inner_text()

    page.goto(f"{sandbox.running.sites[DUBLIN]}/boards/global?country=FI")
    expect(page.locator("#ranking")).to_contain_text(name)
    page.get_by_role("link", name=name).click()
    expect(page.locator("#history")).to_contain_text("31\u202f415")
    assert int(number) > 1


def test_a_form_that_is_wrong_says_so_and_keeps_what_was_typed(
    page: Page, sandbox: RunningSandbox
) -> None:
    page.goto(f"{sandbox.running.sites[DUBLIN]}/boards/global")
    page.get_by_role("link", name="Add score").click()
    page.get_by_label("Name").fill("Grace\u202e")
    page.get_by_label("Score").fill("many")
    # Past the browser's own checks: it must hold without them.
    page.locator("#score-form").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Add score").click()
    expect(page.locator("#name-error")).to_be_visible()
    expect(page.locator("#country-error")).to_be_visible()
    expect(page.locator("#score-error")).to_be_visible()
    expect(page.get_by_label("Score")).to_have_value("many")


def test_a_reader_turns_pages_filters_and_looks_a_player_up(
    page: Page, sandbox: RunningSandbox
) -> None:
    page.goto(sandbox.running.sites[OREGON])
    first = page.locator("#ranking tbody th").first.inner_text()
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#ranking tbody td").first).to_have_text("26")
    page.get_by_role("link", name="Previous").click()
    expect(page.locator("#ranking tbody th").first).to_have_text(first)
    choose_country(page, "Japan")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#ranking")).to_contain_text("Japan")
    page.locator("#ranking tbody th a").first.click()
    expect(page.locator("#bests")).to_be_visible()


def test_a_player_is_found_and_sees_their_place_in_the_picture(
    page: Page, sandbox: RunningSandbox
) -> None:
    page.goto(sandbox.running.sites[DUBLIN])
    name = page.locator("#ranking tbody th").nth(6).inner_text()
    page.get_by_label("Player", exact=True).fill(name)
    page.get_by_role("button", name="Find").click()
    expect(page.locator("#banner")).to_contain_text("is in place 7 of")
    expect(page.locator("#marked-row")).to_contain_text(name)
    expect(page.locator("#marked-row")).to_be_in_viewport()

    page.locator("#marked-row a").click()
    expect(page.locator("#rank")).to_contain_text("Place 7 of")
    until_walked(page)
    expect(page.locator("#spread text.mark")).to_have_text("Place 7")
    picture, bar = (page.locator(f"#spread {each}").first for each in ("svg[role]", ".bar"))
    drawn, around = bar.bounding_box(), picture.bounding_box()
    assert drawn
    assert around
    assert around["x"] <= drawn["x"] < drawn["x"] + drawn["width"] <= around["x"] + around["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def until_walked(page: Page) -> None:
    """Come back to a page until the sandbox's schedule has walked its ranking."""
    for _ in range(30):
        if page.locator("#spread").count():
            return
        page.wait_for_timeout(1000)
        page.reload()
