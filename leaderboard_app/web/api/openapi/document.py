"""The document: every operation of the API, with all of its answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leaderboard_app import __version__
from leaderboard_app.web.api.openapi import parts
from leaderboard_app.web.api.openapi.schemas import SCHEMAS

ABOUT = (
    "Game servers submit scores and ask for ranks. Reading is open to all; writing takes an API "
    "key of scope `submit`, which an operator makes with `python -m bootstrap keys create`. Every "
    "region serves the same: use the nearest. Whatever goes wrong is `application/problem+json`. "
    "A submission that was not answered may be sent again, to any region: by its id it counts once."
)

EXAMPLE = {
    "player_id": "player-1",
    "name": "Ada",
    "country": "FI",
    "score": 1250,
    "metadata": {"level": 3},
}

_SENDING = (
    *("BadRequest", "Unauthorized", "Forbidden", "NotFound"),
    *("Conflict", "TooLarge", "NotJson", "Invalid", "TooMany", "Unavailable"),
)
_SENDING_MANY = tuple(name for name in _SENDING if name != "Conflict")
_LIMITS = parts.LIMITS


def document(server: str) -> dict[str, Any]:
    """Return the API as OpenAPI 3.1 has it.

    Args:
        server: where it is served, up to `/api/v1`.
    """
    return {
        "openapi": "3.1.0",
        "info": {"title": "Leaderboard", "version": __version__, "description": ABOUT},
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {
            "schemas": SCHEMAS,
            "responses": parts.responses(),
            "headers": parts.RESPONSE_HEADERS,
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key: `Authorization: Bearer lb_…`.",
                }
            },
        },
    }


_PLAYER = "/boards/{board_id}/players/{player_id}"
_BOARD = (parts.BOARD,)
_RANKED = (parts.BOARD, parts.PLAYER, parts.IN_PERIOD, parts.IN_COUNTRY)
_ROWS = (parts.BOARD, parts.IN_PERIOD, parts.IN_COUNTRY, parts.CURSOR, parts.PLACE, parts.LIMIT)
_SPREAD = (parts.BOARD, parts.IN_PERIOD)
_SEARCH = (
    parts.BOARD,
    parts.parameter(
        "q", "query", {"type": "string", "minLength": 1}, "An id or a name.", required=True
    ),
    parts.number("limit", 20, 1, 20, "How many players at most."),
)
_HISTORY = (parts.BOARD, parts.PLAYER, parts.LIMIT)
_AROUND = (*_RANKED, parts.ABOVE, parts.BELOW)

_READING: tuple[tuple[str, str, str, str, Sequence[dict[str, Any]]], ...] = (
    ("/boards", "boards", "All boards, by title", "Boards", ()),
    ("/boards/{board_id}", "board", "A board", "Board", _BOARD),
    ("/boards/{board_id}/periods", "periods", "Periods of now, and winners", "Periods", _BOARD),
    ("/boards/{board_id}/ranking", "ranking", "A page of a ranking", "Page", _ROWS),
    ("/boards/{board_id}/spread", "spread", "The score at every k-th place", "Spread", _SPREAD),
    ("/boards/{board_id}/players", "players", "Players by id or name", "Players", _SEARCH),
    (_PLAYER, "player", "A player's bests and history", "PlayerPage", _HISTORY),
    (f"{_PLAYER}/rank", "rank", "A player's place among all", "PlayerRank", _RANKED),
    (f"{_PLAYER}/around", "around", "The rows around a player", "Around", _AROUND),
)
"""What is read: the path, the operation's name, what it is, its schema and its parameters."""


def _paths() -> dict[str, Any]:
    writing = {
        "/boards/{board_id}/submissions": {"post": _send()},
        "/boards/{board_id}/submissions/batch": {"post": _send_many()},
    }
    return writing | {
        path: {"get": _read(name, summary, schema, parameters)}
        for path, name, summary, schema, parameters in _READING
    }


def _send() -> dict[str, Any]:
    return {
        "operationId": "submit",
        "summary": "Submit a score",
        "description": "Make the submission_id where the score was achieved, and keep it until you "
        "have an answer. Without one we make it: then what is sent twice, counts twice.",
        "security": [{"key": []}],
        "parameters": [parts.BOARD, parts.IDEMPOTENCY_KEY],
        "requestBody": parts.body("NewSubmission", EXAMPLE),
        "responses": {
            "201": parts.good("It is stored.", "Accepted", _LIMITS),
            "200": parts.good("It was stored before: `replayed`.", "Accepted", _LIMITS),
            "202": parts.good("It is stored and waits: `held`.", "Accepted", _LIMITS),
        }
        | parts.problems(_SENDING),
    }


def _send_many() -> dict[str, Any]:
    return {
        "operationId": "submit_batch",
        "summary": "Submit up to 100 scores",
        "description": "Each has an answer of its own, in the same order: the status and body that "
        "it would have alone. Of one player's, each is judged as if those before it were stored.",
        "security": [{"key": []}],
        "parameters": [parts.BOARD],
        "requestBody": parts.body("NewSubmissions", {"submissions": [EXAMPLE]}),
        "responses": {"200": parts.good("An answer for each.", "Results", _LIMITS)}
        | parts.problems(_SENDING_MANY),
    }


def _read(
    operation: str, summary: str, schema: str, parameters: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    names = ["BadRequest", *(["NotFound"] if parameters else []), "Unavailable"]
    return {
        "operationId": operation,
        "summary": summary,
        "security": [],
        "parameters": list(parameters),
        "responses": {"200": parts.good("It.", schema, ["ETag"]), "304": parts.NOT_MODIFIED}
        | parts.problems(names),
    }
