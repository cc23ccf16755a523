"""AWS's metrics as its documentation lists them: what each is told apart by, and how it is read.

Written by hand from the pages named here, not from the templates. A metric that is published with
several sets of dimensions has one row for each that the leaderboard uses.
"""

from __future__ import annotations

from dataclasses import dataclass

API_PAGE = "Amazon API Gateway dimensions and metrics (API Gateway Developer Guide)"
FUNCTION_PAGE = "Using CloudWatch metrics with Lambda (AWS Lambda Developer Guide)"
TABLE_PAGE = "DynamoDB metrics and dimensions (Amazon DynamoDB Developer Guide)"
HEALTH_PAGE = "Monitoring health checks using CloudWatch (Route 53 Developer Guide)"
OWN_PAGE = "leaderboard_app/metrics.py"
ALARMS_PAGE = "Recommended alarms (Amazon CloudWatch User Guide)"


@dataclass(frozen=True)
class Metric:
    """A metric with one set of its dimensions.

    Attributes:
        namespace: as AWS writes it.
        name: the metric's.
        dimensions: the names of all that it is published with.
        page: the page that lists it.
    """

    namespace: str
    name: str
    dimensions: frozenset[str]
    page: str


@dataclass(frozen=True)
class Recommended:
    """The alarm that `ALARMS_PAGE` recommends on a metric; its threshold is an owner's to choose.

    Attributes:
        statistic: of the alarm.
        comparison: of the alarm.
        minutes: evaluation periods, and datapoints, of a minute each.
    """

    statistic: str
    comparison: str
    minutes: int


def of(namespace: str, name: str, dimensions: str, page: str) -> Metric:
    return Metric(namespace, name, frozenset(dimensions.split()), page)


def api(name: str) -> Metric:
    return of("AWS/ApiGateway", name, "ApiName Stage", API_PAGE)


def function(name: str) -> Metric:
    return of("AWS/Lambda", name, "FunctionName", FUNCTION_PAGE)


def table(name: str, further: str = "") -> Metric:
    return of("AWS/DynamoDB", name, f"TableName {further}", TABLE_PAGE)


def own(name: str) -> Metric:
    return of("Leaderboard", name, "Service Region", OWN_PAGE)


INDEX = "GlobalSecondaryIndexName"
ABOVE, FROM, BELOW = (
    "GreaterThanThreshold",
    "GreaterThanOrEqualToThreshold",
    "LessThanThreshold",
)
THROTTLED = Recommended("Sum", ABOVE, 5)

ALARMED = {
    api("4XXError"): Recommended("Average", ABOVE, 5),
    api("5XXError"): Recommended("Average", ABOVE, 3),
    api("Latency"): Recommended("p90", FROM, 5),
    api("Count"): Recommended("SampleCount", BELOW, 10),
    function("Errors"): Recommended("Sum", ABOVE, 3),
    function("Throttles"): Recommended("Sum", ABOVE, 5),
    function("Duration"): Recommended("p90", ABOVE, 15),
    function("ConcurrentExecutions"): Recommended("Maximum", ABOVE, 10),
    of("AWS/Lambda", "ClaimedAccountConcurrency", "", FUNCTION_PAGE): Recommended(
        "Maximum", ABOVE, 10
    ),
    table("ReadThrottleEvents"): THROTTLED,
    table("WriteThrottleEvents"): THROTTLED,
    table("ReadThrottleEvents", INDEX): THROTTLED,
    table("WriteThrottleEvents", INDEX): THROTTLED,
    table("SystemErrors", "Operation"): Recommended("Sum", ABOVE, 15),
    table("SuccessfulRequestLatency", "Operation"): Recommended("Average", FROM, 10),
    table("ReplicationLatency", "ReceivingRegion"): Recommended("Average", ABOVE, 15),
    of("AWS/Route53", "HealthCheckStatus", "HealthCheckId", HEALTH_PAGE): Recommended(
        "Minimum", BELOW, 3
    ),
    # Not AWS's: the leaderboard's own, which nobody else recommends anything for.
    own("RankAge"): Recommended("Maximum", ABOVE, 15),
}
"""Metrics that are watched: none may lack its alarm."""

ONLY_SHOWN = (
    function("Invocations"),
    table("ConsumedReadCapacityUnits"),
    table("ConsumedWriteCapacityUnits"),
    table("ConsumedReadCapacityUnits", INDEX),
    table("ConsumedWriteCapacityUnits", INDEX),
    own("SubmissionsAccepted"),
    own("SubmissionsRefused"),
)
"""Metrics that a dashboard shows and no alarm watches."""
