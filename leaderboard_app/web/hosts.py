"""The hosts that requests may be for: any other name in `Host` would end up in what we answer."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from werkzeug.sansio.utils import host_is_trusted

_KEY = "LEADERBOARD_HOSTS"


def register(app: Flask) -> None:
    """Refuse requests for hosts that the app's configuration does not name."""
    app.config.setdefault(_KEY, ())
    app.before_request(_check)


def _check() -> Response | None:
    if host_is_trusted(request.host.lower(), current_app.config[_KEY]):
        return None
    # No page of ours, as its links would lead to the host that was made up.
    return Response(
        "This leaderboard is not served under that host name.\n", 421, mimetype="text/plain"
    )
