"""Errors become pages here, and nowhere else.

No page here asks the store for anything, but for what the head of every page says of the regions:
that is remembered, waits a second at most and never fails.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import Flask, current_app, g, render_template, request, url_for
from werkzeug.exceptions import Forbidden, HTTPException, ServiceUnavailable
from werkzeug.wrappers import Response

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import BoardClosed, FormClosed, PlayerBanned, mark
from leaderboard_app.usecases.ports import StoreUnavailable
from leaderboard_app.web import api, links
from leaderboard_app.web.languages.asked import home_url
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.links import BoardLinks


class Words(NamedTuple):
    """What a page says about an error: what happened, and what to do next."""

    title: str
    advice: str


WORDS = {
    400: Words(
        mark("We can’t read that"),
        mark("Something in the address or the form is not as it should be."),
    ),
    403: Words(
        mark("That is not allowed"),
        mark("If you think it should be, ask who runs this leaderboard."),
    ),
    404: Words(
        mark("There is nothing here"),
        mark("The address may be mistyped, or what was here is gone."),
    ),
    405: Words(
        mark("That can’t be done here"), mark("This page is for reading: open it from a link.")
    ),
    413: Words(
        mark("That is too much"), mark("A form takes 64 kB at most: shorten what you typed.")
    ),
    429: Words(mark("Too many at once"), mark("Wait a little, then try again.")),
    500: Words(
        mark("Something broke"),
        mark("The fault is ours, and it is in our log. Try again in a while."),
    ),
    503: Words(
        mark("The leaderboard is resting"),
        mark("Its table does not answer. Try again in a moment."),
    ),
}

FORM_CLOSED = Words(mark("Adding by hand is for operators"), mark("Scores come from the game."))
CLOSED = Words(mark("This board is closed"), mark("It takes no more scores."))

ELSE = Words(mark("That can’t be done"), mark("The browser asked for something we can’t do."))

COME_BACK = frozenset({429, 500, 503})
"""What may go away by itself: the same page is worth another try."""


class WayOn(NamedTuple):
    """Where to go from an error."""

    label: str
    url: str


def register(app: Flask) -> None:
    """Show a page for every error."""
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(StoreUnavailable, _unavailable)
    app.register_error_handler(PlayerBanned, _banned)
    app.register_error_handler(BoardClosed, _closed)
    app.register_error_handler(FormClosed, _form_closed)


def _page(
    error: HTTPException, words: Words | None = None, way_on: WayOn | None = None
) -> Response:
    if request.path.startswith(api.PREFIX):
        # No view was found, so the blueprint's own handler was not asked.
        return api.of_http(error)
    code = error.code or 500
    words = words or WORDS.get(code, ELSE)
    # What werkzeug says by itself is meant for developers; what our views say, for readers.
    said = error.description if error.description != type(error).description else ""
    title, advice = say(words.title), said or say(words.advice)
    html = render_template(
        "error.html", code=code, title=title, advice=advice, way_on=way_on or _way_on(code)
    )
    response = error.get_response()
    response.set_data(html)
    response.content_type = "text/html; charset=utf-8"
    return response


def _unavailable(error: StoreUnavailable) -> Response:
    current_app.logger.warning("The store is unavailable: %s", error)
    return _page(ServiceUnavailable(retry_after=error.retry_after))


def _banned(_: PlayerBanned) -> Response:
    return _page(
        Forbidden(
            say(
                "This player may not add scores, and nothing was stored. "
                "If you think that is a mistake, ask who runs this leaderboard."
            )
        )
    )


def _closed(_: BoardClosed) -> Response:
    return _page(
        Forbidden(
            say(
                "It takes no more scores, and nothing was stored. "
                "What was added before it closed still counts."
            )
        ),
        CLOSED,
    )


def _form_closed(_: FormClosed) -> Response:
    return _page(
        Forbidden(
            say(
                "Players’ scores come from the game. Who runs this leaderboard can sign in and add "
                "one by hand."
            )
        ),
        FORM_CLOSED,
        WayOn(say("Sign in as an operator"), url_for("operators.sign_in")),
    )


def _way_on(code: int) -> WayOn:
    board: Board | None = g.get("board")
    if code in COME_BACK and request.method == "GET":
        return WayOn(say("Try again"), links.of_this_page())
    if board is None:
        return WayOn(say("Go to the leaderboard"), home_url())
    return WayOn(say("Start at the top of {board}", board=board.title), BoardLinks.to(board).board)
