"""Windows of the browser: with scripts or without, wide or narrow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

WIDE, NARROW = 1280, 360


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody looks at the pages: with scripts or without, and how many pixels wide."""

    has_scripts: bool
    width: int = NARROW

    @property
    def is_wide(self) -> bool:
        """Say whether there is room for a table's columns."""
        return self.width > NARROW

    def __str__(self) -> str:
        """Return its name in the list of tests."""
        return f"{'with' if self.has_scripts else 'without'} JavaScript, {self.width} px"


@contextmanager
def opened_tab(browser: Browser, way: Way) -> Iterator[Page]:
    """Yield an empty tab of a window of its own; nothing may go wrong in its console."""
    context = browser.new_context(
        viewport={"width": way.width, "height": 740}, java_script_enabled=way.has_scripts
    )
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    tab.on("pageerror", lambda error: said.append(f"error: {error}"))
    try:
        yield tab
    finally:
        context.close()
    # A page that answers 422 is an error to the browser, and is meant to be one.
    errors = [line for line in said if line.startswith("error") and "status of 422" not in line]
    assert errors == []
