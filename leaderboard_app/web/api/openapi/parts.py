"""What the operations of the document are made of: parameters, answers, bodies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from leaderboard_app.web.api.openapi.values import (
    BOARD_ID,
    COUNTRY,
    PERIOD,
    PLAYER_ID,
    SUBMISSION_ID,
    Schema,
    named,
)
from leaderboard_app.web.api.reading import MAX_PLACE, MAX_ROWS, ROWS_AROUND

JSON, PROBLEM = "application/json", "application/problem+json"

RESPONSE_HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-Id": {
        "description": "The request's name: the one it brought, or one that we made.",
        "schema": {"type": "string"},
    },
    "ETag": {
        "description": "Send it back as If-None-Match, and what has not changed is answered 304.",
        "schema": {"type": "string"},
    },
    "Retry-After": {
        "description": "Seconds after which another try makes sense.",
        "schema": {"type": "integer"},
    },
    "WWW-Authenticate": {
        "description": "Which kind of key is asked for.",
        "schema": {"type": "string"},
    },
    "RateLimit-Limit": {
        "description": "Submissions that the key may send in a minute.",
        "schema": {"type": "integer"},
    },
    "RateLimit-Remaining": {
        "description": "Those that are left of it.",
        "schema": {"type": "integer"},
    },
    "RateLimit-Reset": {
        "description": "Seconds until the next minute begins.",
        "schema": {"type": "integer"},
    },
}

LIMITS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")

PROBLEMS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "BadRequest": ("400", "A parameter or the JSON is malformed.", ()),
    "Unauthorized": ("401", "No API key, or none that is good now.", ("WWW-Authenticate",)),
    "Forbidden": (
        "403",
        "The key is not for that (`#out-of-scope`), or the player is banned (`#player-banned`).",
        (),
    ),
    "NotFound": ("404", "There is no such board, player or period.", ()),
    "Conflict": (
        "409",
        "The id was used for something else (`#submission-conflict`); or `#board-closed`.",
        (),
    ),
    "TooLarge": ("413", "The body is too large.", ()),
    "NotJson": ("415", "The body is not declared as JSON in UTF-8.", ()),
    "Invalid": ("422", "Fields are at fault: `errors` says which, and how.", ()),
    "TooMany": ("429", "More than the key may send in a minute.", ("Retry-After", *LIMITS)),
    "Unavailable": (
        "503",
        "The table does not answer. Send the same again: it counts once.",
        ("Retry-After",),
    ),
}
"""By name: the status, what it says, and the headers that it has beside X-Request-Id."""

KINDS = {
    "out-of-scope": "The API key is good, and not for this: make one with the scope it names.",
    "player-banned": "An operator banned the player.",
    "submission-conflict": "The submission id was used before, for something else.",
    "board-closed": "The board takes no new submissions; what it took is answered as ever.",
}
"""What tells problems of one status apart: the end of their `type`."""


def parameter(
    name: str, where: str, schema: Schema, description: str, *, required: bool = False
) -> dict[str, Any]:
    """Return a parameter."""
    return {
        "name": name,
        "in": where,
        "required": required or where == "path",
        "description": description,
        "schema": schema,
    }


def number(name: str, default: int, low: int, high: int, description: str) -> dict[str, Any]:
    """Return a parameter that is a whole number."""
    schema = {"type": "integer", "default": default, "minimum": low, "maximum": high}
    return parameter(name, "query", schema, description)


BOARD = parameter("board_id", "path", BOARD_ID, "The board.")
PLAYER = parameter("player_id", "path", PLAYER_ID, "The player.")
IN_PERIOD = parameter(
    "period",
    "query",
    {"type": "string", "pattern": PERIOD["pattern"].replace("(all|", "(all|month|week|day|")},
    "A period by its key, or `month`, `week`, `day` for that of now; all time without.",
)
IN_COUNTRY = parameter("country", "query", COUNTRY, "Only players of one country.")
CURSOR = parameter(
    "cursor", "query", {"type": "string", "minLength": 1}, "The page that it leads to."
)
PLACE = number("place", 1, 1, MAX_PLACE, "The page that begins at a place; past the end, the last.")
LIMIT = number("limit", 25, 1, MAX_ROWS, "How many rows at most.")
ABOVE = number("above", ROWS_AROUND, 0, MAX_ROWS, "How many rows above the player at most.")
BELOW = number("below", ROWS_AROUND, 0, MAX_ROWS, "How many rows below the player at most.")
IDEMPOTENCY_KEY = parameter(
    "Idempotency-Key",
    "header",
    {"type": "string", "pattern": SUBMISSION_ID["pattern"]},
    "The submission_id, where the body has none. Sent again, the answer is the same.",
)


def good(description: str, schema: str, headers: Iterable[str]) -> dict[str, Any]:
    """Return a good answer."""
    return {
        "description": description,
        "headers": _headers(headers),
        "content": {JSON: {"schema": named(schema)}},
    }


def problems(names: Iterable[str]) -> dict[str, Any]:
    """Return references to problems, by status."""
    return {PROBLEMS[name][0]: {"$ref": f"#/components/responses/{name}"} for name in names}


def body(schema: str, example: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body."""
    return {"required": True, "content": {JSON: {"schema": named(schema), "example": example}}}


def responses() -> dict[str, Any]:
    """Return the problems that operations refer to."""
    return {
        name: {
            "description": description,
            "headers": _headers(headers),
            "content": {PROBLEM: {"schema": named("Problem")}},
        }
        for name, (_, description, headers) in PROBLEMS.items()
    }


NOT_MODIFIED = {
    "description": "It is what you have: its ETag was in If-None-Match.",
    "headers": {
        name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Request-Id", "ETag")
    },
}


def _headers(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Request-Id", *names)}
