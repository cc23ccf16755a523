"""The lists of the corner: the latest scores of a day, those held, and players looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.periods import PeriodKind
from leaderboard_app.domain.players import Player
from leaderboard_app.usecases import corner
from leaderboard_app.web import door
from leaderboard_app.web.context import services
from leaderboard_app.web.languages.sentences import say, told
from leaderboard_app.web.operators import steps
from leaderboard_app.web.operators.rows import rows_of, top_players, warnings
from leaderboard_app.web.operators.steps import Steps
from leaderboard_app.web.tabs import Tab

PAGE_ROWS = 25

_PAST = re.compile(r"[0-9]{1,30}")


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.get("/boards/<board_id>")(latest)
    blueprint.get("/boards/<board_id>/held")(held)
    blueprint.get("/boards/<board_id>/find")(find)


def latest(board_id: str) -> str:
    """Show the scores achieved on `day`, today if none is said, latest first."""
    board, day = door.board(board_id), steps.asked(request.args, "day", PeriodKind.DAY)
    past = _past(request.args)

    def leads_to(key: str, past: int | None = None) -> str:
        return url_for("operators.latest", board_id=board_id, day=key, past=past)

    found = services().store.logbook.latest(board, steps.first_day(day), past, PAGE_ROWS)
    return render_template(
        "operators/latest.html",
        board=board,
        boards=_boards("operators.latest", board),
        tabs=tabs(board, "latest"),
        day=day,
        steps=Steps.beside(day, leads_to),
        rows=rows_of(found.reports, board),
        next_url=leads_to(day.key, found.past) if found.past else "",
    )


def held(board_id: str) -> str:
    """Show the scores that wait for an operator, latest first."""
    board = door.board(board_id)
    found = services().store.logbook.held(board, _past(request.args), PAGE_ROWS)
    following = url_for("operators.held", board_id=board_id, past=found.past)
    return render_template(
        "operators/held.html",
        board=board,
        boards=_boards("operators.held", board),
        tabs=tabs(board, "held"),
        rows=rows_of(found.reports, board),
        next_url=following if found.past else "",
    )


def find(board_id: str) -> Response:
    """List the players whom `q` may mean, those of whom nothing counts, too."""
    board, typed = door.board(board_id), request.args.get("q", "")
    players: tuple[Player, ...] = ()
    more, error = False, ""
    try:
        players, more = corner.look_up(services().store, board, typed, services().clock())
    except InvalidValue as refusal:
        error = told(refusal)
    others = [*top_players(board), *players] if players else []
    html = render_template(
        "operators/find.html",
        board=board,
        tabs=tabs(board, ""),
        typed=typed,
        error=error,
        found=[(player, warnings(player, others)) for player in players],
        more=more,
    )
    return make_response(html, 422 if error else 200)


def tabs(board: Board, current: str) -> tuple[Tab, ...]:
    """Return the links to the corner's lists of a board."""
    pages = {"latest": say("Latest"), "held": say("Held")}
    return tuple(
        Tab(label, url_for(f"operators.{name}", board_id=board.board_id), name == current)
        for name, label in pages.items()
    )


def _boards(endpoint: str, board: Board) -> tuple[Tab, ...]:
    """Return the links to the same list of all boards, where there are several."""
    all_boards = services().boards.all()
    links = (Tab(b.title, url_for(endpoint, board_id=b.board_id), b == board) for b in all_boards)
    return tuple(links) if len(all_boards) > 1 else ()


def _past(args: Mapping[str, str]) -> int | None:
    text = args.get("past", "")
    if text and not _PAST.fullmatch(text):
        raise BadRequest(say("This page link is damaged."))
    return int(text) if text else None
