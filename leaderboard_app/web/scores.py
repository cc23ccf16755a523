"""Add a score: the form, and what becomes of it."""

from __future__ import annotations

from http import HTTPStatus

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as AnyResponse

from leaderboard_app.domain.allowances import Allowance, AllowanceExceeded
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import BoardClosed, FormClosed, SubmissionConflict, mark
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.submissions import ENTROPY_BYTES, Submission, SubmissionId
from leaderboard_app.usecases.ports import StoreUnavailable
from leaderboard_app.usecases.submit import submit
from leaderboard_app.web import door, limits
from leaderboard_app.web.context import services
from leaderboard_app.web.forms import ScoreForm
from leaderboard_app.web.head import Head
from leaderboard_app.web.languages.sentences import say, seconds
from leaderboard_app.web.links import BoardLinks
from leaderboard_app.web.operators import sessions

blueprint = Blueprint("scores", __name__)

FORGED = mark(
    "This form was open for over an hour, or your browser refuses its cookie. "
    "What you typed is kept: send it again."
)
STALE = mark("This form was too old to be taken. What you typed is kept: send it again.")
ALREADY_SENT = mark(
    "This form was already sent, with something else in it. "
    "Send it again to add what it says now as a new score."
)
TOO_MANY = mark(
    "Your connection sent more than {most} scores within a minute, and this one was not taken. "
    "What you typed is kept: send it again in {time}."
)
UNAVAILABLE = mark(
    "The leaderboard could not take your score just now. What you typed is kept: "
    "send it again in {time}. However often it is sent, it counts once."
)


@blueprint.get("/boards/<board_id>/scores/held")
def held(board_id: str) -> str:
    """Say that a score waits for an operator."""
    board = door.board(board_id)
    title = say("Held: {board}", board=board.title)
    return render_template("score_held.html", board=board, head=Head(title, title, ""))


@blueprint.route("/boards/<board_id>/scores/new", methods=["GET", "POST"])
def new(board_id: str) -> AnyResponse:
    """Show the form; take what it sends, and lead to the new row."""
    now = services().clock()
    board = door.board(board_id)
    if not (services().form_is_open or sessions.current()):
        raise FormClosed
    kind = door.period(board, request.args, now).kind
    form = ScoreForm(board, now)
    is_valid = request.method == "POST" and form.validate()
    if not (board.is_open or is_valid):
        # What was sent whole goes on: it may have been taken before the board closed.
        raise BoardClosed
    if request.method != "POST":
        form.renew(_fresh_id())
        return _page(form, HTTPStatus.OK)
    return _take(form, kind) if is_valid else _refused(form)


def _take(form: ScoreForm, kind: PeriodKind) -> AnyResponse:
    submission = form.submission(services().region)
    here, permit = services(), limits.form_permit()
    try:
        done = submit(
            here.store, form.board, submission, here.ownership, here.clock(), may_write=permit.check
        )
    except SubmissionConflict:
        form.renew(_fresh_id())
        return _page(form, HTTPStatus.CONFLICT, say(ALREADY_SENT))
    except AllowanceExceeded as error:
        return _too_many(form, error.allowance)
    except StoreUnavailable as error:
        return _unavailable(form, error)
    waits = url_for("scores.held", board_id=form.board.board_id)
    return redirect(
        waits if done.held else _row_of(submission, form.board, kind), HTTPStatus.SEE_OTHER
    )


def _refused(form: ScoreForm) -> Response:
    if form.is_stale:
        form.renew(_fresh_id())
    if form.is_forged:
        return _page(form, HTTPStatus.BAD_REQUEST, say(FORGED))
    return _page(form, HTTPStatus.UNPROCESSABLE_ENTITY, say(STALE) if form.is_stale else "")


def _too_many(form: ScoreForm, allowance: Allowance) -> Response:
    headers = limits.headers_of(allowance)
    notice = say(TOO_MANY, most=allowance.limit, time=seconds(int(headers["Retry-After"])))
    response = _page(form, HTTPStatus.TOO_MANY_REQUESTS, notice)
    response.headers.update(headers)
    return response


def _unavailable(form: ScoreForm, error: StoreUnavailable) -> Response:
    """Show the form again, with its id: part of the submission may be stored."""
    current_app.logger.warning("The store is unavailable: %s", error)
    notice = say(UNAVAILABLE, time=seconds(error.retry_after))
    response = _page(form, HTTPStatus.SERVICE_UNAVAILABLE, notice)
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def _row_of(submission: Submission, board: Board, kind: PeriodKind) -> str:
    # The period in which the score counts: midnight may have passed since the form was opened.
    period = Period.containing(kind, submission.achieved_at)
    return BoardLinks.to(board).row(
        period.key, submission.player.player_id, submission=str(submission.submission_id)
    )


def _page(form: ScoreForm, status: HTTPStatus, notice: str = "") -> Response:
    links, board = BoardLinks.to(form.board), form.board.title
    back = links.ranking(request.args.get("period", ""))
    said = say("Add your score to {board}.", board=board)
    head = Head(say("Add score to {board}", board=board), said, links.add)
    html = render_template("score_form.html", form=form, notice=notice, back_url=back, head=head)
    return make_response(html, status)


def _fresh_id() -> SubmissionId:
    return SubmissionId.make(services().clock(), services().entropy(ENTROPY_BYTES))
