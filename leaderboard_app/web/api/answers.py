"""Good answers of the API: JSON, with what lets a caller ask again for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, request
from flask import json as flask_json

from leaderboard_app.web import headers

ALWAYS_FRESH = "no-cache"
"""For what a player may have changed a moment ago: asked for again each time, answered 304."""


def read(content: Mapping[str, object], cache_control: str = headers.FOR_ALL) -> Response:
    """Answer a reading; with 304 where the caller has the same already."""
    response = Response(flask_json.dumps(content), mimetype="application/json")
    response.headers["Cache-Control"] = cache_control
    response.add_etag()
    response.make_conditional(request)
    return response


def written(
    content: Mapping[str, object],
    status: HTTPStatus,
    more_headers: Mapping[str, str],
) -> Response:
    """Answer a writing, which nobody shall keep."""
    return Response(flask_json.dumps(content), status, more_headers, mimetype="application/json")
