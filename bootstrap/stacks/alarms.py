"""What rings, when, and what it means: AWS's recommended alarms, and the leaderboard's own.

An alarm that lacks a dimension never rings and nobody says so: the tests hold each one against a
table of AWS's metrics.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bootstrap.stacks.alarm import LESS, NOT_LESS, SILENCE, Alarm
from bootstrap.stacks.thresholds import Threshold
from bootstrap.stacks.words import HEALTH_CHECK_ID, TABLE_NAME, camel
from leaderboard_app.gateway.schema import BOARD_INDEX, COUNTRY_INDEX

API, FUNCTION, TABLE = "AWS/ApiGateway", "AWS/Lambda", "AWS/DynamoDB"
HEALTH, OWN = "AWS/Route53", "Leaderboard"

INDEXES = {"board-index": BOARD_INDEX, "country-index": COUNTRY_INDEX}
OPERATIONS = (
    *("BatchGetItem", "BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query"),
    "TransactWriteItems",
    "UpdateItem",
)
"""What the app asks of DynamoDB; DynamoDB counts its own errors for each apart."""

OF_FUNCTION = {"FunctionName": "${ServiceNamePrefix}-${StageName}"}
OF_API = {"ApiName": "${ServiceNamePrefix}-${StageName}", "Stage": "${StageName}"}
OF_TABLE = {"TableName": TABLE_NAME}
OF_APP = {"Service": "${ServiceNamePrefix}", "Region": "${AWS::Region}"}


def of_region(others: Sequence[str]) -> tuple[Alarm, ...]:
    """Return the alarms of one region, which replicates to others."""
    return (*_of_api(), *_of_function(), *_of_table(), *_of_replication(others), _of_ranks())


def of_health(place: str) -> Alarm:
    """Return the alarm on a region's health check, whose metric is in us-east-1 alone."""
    return Alarm(
        f"health-{place}",
        f"Route 53 leads traffic away from {place}: /healthz there does not answer, the table is "
        "away, or an operator drains it. See the runbook on evacuating a region.",
        HEALTH,
        "HealthCheckStatus",
        {HEALTH_CHECK_ID: f"${{HealthCheck{camel(place)}}}"},
        "Minimum",
        Threshold.HEALTHY,
        minutes=3,
        comparison=LESS,
        missing=SILENCE,
    )


def _of_api() -> Iterator[Alarm]:
    yield Alarm(
        "api-4xx",
        "Many requests are refused: a client gone wrong, somebody trying out addresses, or a page "
        "whose forms are refused. Look for the paths in the logs.",
        *(API, "4XXError", OF_API, "Average", Threshold.API_4XX),
        minutes=5,
    )
    yield Alarm(
        "api-5xx",
        "Players see errors. Look at Lambda's errors and at the table's; consider evacuating.",
        *(API, "5XXError", OF_API, "Average", Threshold.API_5XX),
        minutes=3,
    )
    yield Alarm(
        "api-latency",
        "One request in ten is slow. Look at cold starts, the table's latency and throttles.",
        *(API, "Latency", OF_API, "p90", Threshold.API_LATENCY),
        minutes=5,
        comparison=NOT_LESS,
    )
    yield Alarm(
        "api-unreached",
        "Nothing arrives, not even the health checks: DNS, certificate, or the API is gone.",
        *(API, "Count", OF_API, "SampleCount", Threshold.API_COUNT),
        minutes=10,
        comparison=LESS,
        missing=SILENCE,
    )


def _of_function() -> Iterator[Alarm]:
    yield Alarm(
        "function-errors",
        "Requests or scheduled jobs fail unexpectedly. The log group has the reason.",
        *(FUNCTION, "Errors", OF_FUNCTION, "Sum", Threshold.FUNCTION_ERRORS),
        minutes=3,
    )
    yield Alarm(
        "function-throttles",
        "Requests are refused for want of concurrency. Ask for a larger quota.",
        *(FUNCTION, "Throttles", OF_FUNCTION, "Sum", Threshold.FUNCTION_THROTTLES),
        minutes=5,
    )
    yield Alarm(
        "function-duration",
        "One request in ten nearly takes the 29 s that API Gateway waits; jobs may take longer.",
        *(FUNCTION, "Duration", OF_FUNCTION, "p90", Threshold.FUNCTION_DURATION),
        minutes=15,
    )
    yield Alarm(
        "function-concurrency",
        "This function alone comes near the account's concurrency.",
        *(FUNCTION, "ConcurrentExecutions", OF_FUNCTION, "Maximum", Threshold.CONCURRENCY),
        minutes=10,
    )
    yield Alarm(
        "account-concurrency",
        "All functions of this account and region together come near its concurrency.",
        *(FUNCTION, "ClaimedAccountConcurrency", {}, "Maximum", Threshold.CONCURRENCY),
        minutes=10,
    )


def _of_table() -> Iterator[Alarm]:
    parts = {"table": OF_TABLE} | {
        name: OF_TABLE | {"GlobalSecondaryIndexName": index} for name, index in INDEXES.items()
    }
    for part, dimensions in parts.items():
        for kind in ("Read", "Write"):
            yield Alarm(
                f"{part}-{kind.lower()}-throttles",
                "DynamoDB holds back, and players see 503: raise the board's shards, or the "
                "account's quota.",
                *(TABLE, f"{kind}ThrottleEvents", dimensions, "Sum", Threshold.TABLE_THROTTLES),
                minutes=5,
            )
    for operation in OPERATIONS:
        yield Alarm(
            f"table-errors-{operation.lower()}",
            f"DynamoDB fails at {operation} in this region: evacuate it if it goes on.",
            *(TABLE, "SystemErrors", OF_TABLE | {"Operation": operation}),
            *("Sum", Threshold.TABLE_ERRORS),
            minutes=15,
        )
    yield Alarm(
        "table-latency",
        "Queries, which every page asks, are slow.",
        *(TABLE, "SuccessfulRequestLatency", OF_TABLE | {"Operation": "Query"}),
        *("Average", Threshold.TABLE_LATENCY),
        minutes=10,
        comparison=NOT_LESS,
    )


def _of_replication(others: Sequence[str]) -> Iterator[Alarm]:
    for region in others:
        yield Alarm(
            f"replication-{region}",
            f"What is written here arrives late in {region}, or not at all: late, not lost. A "
            "minute without data counts as well, as the heartbeat writes one item a minute.",
            *(TABLE, "ReplicationLatency", OF_TABLE | {"ReceivingRegion": region}),
            *("Average", Threshold.REPLICATION_LATENCY),
            minutes=15,
            missing=SILENCE,
        )


def _of_ranks() -> Alarm:
    return Alarm(
        "rank-age",
        "Ranks are old, or nobody counts them: the schedule does not run, or fails. A quarter of "
        "an hour without a count rings as well.",
        *(OWN, "RankAge", OF_APP, "Maximum", Threshold.RANK_AGE),
        minutes=15,
        missing=SILENCE,
    )
