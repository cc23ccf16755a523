"""Forms: WTForms' fields, fed by the domain's parsers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

from flask import request
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import StopValidation

from leaderboard_app.domain import names, scores
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.errors import InvalidValue, mark
from leaderboard_app.domain.players import Player
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.web.languages.numerals import typed
from leaderboard_app.web.languages.sentences import say, told

T = TypeVar("T")


class ParsedField(StringField, Generic[T]):
    """A text field whose text a parser of the domain turns into a value.

    What the parser says when it refuses is shown beside the field. What was typed stays in `data`,
    as it was typed; `value` is there once the field is valid.

    Attributes:
        parse: takes the text; raises InvalidValue.
        value: what `parse` made of it.
    """

    parse: Callable[[str], T]
    value: T

    def __init__(
        self, label: str, parse: Callable[[str], T], *, missing: str, **kwargs: object
    ) -> None:
        """Parse with `parse`; say `missing` where nothing but blanks was typed."""
        super().__init__(label, **kwargs)  # type: ignore[arg-type]  # what WTForms itself adds
        self.parse = parse
        self._missing = missing

    def pre_validate(self, form: object) -> None:  # noqa: ARG002 - WTForms passes it.
        """Parse the text.

        Raises:
            StopValidation: there is none, or the domain refuses it.
        """
        text = self.data or ""
        if not text.strip():
            raise StopValidation(say(self._missing))
        try:
            self.value = self.parse(text)
        except InvalidValue as error:
            raise StopValidation(told(error)) from error


class ScoreForm(FlaskForm):
    """A score, by whom, and the id that makes a double click one submission."""

    submission_id = ParsedField("", SubmissionId, missing=mark("The form came without its number."))
    name = ParsedField(mark("Name"), names.normalise, missing=mark("Enter a name."))
    country = ParsedField(mark("Country"), Country.parse, missing=mark("Choose a country."))
    score = ParsedField(mark("Score"), scores.parse, missing=mark("Enter a score."))

    def __init__(self, board: Board, now: datetime) -> None:
        """Take what was sent, if this is a POST, by the rules of a board and the time it is."""
        # Named, as Flask-WTF would take JSON too, and trip over what is no object.
        sent = request.form if request.method == "POST" else None
        super().__init__(sent)  # type: ignore[no-untyped-call]  # Flask-WTF has no types
        self.board = board
        self.score.parse = lambda text: board.parse(typed(text, board))
        self.submission_id.parse = lambda text: SubmissionId(text).check_time(now)

    @property
    def is_forged(self) -> bool:
        """Whether the token is not the one this browser was given, or over an hour old."""
        return bool(self["csrf_token"].errors)

    @property
    def is_stale(self) -> bool:
        """Whether the submission id can't be used: too old, ahead of time, or garbled."""
        return bool(self.submission_id.errors)

    def renew(self, submission_id: SubmissionId) -> None:
        """Carry another submission id: what is sent next is another submission."""
        self.submission_id.data = str(submission_id)

    def submission(self, writer: str) -> Submission:
        """Return what a valid form reports, as taken by a region."""
        return Submission(
            submission_id=self.submission_id.value,
            board_id=self.board.board_id,
            player=Player.named(self.name.value, self.country.value),
            score=self.score.value,
            writer=writer,
            source="form",
        )
