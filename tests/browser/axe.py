"""Deque's axe-core, the rules of WCAG that a program can judge, asked of a page as it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize

SCRIPT = Path(__file__).resolve().parents[2] / ".ci/axe/node_modules/axe-core/axe.min.js"
needs_axe = pytest.mark.skipif(
    not SCRIPT.exists(), reason="no rules of accessibility: npm --prefix .ci/axe ci"
)

SIZES = ViewportSize(width=1280, height=800), ViewportSize(width=360, height=740)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

_ASK = """rules => axe.run(document, {
  runOnly: rules, resultTypes: ["violations"], iframes: false, performanceTimer: false,
}).then(found => found.violations)"""


def load_into(context: BrowserContext) -> None:
    """Bring axe to every page of a context: by the browser, so that our policy stays as it is."""
    context.add_init_script(path=SCRIPT)


def violations(page: Page) -> list[str]:
    """Return what is wrong with a page: the rule, the element, and how to mend it."""
    found: list[dict[str, Any]] = page.evaluate(_ASK, RULES)
    return [
        f"{rule['id']}: {node['html'][:160]}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def violations_in_all_looks(
    page: Page, themes: Sequence[Literal["light", "dark"]] = ("light", "dark")
) -> dict[str, list[str]]:
    """Return what is wrong with an open page, by the look: wide and narrow, by day and by night."""
    found = {}
    for size in SIZES:
        page.set_viewport_size(size)
        for theme in themes:
            page.emulate_media(color_scheme=theme)
            found[f"{size['width']} px, {theme}"] = violations(page)
    return {look: faults for look, faults in found.items() if faults}


def is_wider_than_its_window(page: Page) -> bool:
    """Say whether a reader would have to scroll sideways."""
    wider: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return wider
