"""`python -m tests.browser.looks`: every page and state as a picture, to be looked at.

Two widths, by day and by night, in each language: pictures in a folder, and a page that shows them
beside one another.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from leaderboard_app.web.languages.known import LANGUAGES
from tests.browser.axe import SIZES
from tests.browser.conftest import launched
from tests.browser.full_house import House
from tests.browser.serving import served
from tests.browser.test_accessible import STATES

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    """Take the pictures, and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("looks"), help="where they go")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    site = served(House().fill().app())
    with site as address, sync_playwright() as playwright, launched(playwright) as browser:
        taken = list(_pictures(browser, address, folder))
    page = folder / "index.html"
    page.write_text(_shown(taken), encoding="utf-8")
    sys.stdout.write(f"{len(taken)} pictures: open {page}\n")


def _pictures(browser: Browser, site: str, folder: Path) -> Iterator[str]:
    for size in SIZES:
        for theme in THEMES:
            context = browser.new_context(viewport=size, color_scheme=theme)
            tab = context.new_page()
            for language, name, path in _addresses():
                tab.goto(f"{site}/{language}{path}")
                file = f"{size['width']}-{theme}-{language}-{name.replace(' ', '-')}.png"
                tab.screenshot(path=folder / file, full_page=True)
                yield file
            context.close()


def _addresses() -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        for name, (_, path) in STATES.items():
            if not path.startswith("/api/"):
                yield language.code, name, path


def _shown(files: list[str]) -> str:
    pictures = (
        f'<figure><img loading="lazy" src="{escape(each)}" alt=""><figcaption>{escape(each)}'
        "</figcaption></figure>"
        for each in files
    )
    style = "body{display:flex;flex-wrap:wrap;gap:8px}figure{margin:0;width:240px}img{width:100%}"
    return f"<!DOCTYPE html><title>Looks</title><style>{style}</style>{''.join(pictures)}"


if __name__ == "__main__":
    main()
