"""A player's page: their best of each period, and what they submitted."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template
from werkzeug.exceptions import NotFound

from leaderboard_app.domain.players import PlayerId
from leaderboard_app.usecases import read
from leaderboard_app.web import door, headers
from leaderboard_app.web.context import services
from leaderboard_app.web.links import BoardLinks

blueprint = Blueprint("players", __name__)


@blueprint.get("/boards/<board_id>/players/<player_id:player_id>")
def show(board_id: str, player_id: PlayerId) -> Response:
    """Show one player on one board."""
    board = door.board(board_id)
    found = read.player_page(services().store, board, player_id, services().clock())
    if found is None:
        raise NotFound("This board knows no player of that id.")
    html = render_template("player.html", board=board, found=found, links=BoardLinks.to(board))
    response = make_response(html)
    response.headers["Cache-Control"] = headers.FOR_ALL
    return response
