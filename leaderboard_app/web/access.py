"""One log line a request: what was asked, what was answered, how long it took."""

from __future__ import annotations

import logging
import re
import time

from flask import Flask, Response, g, request

from leaderboard_app.domain.keys import KeyId
from leaderboard_app.web.context import services

REQUEST_ID = "X-Request-Id"

_log = logging.getLogger(__name__)

_BYTES = 8
_REQUEST_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


def register(app: Flask) -> None:
    """Name each request and log it once it is answered."""
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """Return the request's id: the caller's, where it is 1 to 64 of `A-Za-z0-9_.:-`."""
    if "request_id" not in g:
        sent = request.headers.get(REQUEST_ID, "")
        g.request_id = sent if _REQUEST_ID.fullmatch(sent) else services().entropy(_BYTES).hex()
    found: str = g.request_id
    return found


def note_key(key_id: KeyId) -> None:
    """Let the request's line tell by which API key it was let in."""
    g.key_id = key_id.value


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    # Without the query: players' names and signed cursors are in it.
    _log.info(
        "answered",
        extra={
            "request_id": request_id(),
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "ms": round(1000 * (time.perf_counter() - g.get("began", time.perf_counter())), 1),
        }
        | ({"key_id": g.key_id} if "key_id" in g else {}),
    )
    response.headers[REQUEST_ID] = request_id()
    return response
