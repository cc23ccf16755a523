"""A submission as the API takes it: the form of the pages, fed with JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict
from wtforms import Form

from leaderboard_app.domain import names
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.submissions import MAX_METADATA_BYTES, Submission, SubmissionId
from leaderboard_app.web.api.problems import Fault, Invalid
from leaderboard_app.web.forms import ParsedField

T = TypeVar("T")

SOURCE = "api"

_TEXT = "a text"
_KINDS: Mapping[str, tuple[type, str]] = {
    "submission_id": (str, _TEXT),
    "player_id": (str, _TEXT),
    "name": (str, _TEXT),
    "country": (str, _TEXT),
    "score": (int, "a whole number, without a point or quotes"),
    "metadata": (dict, "an object"),
}


class OptionalField(ParsedField[T | None]):
    """A field that may be left out."""

    def pre_validate(self, form: object) -> None:
        """Parse the text, if there is one."""
        self.value = None
        if self.raw_data:
            super().pre_validate(form)


class SubmissionForm(Form):
    """A submission's fields, each as text."""

    submission_id = OptionalField("", SubmissionId, missing="A submission id is a UUIDv7.")
    player_id = ParsedField("", PlayerId, missing="Give the player's id.")
    name = ParsedField("", names.normalise, missing="Give the player's name.")
    country = ParsedField("", Country.parse, missing="Give the player's country.")
    score = ParsedField("", int, missing="Give the score.")
    metadata = OptionalField("", str, missing="Metadata is an object.")

    def __init__(self, fields: Mapping[str, object], board: Board, now: datetime) -> None:
        """Take well-typed fields, by the rules of a board and the time it is."""
        super().__init__(MultiDict({name: _text(value) for name, value in fields.items()}))
        self.submission_id.parse = lambda text: SubmissionId(text).check_time(now)
        self.score.parse = lambda text: board.check(int(text))
        self.metadata.parse = _metadata

    def faults(self) -> Iterator[Fault]:
        """Validate; yield what is wrong."""
        self.validate()
        for field in self:
            if field.errors:
                yield Fault(field.name, str(field.errors[0]))


def submission(
    content: Mapping[str, Any], board: Board, now: datetime, made: SubmissionId, writer: str
) -> Submission:
    """Return the submission that an object describes.

    Args:
        content: what was sent.
        board: what it is for.
        now: the time.
        made: its id, where it brings none.
        writer: the region that takes it.

    Raises:
        Invalid: it describes none.
    """
    mistyped = tuple(_mistyped(content))
    at_fault = {fault.field for fault in mistyped}
    typed = {name: value for name, value in content.items() if name not in at_fault}
    form = SubmissionForm(typed, board, now)
    others = (fault for fault in form.faults() if fault.field not in at_fault)
    if faults := (*mistyped, *others):
        raise Invalid(faults)
    return Submission(
        submission_id=form.submission_id.value or made,
        board_id=board.board_id,
        player=Player(form.player_id.value, form.name.value, form.country.value),
        score=form.score.value,
        writer=writer,
        source=SOURCE,
        metadata=form.metadata.value or "",
    )


def _mistyped(content: Mapping[str, Any]) -> Iterator[Fault]:
    for name, value in content.items():
        if name not in _KINDS:
            shown = json.dumps(name[:40])
            known = ", ".join(_KINDS)
            yield Fault(name, f"A submission has no field {shown}: its fields are {known}.")
            continue
        kind, words = _KINDS[name]
        # To Python, true is a number.
        if not isinstance(value, kind) or isinstance(value, bool):
            yield Fault(name, f"The {name} must be {words}.")


def _text(value: object) -> str:
    # Written in one way, so that the same object sent again is the same text.
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return str(value)


def _metadata(text: str) -> str:
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise InvalidValue("metadata", "Metadata has half a character in it.") from error
    if size > MAX_METADATA_BYTES:
        raise InvalidValue(
            "metadata",
            "Metadata has {size} bytes, and at most {most} fit.",
            size=str(size),
            most=str(MAX_METADATA_BYTES),
        )
    return "" if text == "{}" else text
