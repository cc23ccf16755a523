"""The forms of the corner: a key, a reason, and the button to sign out."""

from __future__ import annotations

from flask import request
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired

from leaderboard_app.domain import names
from leaderboard_app.domain.decisions import MAX_REASON
from leaderboard_app.domain.errors import InvalidValue, mark
from leaderboard_app.web.forms import ParsedField

MISSING = mark("Say why: for those who ask later.")


def reason(text: str) -> str:
    """Return a reason as it is kept: in one line.

    Raises:
        InvalidValue: too long, or with what no page can show.
    """
    said = " ".join(text.split())
    names.refuse_characters("why", said)
    if not names.is_visible(said):
        raise InvalidValue("why", MISSING)
    if len(said) > MAX_REASON:
        raise InvalidValue(
            "why",
            "Shorten it: {length} characters, and at most {most} fit.",
            length=len(said),
            most=MAX_REASON,
        )
    return said


class CornerForm(FlaskForm):
    """A form that takes what a form sent, and knows whether it is ours."""

    def __init__(self) -> None:
        """Take what was sent, if this is a POST."""
        # Named, as Flask-WTF would take JSON too, and trip over what is no object.
        sent = request.form if request.method == "POST" else None
        super().__init__(sent)  # type: ignore[no-untyped-call]  # Flask-WTF has no types

    @property
    def is_forged(self) -> bool:
        """Whether the token is not the one this browser was given, or over an hour old."""
        return bool(self["csrf_token"].errors)


class SignInForm(CornerForm):
    """A key's secret; it is never written back into the page."""

    key = PasswordField("Key", [InputRequired(mark("Enter a key."))])


class SignOutForm(CornerForm):
    """Nothing but the token."""


class NoteForm(CornerForm):
    """Why an operator decides so."""

    why = ParsedField(mark("Why"), reason, missing=MISSING)
