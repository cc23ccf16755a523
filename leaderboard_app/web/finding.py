"""Find a player of a board: one match leads to their row, several are listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.players import Player
from leaderboard_app.usecases.find import find
from leaderboard_app.web import door, sharing, tabs
from leaderboard_app.web.context import services
from leaderboard_app.web.head import CSV, JSON, Alternate, Head
from leaderboard_app.web.languages.sentences import say, told
from leaderboard_app.web.links import BoardLinks

blueprint = Blueprint("finding", __name__)


@dataclass(frozen=True, slots=True)
class Search:
    """What was looked for, and who may be meant.

    Attributes:
        typed: as it was typed.
        players: who may be meant, likeliest first.
        more: whether there are more.
        error: why nothing could be looked for.
    """

    typed: str
    players: tuple[Player, ...] = ()
    more: bool = False
    error: str = ""


@blueprint.get("/boards/<board_id>/find")
def show(board_id: str) -> Response:
    """Lead to the row of the player that `q` names; list them where it may mean several."""
    board = door.board(board_id)
    now = services().clock()
    period = tabs.word_of(door.period(board, request.args, now), now)
    country = door.country(request.args)
    search = looked_for(board, request.args.get("q", ""), now)
    if len(search.players) == 1 and not search.more:
        (player,) = search.players
        row = BoardLinks.to(board).row(
            period, player.player_id, country=_if_theirs(country, player)
        )
        return redirect(row)
    return _page(board, search, period, country)


def _page(board: Board, search: Search, period: str, country: Country | None) -> Response:
    links = BoardLinks.to(board)
    html = render_template(
        "find.html",
        board=board,
        search=search,
        links=links,
        period=period,
        country=country.code if country else "",
        rows=[(one, links.row(period, one.player_id)) for one in search.players],
        back_url=links.ranking(period, country),
        head=_head(board, search, links),
    )
    if search.error:
        return make_response(html, HTTPStatus.UNPROCESSABLE_ENTITY)
    return sharing.page(html)


def _head(board: Board, search: Search, links: BoardLinks) -> Head:
    said = say("Find a player of {board} by name or id.", board=board.title)
    forms = (
        Alternate(CSV, say("These players as CSV"), links.finds_sheet(search.typed)),
        Alternate(JSON, say("These players as JSON"), links.finds_data(search.typed)),
    )
    # A search is one of many views of the same, which no search engine shall list.
    return Head(say("Find a player"), said, "", forms if search.players else ())


def looked_for(board: Board, typed: str, now: datetime) -> Search:
    """Return what a typed text finds on a board, or why nothing could be looked for."""
    if not typed.strip():
        return Search(typed, error=say("Enter the name or the id of a player."))
    try:
        matches = find(services().store, board, typed, now)
    except InvalidValue as error:
        return Search(typed, error=told(error))
    return Search(typed, tuple(found.player for found in matches.found), matches.more)


def _if_theirs(country: Country | None, player: Player) -> Country | None:
    """Return the country, unless the player has no place in its ranking."""
    return country if country == player.country else None
