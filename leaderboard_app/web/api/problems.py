"""What goes wrong in the API, as problems (RFC 9457): whatever was raised, in one shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import NamedTuple

from flask import Blueprint, Response, current_app, json, url_for
from werkzeug.exceptions import HTTPException

from leaderboard_app.domain.allowances import AllowanceExceeded
from leaderboard_app.domain.errors import (
    BoardClosed,
    InvalidValue,
    PlayerBanned,
    Refused,
    SubmissionConflict,
)
from leaderboard_app.domain.keys import OutOfScope, UnknownKey
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.usecases.ports import StoreUnavailable
from leaderboard_app.web import access, limits

MIMETYPE = "application/problem+json"

SAID_BY_STATUS = {
    400: "The request is not as the documentation has it.",
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "The body is too large.",
    500: "The fault is ours, and it is in our log. Try again in a while.",
}


class Fault(NamedTuple):
    """What is wrong with one field, and what would be right."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What a caller is told.

    Attributes:
        status: HTTP's.
        detail: one sentence: what is wrong, what would be right or what to do next.
        kind: what tells problems of one status apart; empty where the status says it all.
        faults: the fields at fault.
        retry_after: seconds after which another try makes sense; None where none does.
        submission_id: what to send again, where part of it may be stored; None where nothing is.
        headers: what HTTP wants beside it.
    """

    status: HTTPStatus
    detail: str
    kind: str = ""
    faults: tuple[Fault, ...] = ()
    retry_after: int | None = None
    submission_id: SubmissionId | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def content(self) -> dict[str, object]:
        """Return the problem as JSON has it."""
        content: dict[str, object] = {
            "type": url_for("api.docs", _anchor=self.kind) if self.kind else "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
        }
        if self.faults:
            content["errors"] = [fault._asdict() for fault in self.faults]
        if self.retry_after is not None:
            content["retry_after"] = self.retry_after
        if self.submission_id:
            content["submission_id"] = self.submission_id.value
        return content

    def answer(self) -> Response:
        """Return the problem as an answer."""
        content = self.content() | {"request_id": access.request_id()}
        response = Response(json.dumps(content), self.status, mimetype=MIMETYPE)
        response.headers.update(self.headers)
        if self.retry_after is not None:
            response.headers["Retry-After"] = str(self.retry_after)
        return response


class Invalid(Exception):
    """Fields of a request are at fault.

    Attributes:
        faults: which, and how; at least one.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep the faults."""
        super().__init__(faults)
        self.faults = faults


Failure = InvalidValue | Invalid | Refused | StoreUnavailable
"""What a well-formed request may be refused with: all that becomes a problem but HTTP's own."""


def register(blueprint: Blueprint) -> None:
    """Answer with a problem whatever a view of a blueprint raises."""
    blueprint.register_error_handler(HTTPException, of_http)
    for kind in (InvalidValue, Invalid, Refused, StoreUnavailable):
        blueprint.register_error_handler(kind, lambda error: problem_of(error).answer())


def problem_of(error: Failure) -> Problem:
    """Return the problem of what was raised."""
    match error:
        case Invalid():
            return invalid(error.faults)
        case InvalidValue():
            return invalid((Fault(error.field, error.message),))
        case StoreUnavailable():
            return unavailable(error)
        case _:
            return _of_refusal(error)


def unavailable(error: StoreUnavailable, one: SubmissionId | None = None) -> Problem:
    """Return the problem of a store that does not answer, or did not take all of a submission."""
    current_app.logger.warning("The store is unavailable: %s", error)
    detail = (
        "The table did not take all of it just now. "
        "Send it again with this submission_id: it counts once."
        if one
        else "The table does not answer just now, and nothing was stored. Try again."
    )
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return Problem(status, detail, retry_after=error.retry_after, submission_id=one)


def invalid(faults: tuple[Fault, ...]) -> Problem:
    """Return the problem of fields at fault."""
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, " ".join(fault.message for fault in faults), faults=faults
    )


def _of_refusal(error: Refused) -> Problem:
    match error:
        case UnknownKey():
            detail = "Send an API key that is good now: Authorization: Bearer lb_…"
            headers = {"WWW-Authenticate": 'Bearer realm="leaderboard"'}
            return Problem(HTTPStatus.UNAUTHORIZED, detail, headers=headers)
        case OutOfScope():
            detail = f"This key is not for that: it takes one of scope {error.scope}."
            asked = f'Bearer error="insufficient_scope", scope="{error.scope}"'
            headers = {"WWW-Authenticate": asked}
            return Problem(HTTPStatus.FORBIDDEN, detail, "out-of-scope", headers=headers)
        case AllowanceExceeded():
            detail = f"This key may send {error.allowance.limit} submissions a minute."
            left = limits.headers_of(error.allowance)
            later = int(left.pop("Retry-After"))
            many = HTTPStatus.TOO_MANY_REQUESTS
            return Problem(many, detail, retry_after=later, headers=left)
        case PlayerBanned():
            detail = "An operator banned this player. Nothing was stored."
            return Problem(HTTPStatus.FORBIDDEN, detail, "player-banned")
        case BoardClosed():
            detail = "This board is closed and takes no new submissions. Nothing was stored."
            return Problem(HTTPStatus.CONFLICT, detail, "board-closed")
        case SubmissionConflict():
            detail = (
                "This submission id was used before, for something else: "
                "take a new one for a new submission. Nothing was stored."
            )
            return Problem(HTTPStatus.CONFLICT, detail, "submission-conflict")
        case _:
            raise error


def of_http(error: HTTPException) -> Response:
    """Return the answer to what HTTP's own words say, with the field at fault where one is."""
    status = HTTPStatus(error.code or 500)
    said = error.description if error.description != type(error).description else None
    detail = said or SAID_BY_STATUS.get(status, status.description or status.phrase)
    cause = error.__cause__
    faults = (Fault(cause.field, cause.message),) if isinstance(cause, InvalidValue) else ()
    # werkzeug's own answer knows the headers that belong to it: Allow, Retry-After.
    headers = {k: v for k, v in error.get_headers() if k.lower() != "content-type"}
    return Problem(status, detail, faults=faults, headers=headers).answer()
