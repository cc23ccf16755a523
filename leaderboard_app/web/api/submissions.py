"""Submit scores: one, or up to a hundred with an answer for each."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request

from leaderboard_app.domain.allowances import Client
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.keys import Key, Scope
from leaderboard_app.domain.submissions import ENTROPY_BYTES, Submission, SubmissionId
from leaderboard_app.usecases.allowances import Permit
from leaderboard_app.usecases.batch import MOST_AT_ONCE, Outcome, submit_all
from leaderboard_app.usecases.ports import StoreUnavailable
from leaderboard_app.usecases.submit import Accepted, submit
from leaderboard_app.web import counts, door, limits
from leaderboard_app.web.api import answers, bodies, forms, problems, shapes
from leaderboard_app.web.api.asking import Query
from leaderboard_app.web.api.auth import require
from leaderboard_app.web.api.problems import Fault, Invalid
from leaderboard_app.web.context import services

IDEMPOTENCY_KEY = "Idempotency-Key"

MAX_BYTES = 64 * 1024
MAX_BATCH_BYTES = 512 * 1024
"""A hundred submissions with all the metadata that fits, written as wide as JSON allows."""


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.post("/boards/<board_id>/submissions")(send)
    blueprint.post("/boards/<board_id>/submissions/batch")(send_many)


def send(board_id: str) -> Response:
    """Store a submission: 201, 200 where it was stored before, 202 where it is held."""
    key, board = _admitted(board_id)
    one = _submission(_named(bodies.json_object(MAX_BYTES)), board)
    permit = _permit(key, 1)
    here = services()
    try:
        done = submit(here.store, board, one, here.ownership, here.clock(), permit.check)
    except StoreUnavailable as error:
        # Whether the id came or was made: sent again without it, it could count twice.
        return problems.unavailable(error, one.submission_id).answer()
    allowed = limits.headers_of(permit.wait())
    return answers.written(shapes.accepted(done, board), _status_of(done), allowed)


def send_many(board_id: str) -> Response:
    """Store up to a hundred submissions, and answer for each."""
    key, board = _admitted(board_id)
    if IDEMPOTENCY_KEY in request.headers:
        raise InvalidValue(
            IDEMPOTENCY_KEY, "In a batch each submission has a submission_id of its own."
        )
    sent = _listed(bodies.json_object(MAX_BATCH_BYTES))
    read = [_read(content, number, board) for number, content in enumerate(sent)]
    fit = [one for one in read if isinstance(one, Submission)]
    permit = _permit(key, len(sent))
    here = services()
    done = iter(submit_all(here.store, board, fit, here.ownership, here.clock(), permit.check))
    results = [
        _result(one, next(done) if isinstance(one, Submission) else one, board) for one in read
    ]
    counts.note(result["status"] for result in results)
    return answers.written({"results": results}, HTTPStatus.OK, limits.headers_of(permit.wait()))


def _admitted(board_id: str) -> tuple[Key, Board]:
    """Return who calls and what for, where they may."""
    key = require(Scope.SUBMIT)
    Query()
    return key, door.board(board_id)


def _permit(key: Key, number: int) -> Permit:
    here = services()
    return here.allowances.take(Client.with_key(key.key_id), here.limits.key, number)


def _named(content: dict[str, Any]) -> dict[str, Any]:
    """Return a submission's fields, with the id that the header gives."""
    if IDEMPOTENCY_KEY not in request.headers:
        return content
    # Quoted as the standard to come has it, or bare as most write it.
    name = request.headers[IDEMPOTENCY_KEY].strip('"')
    if content.setdefault("submission_id", name) != name:
        raise InvalidValue(IDEMPOTENCY_KEY, "The header and the body name different submissions.")
    return content


def _submission(content: Mapping[str, Any], board: Board) -> Submission:
    here = services()
    now = here.clock()
    made = SubmissionId.make(now, here.entropy(ENTROPY_BYTES))
    return forms.submission(content, board, now, made, here.region)


def _listed(content: Mapping[str, Any]) -> list[Any]:
    sent = content.get("submissions")
    if not isinstance(sent, list) or not 1 <= len(sent) <= MOST_AT_ONCE:
        raise InvalidValue(
            "submissions", "Give submissions: a list of 1 to {most}.", most=MOST_AT_ONCE
        )
    if unknown := sorted(content.keys() - {"submissions"}):
        message = "A batch has one field, submissions."
        raise Invalid(tuple(Fault(name, message) for name in unknown))
    return sent


def _read(content: object, number: int, board: Board) -> Submission | Invalid:
    if not isinstance(content, dict):
        return Invalid((Fault(f"submissions/{number}", "A submission is an object."),))
    try:
        return _submission(content, board)
    except Invalid as error:
        return error


def _result(
    one: Submission | Invalid, outcome: Outcome | Invalid, board: Board
) -> Mapping[str, Any]:
    if isinstance(outcome, Accepted):
        return {"status": _status_of(outcome)} | shapes.accepted(outcome, board)
    if isinstance(outcome, StoreUnavailable) and isinstance(one, Submission):
        problem = problems.unavailable(outcome, one.submission_id)
    else:
        problem = problems.problem_of(outcome)
    return {"status": problem.status, "problem": problem.content()}


def _status_of(done: Accepted) -> HTTPStatus:
    if done.held:
        # However often it is sent: it waits for an operator.
        return HTTPStatus.ACCEPTED
    return HTTPStatus.OK if done.replayed else HTTPStatus.CREATED
