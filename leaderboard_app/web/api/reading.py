"""Read boards, rankings and players: what the pages show, as JSON."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import InvalidValue, PlaceOutOfReach
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import View
from leaderboard_app.usecases import read
from leaderboard_app.usecases.find import MOST_FOUND, find
from leaderboard_app.usecases.walk import winners
from leaderboard_app.web import door
from leaderboard_app.web.api import answers, shapes
from leaderboard_app.web.api.asking import Query, bad
from leaderboard_app.web.context import services

MAX_ROWS = 100
ROWS_AROUND = 10
MAX_PLACE = 10**9


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    player = "/boards/<board_id>/players/<player_id:player_id>"
    for path, view in (
        ("/boards", boards),
        ("/boards/<board_id>", board),
        ("/boards/<board_id>/periods", periods),
        ("/boards/<board_id>/ranking", ranking),
        ("/boards/<board_id>/spread", spread),
        ("/boards/<board_id>/players", players),
        (player, player_page),
        (f"{player}/rank", rank),
        (f"{player}/around", around),
    ):
        blueprint.get(path)(view)


def boards() -> Response:
    """Show all boards, by title."""
    Query()
    return answers.read({"boards": [shapes.board(one) for one in services().boards.all()]})


def board(board_id: str) -> Response:
    """Show a board."""
    Query()
    return answers.read(shapes.board(door.board(board_id)))


def periods(board_id: str) -> Response:
    """Show the periods of now, and who won those before."""
    Query()
    found, now = door.board(board_id), services().clock()
    current = (Period.containing(kind, now) for kind in found.periods)
    past = winners(services().store, found, now)
    return answers.read(
        {
            "board_id": found.board_id,
            "current": [shapes.period(one) for one in current],
            "past": [shapes.past_period(one, found) for one in past],
        }
    )


def ranking(board_id: str) -> Response:
    """Show the top of a ranking, the page that a cursor leads to, or the one at a place."""
    query = Query("period", "country", "cursor", "place", "limit")
    view = _view(door.board(board_id), query)
    store, now = services().store, services().clock()
    limit = query.number("limit", read.PAGE_ROWS, 1, MAX_ROWS)
    place = query.number("place", 1, 1, MAX_PLACE)
    cursor = door.cursor(query.texts, view)
    if cursor and "place" in query.texts:
        raise bad("place", "Give a cursor or a place, not both.")
    if cursor:
        return answers.read(shapes.page(read.turn(store, view, cursor, now, limit)))
    if place == 1:
        return answers.read(shapes.page(read.top(store, view, now, limit)))
    try:
        page = read.at_place(store, view, place, now, limit)
    except PlaceOutOfReach as error:
        raise NotFound(error.message) from error
    return answers.read(shapes.page(page))


def spread(board_id: str) -> Response:
    """Show how the scores of a ranking are spread, as the last walk found it."""
    query, found_on = Query("period"), door.board(board_id)
    view = View(found_on, door.period(found_on, query.texts, services().clock()))
    return answers.read(shapes.spread(view, read.spread(services().store, view)))


def players(board_id: str) -> Response:
    """Find players by an id or a name."""
    query = Query("q", "limit")
    limit = query.number("limit", MOST_FOUND, 1, MOST_FOUND)
    text = query.texts.get("q")
    if text is None:
        raise bad("q", "Give q: a player's id or name.")
    try:
        found = find(services().store, door.board(board_id), text, services().clock(), limit)
    except InvalidValue as error:
        raise bad("q", error.message) from error
    shown = [shapes.player(one.player) for one in found]
    return answers.read({"players": shown, "more": found.more}, answers.ALWAYS_FRESH)


def player_page(board_id: str, player_id: PlayerId) -> Response:
    """Show a player's bests and history."""
    query = Query("limit")
    limit = query.number("limit", read.HISTORY_ROWS, 1, MAX_ROWS)
    found_on = door.board(board_id)
    now = services().clock()
    found = read.player_page(services().store, found_on, player_id, now, limit)
    if found is None:
        raise NotFound("This board knows no player of that id.")
    return answers.read(shapes.player_page(found, found_on), answers.ALWAYS_FRESH)


def rank(board_id: str, player_id: PlayerId) -> Response:
    """Show a player's place among all."""
    view = _view(door.board(board_id), Query("period", "country"))
    found = read.rank(services().store, view, player_id, services().clock())
    if found is None:
        raise _unranked()
    content = shapes.view(view) | shapes.placing(found, view.board)
    return answers.read(content, answers.ALWAYS_FRESH)


def around(board_id: str, player_id: PlayerId) -> Response:
    """Show the rows around a player, and their place among all."""
    query = Query("period", "country", "above", "below")
    view = _view(door.board(board_id), query)
    above = query.number("above", ROWS_AROUND, 0, MAX_ROWS)
    below = query.number("below", ROWS_AROUND, 0, MAX_ROWS)
    store, now = services().store, services().clock()
    found = read.around(store, view, player_id, now, above, below)
    if found is None:
        raise _unranked()
    content = shapes.page(found.page) | {"player": shapes.placing(found.placing, view.board)}
    return answers.read(content, answers.ALWAYS_FRESH)


def _view(found_on: Board, query: Query) -> View:
    period = door.period(found_on, query.texts, services().clock())
    return View(found_on, period, door.country(query.texts))


def _unranked() -> NotFound:
    return NotFound("This player does not stand in that ranking.")
