"""A real browser on a real sandbox: both regions, as `make run` starts them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.bootstrap.sandboxes import RunningSandbox, started
from tests.browser.full_house import House
from tests.browser.serving import served
from tests.browser.windows import Way, opened_tab

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    """Yield a running sandbox with the example scores."""
    with started(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Yield the address of a house in which every page has something to show."""
    with served(House().fill().app()) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Yield what drives browsers; there can be one at a time."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Yield a Chromium without a window, and without scrollbars."""
    with launched(playwright) as chromium:
        yield chromium


@pytest.fixture(scope="module")
def browser_with_scrollbars(playwright: Playwright) -> Iterator[Browser]:
    """Yield one whose scrollbars take room, as on most desktops."""
    with launched(playwright, ignore_default_args=["--hide-scrollbars"]) as chromium:
        yield chromium


@contextmanager
def launched(playwright: Playwright, ignore_default_args: Sequence[str] = ()) -> Iterator[Browser]:
    """Yield a Chromium of its own."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium, which pip can't install: apt-get install chromium")
    chromium = playwright.chromium.launch(
        executable_path=CHROMIUM, args=ARGUMENTS, ignore_default_args=ignore_default_args
    )
    yield chromium
    chromium.close()


@pytest.fixture(params=[Way(has_scripts=True), Way(has_scripts=False)], ids=str)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Yield an empty tab of a narrow window, with JavaScript and without."""
    with opened_tab(browser, request.param) as tab:
        yield tab
