"""A player's page: their place, their best of each period, their progress, what they submitted."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from werkzeug.exceptions import NotFound

from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import View
from leaderboard_app.usecases import read
from leaderboard_app.web import door, sharing
from leaderboard_app.web.context import services
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.player_page import PlayerPage

blueprint = Blueprint("players", __name__)


@blueprint.get("/boards/<board_id>/players/<player_id:player_id>")
def show(board_id: str, player_id: PlayerId) -> Response:
    """Show one player on one board."""
    board = door.board(board_id)
    store, now = services().store, services().clock()
    found = read.player_page(store, board, player_id, now)
    if found is None:
        raise NotFound(say("This board knows no player of that id."))
    around = read.around(store, View(board, ALL_TIME), player_id, now, above=0, below=0)
    shown = PlayerPage(board, found, around, now)
    return sharing.page(render_template("player.html", shown=shown, head=shown.head))
