"""The page of how all scores of a ranking are spread."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.rankings import View
from leaderboard_app.usecases import read
from leaderboard_app.web import door, sharing, tabs
from leaderboard_app.web.context import services
from leaderboard_app.web.head import CSV, JSON, Alternate, Head
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.links import BoardLinks
from leaderboard_app.web.pictures.spread import spread_picture
from leaderboard_app.web.presentation import period_name
from leaderboard_app.web.ranks import time_of

blueprint = Blueprint("spreads", __name__)


@blueprint.get("/boards/<board_id>/spread")
def show(board_id: str) -> Response:
    """Show how the scores of a period's ranking are spread, as the last walk found it."""
    board = door.board(board_id)
    now = services().clock()
    period = door.period(board, request.args, now)
    boundaries = read.spread(services().store, View(board, period))
    links = BoardLinks.to(board)
    html = render_template(
        "spread.html",
        board=board,
        period=period,
        links=links,
        tabs=tabs.of(board.periods, period.kind, links.spread_of),
        back_url=links.ranking(tabs.word_of(period, now)),
        picture=boundaries and spread_picture(board, boundaries),
        taken=boundaries and time_of(boundaries.taken_at, now),
        head=_head(board, period, tabs.word_of(period, now)),
    )
    return sharing.page(html)


def _head(board: Board, period: Period, word: str) -> Head:
    links = BoardLinks.to(board)
    title = say("How scores are spread on {board}", board=board.title)
    forms = (
        Alternate(CSV, say("This spread as CSV"), links.spread_sheet(word)),
        Alternate(JSON, say("This spread as JSON"), links.spread_data(word)),
    )
    said = say(
        "{title}: {period}, from the best score to the lowest.",
        title=title,
        period=period_name(period),
    )
    return Head(title, said, links.spread_of(word), forms)
