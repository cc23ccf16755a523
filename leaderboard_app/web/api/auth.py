"""Who calls: the API key of a request."""

from __future__ import annotations

from flask import request

from leaderboard_app.domain.keys import Key, Scope
from leaderboard_app.web import access
from leaderboard_app.web.context import services


def require(scope: Scope) -> Key:
    """Return the key that the request shows, good now and for the scope.

    Raises:
        UnknownKey: it shows none, or one that is not good.
        OutOfScope: the key is for something else.
        StoreUnavailable: the key is not in memory and can't be read.
    """
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    shown = secret.strip() if scheme.lower() == "bearer" else ""
    key = services().keys.authenticate(shown, scope)
    access.note_key(key.key_id)
    return key
