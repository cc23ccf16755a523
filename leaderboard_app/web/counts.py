"""Submissions counted as metrics: one log line each, which CloudWatch reads numbers out of."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from http import HTTPStatus

from flask import Flask, Response, g, request

from leaderboard_app.logs import METRICS
from leaderboard_app.web.context import services

SUBMITTING = frozenset({"scores.new", "api.send"})
"""The endpoints of which a POST is one submission; a batch tells its own."""

ACCEPTED = frozenset({HTTPStatus.SEE_OTHER, HTTPStatus.CREATED})
REASONS = {
    HTTPStatus.ACCEPTED: "held",
    HTTPStatus.BAD_REQUEST: "malformed",
    HTTPStatus.UNAUTHORIZED: "unknown key",
    HTTPStatus.FORBIDDEN: "not allowed",
    HTTPStatus.CONFLICT: "conflict",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "malformed",
    HTTPStatus.UNPROCESSABLE_ENTITY: "invalid",
    HTTPStatus.TOO_MANY_REQUESTS: "too many",
    HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
}
"""Why a submission was not ranked, in a word of a short list; what is sent again counts nowhere."""

_log = logging.getLogger(METRICS)


def register(app: Flask) -> None:
    """Count what became of each submission."""
    app.after_request(_count)


def note(statuses: Iterable[int]) -> None:
    """Note what became of each submission of a batch."""
    g.submitted = tuple(statuses)


def _count(response: Response) -> Response:
    statuses: tuple[int, ...] = g.get("submitted", ())
    if not statuses and request.method == "POST" and request.endpoint in SUBMITTING:
        statuses = (response.status_code,)
    if statuses and _log.isEnabledFor(logging.INFO):
        for line in _lines(statuses):
            _log.info("%s", line)
    return response


def _lines(statuses: Iterable[int]) -> Iterable[str]:
    here, board_id = services(), str((request.view_args or {}).get("board_id", ""))
    for status in statuses:
        if status in ACCEPTED:
            yield here.metrics.submission_accepted(board_id, here.clock())
        elif status in REASONS:
            yield here.metrics.submission_refused(REASONS[HTTPStatus(status)], here.clock())
