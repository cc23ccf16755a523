"""What search engines ask for first: which pages they may read, and which there are."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request, url_for

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.periods import PeriodKind
from leaderboard_app.web import sharing, tabs
from leaderboard_app.web.context import services
from leaderboard_app.web.head import absolute
from leaderboard_app.web.languages.asked import in_each
from leaderboard_app.web.links import BoardLinks

blueprint = Blueprint("crawlers", __name__)

CLOSED = ("/operators", "/embed/", "/boards/*/find", "/boards/*/scores/", "/boards/*cursor=")
"""What is for operators, for frames, or another view of what is listed."""


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Answer what crawlers may read: by the standard, only at the root of a host."""
    roots = [each.url.rstrip("/") for each in in_each(f"{request.root_path}/")]
    closed = "".join(f"Disallow: {root}{path}\n" for root in roots for path in CLOSED)
    sitemap = absolute(url_for("crawlers.sitemap"))
    return sharing.answer(f"User-agent: *\n{closed}\nSitemap: {sitemap}\n", "text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Answer the addresses of each board's rankings of now, past winners and spread.

    Each language's is listed with those of the others, as search engines ask for it.
    """
    paths = (path for board in services().boards.all() for path in _pages(board))
    text = render_template("sitemap.xml", pages=[in_each(path) for path in paths])
    return sharing.answer(text, "application/xml")


def _pages(board: Board) -> Iterator[str]:
    links = BoardLinks.to(board)
    yield from (links.ranking(tabs.word(kind)) for kind in board.periods)
    yield links.spread
    yield from (links.periods_of(kind) for kind in board.periods if kind is not PeriodKind.ALL)
