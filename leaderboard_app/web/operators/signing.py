"""Sign in with a key, and out again."""

from __future__ import annotations

from http import HTTPStatus

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from leaderboard_app.domain.allowances import Allowance, AllowanceExceeded
from leaderboard_app.domain.errors import mark
from leaderboard_app.domain.keys import OutOfScope, Scope, UnknownKey
from leaderboard_app.web import limits
from leaderboard_app.web.context import services
from leaderboard_app.web.languages.sentences import say, seconds
from leaderboard_app.web.operators import sessions
from leaderboard_app.web.operators.forms import SignInForm, SignOutForm

FORGED = mark(
    "This form was open for over an hour, or your browser refuses its cookie. "
    "Enter the key once more."
)
WRONG = mark(
    "No key that may moderate has this secret: it may be mistyped, revoked, or made for game "
    "servers. Nothing else is told about keys here."
)
TOO_MANY = mark(
    "Your connection tried more than {most} keys within a minute, and this one was not looked at. "
    "Try again in {time}."
)
ENDED = mark("Your session has ended, and what you sent last was not done: sign in again.")


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.route("/sign-in", methods=["GET", "POST"])(sign_in)
    blueprint.post("/sign-out")(sign_out)


def sign_in() -> AnyResponse:
    """Show the form; open a session for a good key."""
    form = SignInForm()
    if request.method != "POST":
        return _page(form, HTTPStatus.OK, say(ENDED) if request.args.get("ended") else "")
    is_valid, permit = form.validate(), limits.sign_in_permit()
    try:
        permit.check()
    except AllowanceExceeded as error:
        return _too_many(form, error.allowance)
    if form.is_forged:
        return _page(form, HTTPStatus.BAD_REQUEST, say(FORGED))
    return _open(form) if is_valid else _page(form, HTTPStatus.UNPROCESSABLE_ENTITY)


def sign_out() -> AnyResponse:
    """End the session.

    Raises:
        BadRequest: the form is another site's, or old.
    """
    if not SignOutForm().validate():
        raise BadRequest(
            say("That button was over an hour old: go back, reload the page and try again.")
        )
    key_id = sessions.signed_in().key_id.value
    current_app.logger.info("signed out", extra={"key_id": key_id})
    sessions.end()
    flash(say("You are signed out."))
    return redirect(url_for("operators.sign_in"), HTTPStatus.SEE_OTHER)


def _open(form: SignInForm) -> AnyResponse:
    try:
        key = services().keys.authenticate((form.key.data or "").strip(), Scope.MODERATE)
    except (UnknownKey, OutOfScope):
        # The same answer for both: whose key it is, is not told to who can't prove to hold it.
        current_app.logger.warning("sign-in refused", extra={"source": limits.source_address()})
        return _page(form, HTTPStatus.FORBIDDEN, say(WRONG))
    sessions.begin(key)
    current_app.logger.info("signed in", extra={"key_id": key.key_id.value})
    return redirect(url_for("operators.home"), HTTPStatus.SEE_OTHER)


def _too_many(form: SignInForm, allowance: Allowance) -> Response:
    headers = limits.headers_of(allowance)
    notice = say(TOO_MANY, most=allowance.limit, time=seconds(int(headers["Retry-After"])))
    response = _page(form, HTTPStatus.TOO_MANY_REQUESTS, notice)
    response.headers.update(headers)
    return response


def _page(form: SignInForm, status: HTTPStatus, notice: str = "") -> Response:
    return make_response(
        render_template("operators/sign_in.html", form=form, notice=notice), status
    )
