"""What a page tells search engines, and sites that show a card where somebody shares a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from flask import Flask, request

from leaderboard_app.web import fragments
from leaderboard_app.web.languages.asked import Translation, in_each

CSV, JSON, ATOM = "text/csv", "application/json", "application/atom+xml"


class Alternate(NamedTuple):
    """The same in another form, or what is new in it."""

    kind: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in a page's head, for other sites.

    Attributes:
        title: what the page is called in a card.
        description: what it shows, in a sentence or two.
        path: where it is, without what keeps one reader's way to it; nothing where it is one of
            many views of the same, which no search engine shall list.
        alternates: the same in other forms.
    """

    title: str
    description: str
    path: str
    alternates: tuple[Alternate, ...] = ()

    @property
    def url(self) -> str:
        """The page's address with its host; nothing where it has none of its own."""
        return absolute(self.path) if self.path else ""

    @property
    def translations(self) -> tuple[Translation, ...]:
        """The page in each language; nothing where it has no address of its own."""
        return in_each(self.path) if self.path else ()


def register(app: Flask) -> None:
    """Let templates write addresses with a host, and heads in one piece."""
    app.add_template_global(absolute)
    app.add_template_global(fragments.written, "fragment")


def absolute(path: str) -> str:
    """Return the address of a path of ours, by the host and the scheme of this request.

    The host is one that the app's settings name: all others were refused before any view.
    """
    return f"{request.scheme}://{request.host}{path}"
