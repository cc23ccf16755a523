"""URL converters: a path segment becomes a value of the domain, or the address is a 404."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter, ValidationError

from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.submissions import SubmissionId


class PlayerIdConverter(BaseConverter):
    """`<player_id:…>`: a `PlayerId`."""

    def to_python(self, value: str) -> PlayerId:
        """Return the id of a segment.

        Raises:
            ValidationError: it is none; Flask then looks for another route, and finds none.
        """
        try:
            return PlayerId(value)
        except InvalidValue as error:
            raise ValidationError(error.message) from error

    def to_url(self, value: PlayerId) -> str:
        """Return the segment of an id: none of its characters needs quoting."""
        return value.value


class SubmissionIdConverter(BaseConverter):
    """`<submission_id:…>`: a `SubmissionId`."""

    def to_python(self, value: str) -> SubmissionId:
        """Return the id of a segment.

        Raises:
            ValidationError: it is none, as for a player's.
        """
        try:
            return SubmissionId(value)
        except InvalidValue as error:
            raise ValidationError(error.message) from error

    def to_url(self, value: SubmissionId) -> str:
        """Return the segment of an id."""
        return value.value


def register(app: Flask) -> None:
    """Make the converters known to the app's routes."""
    app.url_map.converters["player_id"] = PlayerIdConverter
    app.url_map.converters["submission_id"] = SubmissionIdConverter
