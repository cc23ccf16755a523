"""What the pages show, as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, NotFound

from leaderboard_app.domain import csv_lines
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Page, Rank, View
from leaderboard_app.domain.standings import score_of
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.usecases import read
from leaderboard_app.web import boards, cursors, door, finding, headers, past, sharing
from leaderboard_app.web.api.shapes import moment
from leaderboard_app.web.context import services
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.links import BoardLinks

blueprint = Blueprint("sheets", __name__)

Cells = Iterable[str]

_SCORE = ("score", "score_text", "achieved_at")
RANKING = ("place", "known", "player_id", "player", "country", *_SCORE)
WINNERS = ("period", "players", "place", "player_id", "player", "country", *_SCORE)
HISTORY = ("submission_id", "player_id", "player", "country", *_SCORE, "region", "metadata")
PLAYERS = ("player_id", "player", "country")
SPREAD = ("place", "of", "as_of", "score", "score_text")


@blueprint.get("/boards/<board_id>.csv")
def ranking(board_id: str) -> Response:
    """Answer the rows that the board's page shows under the same query."""
    board = door.board(board_id)
    asked = door.asked(board, request.args)
    if asked.jump and asked.jump.error:
        raise BadRequest(asked.jump.error)
    links = BoardLinks.to(board)
    page = boards.read_page(asked, links).page
    country = [page.view.country.code] if page.view.country else []
    named = [board.board_id, page.view.period.key, *country]
    # One player's own row is nobody else's, here as on the page.
    kept = headers.FOR_ALL if asked.player_id is None else headers.FOR_ONE
    response = _sheet(named, RANKING, _ranked(page), kept)
    response.headers.extend(_ways_on(page, links))
    return response


@blueprint.get("/boards/<board_id>/periods.csv")
def winners(board_id: str) -> Response:
    """Answer the past periods that the page of past winners shows, each winner a row."""
    shown = past.read_page(door.board(board_id), request.args)
    kind = [str(shown.kind)] if shown.kind else []
    return _sheet([shown.board.board_id, *kind, "winners"], WINNERS, _won(shown))


@blueprint.get("/boards/<board_id>/players/<player_id:player_id>/history.csv")
def history(board_id: str, player_id: PlayerId) -> Response:
    """Answer a player's latest submissions, newest first."""
    board = door.board(board_id)
    found = read.player_page(services().store, board, player_id, services().clock())
    if found is None:
        raise NotFound(say("This board knows no player of that id."))
    lines = (_submitted(each, board) for each in found.history)
    return _sheet([board.board_id, "history"], HISTORY, lines)


@blueprint.get("/boards/<board_id>/find.csv")
def found(board_id: str) -> Response:
    """Answer the players that `q` may mean, likeliest first."""
    board = door.board(board_id)
    search = finding.looked_for(board, request.args.get("q", ""), services().clock())
    if search.error:
        raise BadRequest(search.error)
    lines = ((each.player_id.value, each.name, each.country.code) for each in search.players)
    return _sheet([board.board_id, "players"], PLAYERS, lines)


@blueprint.get("/boards/<board_id>/spread.csv")
def spread(board_id: str) -> Response:
    """Answer which score had every k-th place, as the last walk found it."""
    board = door.board(board_id)
    view = View(board, door.period(board, request.args, services().clock()))
    named = [board.board_id, view.period.key, "spread"]
    return _sheet(named, SPREAD, _spread(view))


def _sheet(
    named: list[str], columns: Cells, lines: Iterable[Cells], kept: str = headers.FOR_ALL
) -> Response:
    text = "".join(map(csv_lines.line_of, (columns, *lines)))
    # The charset is said by Flask, as for all text; `header` by RFC 4180.
    response = sharing.answer(text, "text/csv", kept)
    if response.status_code == HTTPStatus.OK:
        response.mimetype_params["header"] = "present"
        # Ids, keys of periods and codes of countries: nothing in them needs quoting.
        filename = f"{'-'.join(named)}.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _ranked(page: Page) -> Iterator[Cells]:
    board = page.view.board
    for place, row in page.placed():
        who = row.player_id.value, row.name, row.country.code
        reached = _reached(board, row.standing)
        yield str(place), _known(page.rank), *who, *reached, moment(row.achieved_at)


def _won(shown: past.PastPage) -> Iterator[Cells]:
    for each in shown.shown:
        for place, row in enumerate(each.winners, 1):
            who = row.player_id.value, row.name, row.country.code
            reached = (*_reached(shown.board, row.standing), moment(row.achieved_at))
            yield each.period.key, str(each.total), str(place), *who, *reached


def _submitted(one: Submission, board: Board) -> Cells:
    who = one.player.player_id.value, one.player.name, one.player.country.code
    score = str(one.score), board.show(one.score, group="")
    told = moment(one.achieved_at), one.writer, one.metadata
    return one.submission_id.value, *who, *score, *told


def _spread(view: View) -> Iterator[Cells]:
    found = read.spread(services().store, view)
    if found is None:
        return
    for number, standing in enumerate(found.standings):
        place, of = str(1 + number * found.step), str(found.total)
        yield place, of, moment(found.taken_at), *_reached(view.board, standing)


def _reached(board: Board, standing: int) -> tuple[str, str]:
    score = score_of(standing, board.order)
    return str(score), board.show(score, group="")


def _known(rank: Rank) -> str:
    """Return how well places are known: `exact`, as of when, or that they are these or lower."""
    return "exact" if rank.exact else f"as of {moment(rank.as_of)}" if rank.as_of else "or lower"


def _ways_on(page: Page, links: BoardLinks) -> Iterator[tuple[str, str]]:
    country = page.view.country.code if page.view.country else ""
    for relation, cursor in (("next", page.next), ("prev", page.previous)):
        if cursor:
            named = {"period": page.view.period.key, "country": country}
            address = links.sheet(**named, cursor=cursors.dump(cursor))
            yield "Link", f'<{address}>; rel="{relation}"'
