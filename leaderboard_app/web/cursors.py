"""Cursors as text in an address: opaque to readers, and signed, so that none is made up."""

from __future__ import annotations

from flask import Flask, current_app
from itsdangerous import BadData, Serializer, URLSafeSerializer
from itsdangerous.encoding import base64_encode

from leaderboard_app.domain import moments
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.rankings import Cursor, Direction, Rank
from leaderboard_app.web.keys import signing_keys

_KEY = "leaderboard_cursors"


class _Plain(URLSafeSerializer):
    """Tries no compression, which finds nothing to gain in so short a text."""

    def dump_payload(self, obj: object) -> bytes:
        """Return the payload as its serializer would where compression does not pay."""
        return base64_encode(Serializer.dump_payload(self, obj))


def register(app: Flask) -> None:
    """Sign with the app's secret key; read what an earlier key signed, too."""
    app.extensions[_KEY] = _Plain(signing_keys(app), salt="cursor")


def dump(cursor: Cursor) -> str:
    """Return a cursor as text made of letters, digits and `-_.`, about 150 characters."""
    # The standing in hexadecimal: its 37 digits would be most of the text.
    return _serializer().dumps(
        (
            cursor.board_id,
            cursor.period,
            cursor.country,
            cursor.direction,
            f"{cursor.standing:x}",
            cursor.rank.place,
            _precision(cursor.rank),
        )
    )


def load(text: str) -> Cursor:
    """Return the cursor of a text.

    Raises:
        InvalidValue: we did not sign it, or signed it for another release.
    """
    try:
        board_id, period, country, direction, standing, place, known = _serializer().loads(text)
        rank = _rank(int(place), int(known))
        return Cursor(board_id, period, country, Direction(direction), int(standing, base=16), rank)
    except (BadData, ValueError, TypeError, OverflowError) as error:
        raise InvalidValue("cursor", "This page link is damaged or out of date.") from error


def _precision(rank: Rank) -> int:
    """Return how well a place is known: 1 exactly, 0 or lower, else 2 + as of when, in ms."""
    return 2 + moments.to_ms(rank.as_of) if rank.as_of else int(rank.exact)


def _rank(place: int, known: int) -> Rank:
    if known in {0, 1}:
        return Rank(place, exact=bool(known))
    return Rank(place, exact=False, as_of=moments.from_ms(known - 2))


def _serializer() -> URLSafeSerializer:
    found: URLSafeSerializer = current_app.extensions[_KEY]
    return found
