"""The values that the shapes are made of, as JSON Schema."""

from __future__ import annotations

from typing import Any

from leaderboard_app.domain import countries, names, scores
from leaderboard_app.domain.submissions import MAX_METADATA_BYTES

Schema = dict[str, Any]

BOARD_ID = {"type": "string", "pattern": "^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$"}
PLAYER_ID = {
    "type": "string",
    "pattern": "^(?!\\.{1,2}$)[A-Za-z0-9_.:-]{1,64}$",
    "description": "Yours to choose, and opaque. Of a form's player the name gives it.",
}
SUBMISSION_ID = {
    "type": "string",
    "format": "uuid",
    "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
    "description": "A UUIDv7 in lower case, made when the score was achieved: it carries the time, "
    "which lies within the last 7 days and at most 5 minutes ahead.",
}
COUNTRY = {
    "type": "string",
    "enum": sorted(countries.NAMES),
    "description": "ISO 3166-1, two letters.",
}
PERIOD = {
    "type": "string",
    "pattern": "^(all|[0-9]{4}-[0-9]{2}|[0-9]{4}-W[0-9]{2}|[0-9]{4}-[0-9]{2}-[0-9]{2})$",
    "description": "`all`, a month `2026-11`, an ISO week `2026-W48` or a day `2026-11-23`; UTC.",
}
SCORE = {
    "type": "integer",
    "minimum": -scores.LIMIT,
    "maximum": scores.LIMIT,
    "description": "A whole number in the board's smallest unit: with two decimals, 1250 is 12.50.",
}
MOMENT = {"type": "string", "format": "date-time"}
NAME = {
    "type": "string",
    "minLength": 1,
    "description": f"At least one visible character, at most {names.MAX_LENGTH}; no control "
    "characters, and none that turn the direction of text.",
}
METADATA = {
    "type": "object",
    "description": f"What your game says beside the score: at most {MAX_METADATA_BYTES} bytes as "
    "JSON without blanks, names in order. It is public, on the player's page.",
}
CURSOR = {
    "type": ["string", "null"],
    "description": "Leads on in the same ranking: its board, period and country. Opaque.",
}
TEXT = {"type": "string"}


def thing(required: Schema, optional: Schema | None = None) -> Schema:
    """Return an object with these properties and no others."""
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def listed(of: str) -> Schema:
    """Return a list of a named schema's values."""
    return {"type": "array", "items": named(of)}


def named(name: str) -> Schema:
    """Return a reference to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def optional(schema: Schema) -> Schema:
    """Return what is null or as a schema has it."""
    return {"anyOf": [schema, {"type": "null"}]}
