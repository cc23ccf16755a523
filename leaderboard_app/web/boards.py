"""The pages that most people come for: the rankings."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.usecases import read
from leaderboard_app.web import board_list, door, headers, sharing, walls
from leaderboard_app.web.board_head import board_head
from leaderboard_app.web.board_page import BoardPage
from leaderboard_app.web.context import services
from leaderboard_app.web.door import Asked
from leaderboard_app.web.jumps import Jump
from leaderboard_app.web.languages import asked as languages
from leaderboard_app.web.languages.sentences import say, told
from leaderboard_app.web.links import BoardLinks

blueprint = Blueprint("boards", __name__)


@blueprint.get("/")
def home() -> AnyResponse:
    """Lead to the first board: in the address's language, or else in the browser's."""
    for board in services().boards.all():
        first = url_for("boards.show", board_id=board.board_id)
        if languages.named():
            return redirect(first)
        response = redirect(languages.translated(first, languages.wanted()))
        response.vary.add("Accept-Language")
        return response
    raise NotFound(say("There is no board yet: `python -m bootstrap apply` makes the boards."))


@blueprint.get("/boards/<board_id>")
def show(board_id: str) -> Response:
    """Show a ranking: its top, a page or place of it, or the rows around a player."""
    board = door.board(board_id)
    shown = read_page(door.asked(board, request.args), BoardLinks.to(board))
    response = _answer(shown)
    response.headers["Content-Security-Policy"] = headers.WITH_SCRIPT
    return response


def _answer(shown: BoardPage) -> Response:
    if shown.is_for_all:
        decided_by = shown.decided_by, services().boards.all()
        return sharing.kept_page(decided_by, lambda: _written(shown))
    response = make_response(_written(shown))
    if shown.asked.jump and shown.asked.jump.error:
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    return response


def _written(shown: BoardPage) -> str:
    if shown.asked.is_wall:
        return walls.written(shown)
    boards = board_list.beside(shown.board)
    return render_template("board.html", shown=shown, boards=boards, head=board_head(shown))


def read_page(asked: Asked, links: BoardLinks) -> BoardPage:
    """Return what is asked to be seen of a board; tops are as they were up to a second ago."""
    store, view, now = services().store, asked.view, asked.now
    if asked.player_id:
        around = read.around(store, view, asked.player_id, now, fill=True)
        page = around.page if around else services().tops.top(view)
        return BoardPage(asked, page, links, around)
    if asked.jump and asked.jump.place:
        return _jump(asked, asked.jump, asked.jump.place, links)
    turned = asked.cursor and read.turn(store, view, asked.cursor, now)
    return BoardPage(asked, turned or services().tops.top(view), links)


def _jump(asked: Asked, jump: Jump, place: int, links: BoardLinks) -> BoardPage:
    store, view, now = services().store, asked.view, asked.now
    try:
        return BoardPage(asked, read.at_place(store, view, place, now), links)
    except InvalidValue as error:
        asked = replace(asked, jump=replace(jump, error=told(error)))
        return BoardPage(asked, services().tops.top(view), links)
