"""The shapes of what is sent and answered, as JSON Schema."""

from __future__ import annotations

from leaderboard_app.domain.boards import MAX_TITLE, Operator, Order
from leaderboard_app.domain.periods import PeriodKind
from leaderboard_app.domain.scores import MAX_DECIMALS, Unit
from leaderboard_app.usecases.batch import MOST_AT_ONCE
from leaderboard_app.web.api.openapi.values import (
    BOARD_ID,
    COUNTRY,
    CURSOR,
    METADATA,
    MOMENT,
    NAME,
    PERIOD,
    PLAYER_ID,
    SCORE,
    SUBMISSION_ID,
    TEXT,
    Schema,
    listed,
    named,
    optional,
    thing,
)

_PLAYER = {"player_id": PLAYER_ID, "name": TEXT, "country": COUNTRY}
_SCORED = {"score": SCORE, "score_text": TEXT, "achieved_at": MOMENT}
_VIEW = {"board_id": BOARD_ID, "period": PERIOD, "country": optional(COUNTRY)}
_PAGE = _VIEW | {
    "rank": optional(named("Rank")),
    "rows": listed("Row"),
    "next_cursor": CURSOR,
    "previous_cursor": CURSOR,
}
_PERIOD = {
    "period": PERIOD,
    "kind": {"type": "string", "enum": [str(one) for one in PeriodKind]},
    "start": optional(MOMENT),
    "end": optional(MOMENT),
}
_PLACING = {
    "rank": named("Rank"),
    "total": {"type": ["integer", "null"], "description": "How many players; null: not known."},
    "percentile": {
        "type": ["number", "null"],
        "description": "The share of the players at this place or higher, in percent.",
    },
    "best": named("Best"),
}
_ACCEPTED = {
    "submission": named("Submission"),
    "replayed": {"type": "boolean", "description": "Whether it had been stored before."},
    "improved": {
        "type": "array",
        "items": PERIOD,
        "description": "The periods in which it is now the player's best.",
    },
    "held": {
        "type": "boolean",
        "description": "Whether it rose too fast, and waits for an operator unranked.",
    },
}

SCHEMAS: dict[str, Schema] = {
    "NewSubmission": thing(
        {"player_id": PLAYER_ID, "name": NAME, "country": COUNTRY, "score": SCORE},
        {"submission_id": SUBMISSION_ID, "metadata": METADATA},
    ),
    "NewSubmissions": thing(
        {
            "submissions": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_AT_ONCE,
                "items": named("NewSubmission"),
            }
        }
    ),
    "Submission": thing(
        {"submission_id": SUBMISSION_ID, "board_id": BOARD_ID}
        | _PLAYER
        | _SCORED
        | {
            "metadata": METADATA,
            "source": {"type": "string", "description": "`form`, `api` or `import`."},
            "writer": {"type": "string", "description": "The region that took it, or `import`."},
        }
    ),
    "Accepted": thing(_ACCEPTED),
    "Results": thing({"results": listed("Result")}),
    "Result": {
        "oneOf": [
            thing({"status": {"type": "integer", "enum": [200, 201, 202]}} | _ACCEPTED),
            thing({"status": {"type": "integer", "minimum": 400}, "problem": named("Problem")}),
        ]
    },
    "Board": thing(
        {
            "board_id": BOARD_ID,
            "title": {"type": "string", "maxLength": MAX_TITLE},
            "order": {"type": "string", "enum": [str(one) for one in Order]},
            "operator": {
                "type": "string",
                "enum": [str(one) for one in Operator],
                "description": "Which of a player's submissions counts.",
            },
            "unit": {"type": "string", "enum": [str(one) for one in Unit]},
            "decimals": {"type": "integer", "minimum": 0, "maximum": MAX_DECIMALS},
            "minimum": SCORE,
            "maximum": SCORE,
            "periods": {
                "type": "array",
                "items": {"type": "string", "enum": [str(one) for one in PeriodKind]},
            },
            "is_open": {"type": "boolean", "description": "Whether it takes new submissions."},
        }
    ),
    "Boards": thing({"boards": listed("Board")}),
    "Period": thing(_PERIOD),
    "Periods": thing(
        {
            "board_id": BOARD_ID,
            "current": listed("Period"),
            "past": {
                "type": "array",
                "items": named("PastPeriod"),
                "description": "Those that are over and still kept, latest first.",
            },
        }
    ),
    "PastPeriod": thing(
        _PERIOD
        | {
            "winners": listed("Row"),
            "total": {"type": "integer", "description": "How many players it had."},
            "taken_at": MOMENT | {"description": "When that was so."},
        }
    ),
    "Spread": thing(
        {"board_id": BOARD_ID, "period": PERIOD}
        | {
            "total": optional({"type": "integer"}) | {"description": "How many players it had."},
            "taken_at": optional(MOMENT)
            | {"description": "When that was so; null: not counted yet."},
            "places": listed("SpreadPlace"),
        }
    ),
    "SpreadPlace": thing(
        {"place": {"type": "integer", "minimum": 1}, "score": SCORE, "score_text": TEXT}
    ),
    "Rank": thing(
        {
            "place": {"type": "integer", "minimum": 1},
            "exact": {"type": "boolean", "description": "Whether all above were counted."},
            "as_of": optional(MOMENT)
            | {"description": "When it was so, where it is not exact; null: this place or lower."},
        }
    ),
    "Row": thing({"place": {"type": "integer", "minimum": 1}} | _PLAYER | _SCORED),
    "Page": thing(_PAGE),
    "Around": thing(_PAGE | {"player": named("Placing")}),
    "Placing": thing(_PLACING),
    "PlayerRank": thing(_VIEW | _PLACING),
    "Best": thing({"period": PERIOD} | _PLAYER | _SCORED | {"submission_id": SUBMISSION_ID}),
    "Player": thing(_PLAYER),
    "Players": thing(
        {
            "players": listed("Player"),
            "more": {"type": "boolean", "description": "Whether more are of that name."},
        }
    ),
    "PlayerPage": thing(
        _PLAYER | {"board_id": BOARD_ID, "bests": listed("Best"), "history": listed("Submission")}
    ),
    "Problem": thing(
        {
            "type": {"type": "string", "format": "uri-reference"},
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What is wrong, and what to do next."},
        },
        {
            "errors": {
                "type": "array",
                "items": thing({"field": TEXT, "message": TEXT}),
                "description": "The fields at fault.",
            },
            "retry_after": {"type": "integer", "description": "Seconds."},
            "submission_id": SUBMISSION_ID
            | {"description": "What to send again, as part of it may be stored."},
            "request_id": {"type": "string", "description": "As in X-Request-Id, for our log."},
        },
    ),
}
