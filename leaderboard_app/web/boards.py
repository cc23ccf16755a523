"""The pages that most people come for: the rankings."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from leaderboard_app.domain.rankings import Page
from leaderboard_app.usecases import read
from leaderboard_app.usecases.read import Around
from leaderboard_app.web import door, headers
from leaderboard_app.web.board_page import BoardPage
from leaderboard_app.web.context import services
from leaderboard_app.web.door import Asked
from leaderboard_app.web.links import BoardLinks

blueprint = Blueprint("boards", __name__)


@blueprint.get("/")
def home() -> AnyResponse:
    """Lead to the first board."""
    for board in services().boards.all():
        return redirect(url_for("boards.show", board_id=board.board_id))
    raise NotFound("There is no board yet: `python -m bootstrap apply` makes the boards.")


@blueprint.get("/boards/<board_id>")
def show(board_id: str) -> Response:
    """Show a ranking: its top, the page that a cursor leads to, or the rows around a player."""
    board = door.board(board_id)
    asked = door.asked(board, request.args)
    page, around = _read(asked)
    shown = BoardPage(asked, page, around, BoardLinks.to(board))
    html = render_template("board.html", shown=shown, boards=services().boards.all())
    response = make_response(html)
    response.headers["Cache-Control"] = headers.FOR_ONE if asked.player_id else headers.FOR_ALL
    return response


def _read(asked: Asked) -> tuple[Page, Around | None]:
    store, view, now = services().store, asked.view, asked.now
    around = read.around(store, view, asked.player_id, now) if asked.player_id else None
    if around:
        return around.page, around
    if asked.cursor:
        return read.turn(store, view, asked.cursor, now), None
    return read.top(store, view, now), None
