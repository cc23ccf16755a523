"""Answers for machines: JSON, and problems as RFC 9457 has them."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, json

from leaderboard_app.web.context import services


def answer(content: Mapping[str, object]) -> Response:
    """Return an answer."""
    return Response(json.dumps(content), mimetype="application/json")


def unavailable(detail: str, retry_after: int) -> Response:
    """Return a problem that says when to ask again (in seconds), and not what broke inside."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    content = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
        "region": services().region,
    }
    return Response(
        json.dumps(content),
        status,
        {"Retry-After": str(retry_after)},
        mimetype="application/problem+json",
    )
