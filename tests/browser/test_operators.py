"""What a moderator does, in a real browser: it shows in both regions."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.keys import KEY_ID_BYTES, SECRET_BYTES, Key, KeyId, Scope, Secret
from leaderboard_app.gateway.store import DynamoStore
from tests.bootstrap.sandboxes import RunningSandbox
from tests.browser.test_journeys import DUBLIN, OREGON, add_score

pytestmark = [pytest.mark.browser, pytest.mark.ministack, pytest.mark.slow]

LATE = 5_000
"""Milliseconds that a board's page may be kept, and then some."""


@pytest.fixture
def key(sandbox: RunningSandbox) -> str:
    """Return the secret of a moderator's key, made through Dublin."""
    store = DynamoStore(DUBLIN, Deployment.read().table, sandbox.running.endpoint)
    secret = Secret.make(KeyId.make(os.urandom(KEY_ID_BYTES)), os.urandom(SECRET_BYTES))
    store.keys.add(Key.of(secret, "Ann", [Scope.MODERATE], datetime.now(UTC)))
    return secret.text


def test_a_moderators_removal_is_shown_in_both_regions(
    page: Page, sandbox: RunningSandbox, key: str
) -> None:
    sites, name = sandbox.running.sites, f"Mallory {secrets.token_hex(3)}"
    page.goto(sites[DUBLIN])
    add_score(page, name, "FI", "999999")
    expect(page.locator("#marked-row")).to_contain_text(name)

    page.goto(f"{sites[OREGON]}/operators/")
    page.get_by_label("Key").fill(key)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator("#entries")).to_contain_text("in the ranking")
    page.get_by_role("link", name="Remove").click()
    page.get_by_label("Why").fill("nobody is that fast")
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("#told-1")).to_have_text("The score is removed.")
    expect(page.locator("#reports")).to_contain_text("nobody is that fast")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    for region in (OREGON, DUBLIN):
        page.wait_for_timeout(LATE / 2)
        page.goto(f"{sites[region]}/boards/global?country=FI")
        expect(page.locator("#ranking")).not_to_contain_text(name)
    page.goto(f"{sites[OREGON]}/operators/acts")
    expect(page.locator("#acts")).to_contain_text("nobody is that fast")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#told-1")).to_have_text("You are signed out.")
