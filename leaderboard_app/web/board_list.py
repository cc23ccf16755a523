"""The boards beside the one that is shown, as links."""

from __future__ import annotations

from markupsafe import Markup

from leaderboard_app.domain.boards import Board
from leaderboard_app.web import fragments
from leaderboard_app.web.context import services
from leaderboard_app.web.links import BoardLinks
from leaderboard_app.web.tabs import Tab


def beside(board: Board) -> Markup:
    """Return a link to each board, by title; nothing where there is but one board."""
    boards = services().boards.all()
    if len(boards) == 1:
        return Markup()
    tabs = (
        Tab(each.title, BoardLinks.to(each).board, each.board_id == board.board_id)
        for each in boards
    )
    return fragments.board_bar(tuple(tabs))
