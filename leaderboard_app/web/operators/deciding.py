"""Decide: say in plain words what will happen, ask why, and do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.errors import NothingToDecide, mark
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.usecases import corner
from leaderboard_app.usecases.ports import StoreUnavailable
from leaderboard_app.web import door
from leaderboard_app.web.context import services
from leaderboard_app.web.languages.sentences import say, seconds, told
from leaderboard_app.web.operators import sessions
from leaderboard_app.web.operators.forms import NoteForm
from leaderboard_app.web.operators.player import NOTHING_KEPT, player_of
from leaderboard_app.web.operators.rows import ReportRow
from leaderboard_app.web.operators.words import PLAYERS, SCORES, Choice, choices_for

FORGED = mark("This page was open for over an hour. What you typed is kept: send it again.")
UNAVAILABLE = mark(
    "The leaderboard could not do all of it just now. Send it again in {time}: "
    "what is decided already is not decided twice."
)
OVERTAKEN = mark(
    "There is nothing of that kind to decide about this score any more, and nothing was changed: "
    "it is {state}. Decided last by: {by}."
)


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    of_player = "/boards/<board_id>/players/<player_id:player_id>"
    scores, players = ",".join(SCORES), ",".join(PLAYERS)
    of_score = f"{of_player}/scores/<submission_id:submission_id>/<any({scores}):word>"
    both = ["GET", "POST"]
    blueprint.route(of_score, methods=both)(decide_score)
    blueprint.route(f"{of_player}/<any({players}):word>", methods=both)(decide_player)


@dataclass(frozen=True, slots=True)
class Question:
    """What is about to be decided.

    Attributes:
        choice: what it is.
        board: where the operator is.
        player: whom it concerns.
        row: the score; None where it is about all of the player's.
        do: does it by an act.
        obstacle: why there is nothing to decide any more; mostly nothing.
    """

    choice: Choice
    board: Board
    player: Player
    row: ReportRow | None
    do: Callable[[Act], None]
    obstacle: str = ""

    @property
    def back_url(self) -> str:
        """The player's page, where the outcome is seen."""
        player_id = self.player.player_id
        return url_for("operators.player", board_id=self.board.board_id, player_id=player_id)


def decide_score(
    board_id: str, player_id: PlayerId, submission_id: SubmissionId, word: str
) -> Response:
    """Ask about one score, and decide.

    Raises:
        NotFound: the score is gone, or was never there.
    """
    board, here, choice = door.board(board_id), services(), SCORES[word]
    try:
        found = corner.report(here.store, board, player_id, submission_id)
    except NothingToDecide as error:
        raise NotFound(told(error)) from error
    decide = corner.restore if choice.restores else corner.remove

    def do(act: Act) -> None:
        decide(here.store, board, found, act, here.ownership)

    row = ReportRow(found, board)
    is_open = word in choices_for(found.state)
    by = row.note or say("nobody")
    obstacle = "" if is_open else say(OVERTAKEN, state=say(row.state.label), by=by)
    return _ask(Question(choice, board, found.submission.player, row, do, obstacle))


def decide_player(board_id: str, player_id: PlayerId, word: str) -> Response:
    """Ask about all of a player's, and decide.

    Raises:
        NotFound: nothing is kept of that player.
    """
    board, here, choice = door.board(board_id), services(), PLAYERS[word]
    dossier = here.store.logbook.dossier(board, player_id, here.clock())
    player = player_of(dossier)
    if player is None or choice.change is None:
        raise NotFound(say(NOTHING_KEPT))
    before, change = dossier.record.profile, choice.change

    def do(act: Act) -> None:
        corner.change(here.store, before, player_id, change, act, here.ownership)

    return _ask(Question(choice, board, player, None, do))


def _ask(question: Question) -> Response:
    form = NoteForm()
    if question.obstacle:
        flash(question.obstacle, "trouble")
        return redirect(question.back_url, HTTPStatus.SEE_OTHER)
    if request.method != "POST":
        return _page(question, form, HTTPStatus.OK)
    is_valid = form.validate()
    if form.is_forged:
        return _page(question, form, HTTPStatus.BAD_REQUEST, say(FORGED))
    if not is_valid:
        return _page(question, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _do(question, form)


def _do(question: Question, form: NoteForm) -> Response:
    operator = sessions.signed_in()
    try:
        question.do(operator.act(form.why.value))
    except NothingToDecide as error:
        flash(told(error), "trouble")
    except StoreUnavailable as error:
        current_app.logger.warning("The store is unavailable: %s", error)
        notice = say(UNAVAILABLE, time=seconds(error.retry_after))
        response = _page(question, form, HTTPStatus.SERVICE_UNAVAILABLE, notice)
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    else:
        flash(say(question.choice.done))
        concerned = {"player_id": question.player.player_id.value, "key_id": operator.key_id.value}
        current_app.logger.info("decided: %s", question.choice.button, extra=concerned)
    return redirect(question.back_url, HTTPStatus.SEE_OTHER)


def _page(question: Question, form: NoteForm, status: HTTPStatus, notice: str = "") -> Response:
    html = render_template("operators/decide.html", asked=question, form=form, notice=notice)
    return make_response(html, status)
