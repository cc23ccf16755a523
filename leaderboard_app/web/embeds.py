"""Boards for other sites: a small one for a frame, and a picture of a player's rank."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import category, east_asian_width

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest

from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Page, Rank, View
from leaderboard_app.usecases import read
from leaderboard_app.usecases.read import PAGE_ROWS
from leaderboard_app.web import door, headers, sharing, tabs
from leaderboard_app.web.context import services
from leaderboard_app.web.head import absolute
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.links import BoardLinks
from leaderboard_app.web.number_ones import xml_text
from leaderboard_app.web.presentation import country_name, period_name, place

blueprint = Blueprint("embeds", __name__)

ROWS = 10
THEMES = ("auto", "light", "dark")
_NO_WIDTH = frozenset({"Cf", "Mn"})
"""What Unicode calls signs that are not seen, and marks that stand on other letters."""


@dataclass(frozen=True, slots=True)
class Embed:
    """A small board.

    Attributes:
        view: the ranking.
        page: its top.
        rows: how many of it are shown at most.
        theme: which colours it has.
        url: where the whole ranking is.
        players: what a player's id is put behind, to lead to their page.
    """

    view: View
    page: Page
    rows: int
    theme: str
    url: str
    players: str


@blueprint.get("/embed/boards/<board_id>")
def board(board_id: str) -> Response:
    """Show the top of a ranking without anything around it, for a frame."""
    shown = _embed(board_id)
    response = sharing.kept_page(("embed", shown), lambda: _written(shown))
    return headers.framed_by(services().embedders).put_on(response)


@blueprint.get("/badge/boards/<board_id>/players/<player_id:player_id>.svg")
def badge(board_id: str, player_id: PlayerId) -> Response:
    """Answer a picture of a player's rank; who has none is not told from who never was."""
    found_on = door.board(board_id)
    now = services().clock()
    view = View(found_on, door.period(found_on, request.args, now), door.country(request.args))
    placing = read.rank(services().store, view, player_id, now)
    says = _said(placing.rank) if placing else say("no place")
    svg = render_template("badge.svg", **_measured(_name(view), says))
    response = sharing.answer(svg, "image/svg+xml", headers.FOR_BADGES)
    return headers.PICTURE.put_on(response)


def _written(shown: Embed) -> str:
    period, canonical = period_name(shown.view.period), absolute(shown.url)
    return render_template("embed.html", shown=shown, period=period, canonical=canonical)


def _embed(board_id: str) -> Embed:
    found_on, now = door.board(board_id), services().clock()
    view = View(found_on, door.period(found_on, request.args, now), door.country(request.args))
    links = BoardLinks.to(found_on)
    return Embed(
        view,
        services().tops.top(view),
        _rows(request.args.get("rows", "")),
        _theme(request.args.get("theme", "")),
        links.ranking(tabs.word_of(view.period, now), view.country),
        links.players,
    )


def _rows(text: str) -> int:
    """Return how many rows `rows` asks for."""
    if not text:
        return ROWS
    if text.isascii() and text.isdigit() and len(text) <= len(str(PAGE_ROWS)):
        number = int(text)
        if 1 <= number <= PAGE_ROWS:
            return number
    raise BadRequest(say("Give rows as a whole number from 1 to {most}.", most=PAGE_ROWS))


def _theme(text: str) -> str:
    if text and text not in THEMES:
        raise BadRequest(say("Give theme as auto, light or dark."))
    return text or THEMES[0]


def _said(rank: Rank) -> str:
    told = say("#{place}", place=place(rank))
    return say("about {place}", place=told) if rank.as_of else told


def _name(view: View) -> str:
    named = [view.board.title]
    if view.period.first_day:
        named.append(period_name(view.period))
    if view.country:
        named.append(country_name(view.country))
    return say(", ").join(named)


def _measured(name: str, says: str) -> dict[str, object]:
    """Return what the picture says, with the widths that it takes, in pixels."""
    left, right = _width(name), _width(says, bold=True)
    return {"name": xml_text(name), "says": says, "left": left, "right": right}


def _width(text: str, *, bold: bool = False) -> int:
    # What letters of that size take on average; the reader's own face is fitted to it.
    seen = [char for char in text if category(char) not in _NO_WIDTH]
    wide = sum(east_asian_width(char) in "WF" for char in seen)
    return 16 + (8 if bold else 7) * (len(seen) - wide) + 13 * wide
