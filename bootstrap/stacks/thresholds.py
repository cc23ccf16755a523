"""The alarms' thresholds, each a parameter of the stacks that have such an alarm."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from bootstrap.stacks.words import Json, number


class Threshold(Enum):
    """A threshold; its value is the parameter's name."""

    API_4XX = "Api4xxRate"
    API_5XX = "Api5xxRate"
    API_LATENCY = "ApiLatencyMilliseconds"
    API_COUNT = "ApiRequestsAMinute"
    FUNCTION_ERRORS = "FunctionErrorsAMinute"
    FUNCTION_THROTTLES = "FunctionThrottlesAMinute"
    FUNCTION_DURATION = "FunctionDurationMilliseconds"
    CONCURRENCY = "Concurrency"
    TABLE_THROTTLES = "TableThrottlesAMinute"
    TABLE_ERRORS = "TableErrorsAMinute"
    TABLE_LATENCY = "TableLatencyMilliseconds"
    REPLICATION_LATENCY = "ReplicationLatencyMilliseconds"
    RANK_AGE = "RankAgeSeconds"
    HEALTHY = "HealthyAtLeast"


_PARAMETERS: dict[Threshold, Json] = {
    Threshold.API_4XX: number("Rings above this part of requests answered with 4xx.", 0.05),
    Threshold.API_5XX: number("Rings above this part of requests answered with 5xx.", 0.05),
    Threshold.API_LATENCY: number("Rings where the slowest tenth takes as long.", 2500),
    Threshold.API_COUNT: number("Rings below this; health checks alone make more.", 1),
    Threshold.FUNCTION_ERRORS: number("Rings above this.", 0),
    Threshold.FUNCTION_THROTTLES: number("Rings above this.", 0),
    Threshold.FUNCTION_DURATION: number("Rings above this: 90 % of API Gateway's 29 s.", 26_100),
    Threshold.CONCURRENCY: number("Rings above this: 90 % of the account's quota.", 900),
    Threshold.TABLE_THROTTLES: number("Rings above this, for the table and each index.", 0),
    Threshold.TABLE_ERRORS: number("Rings above this, for each operation.", 0),
    Threshold.TABLE_LATENCY: number("Rings where the average Query takes as long.", 100),
    Threshold.REPLICATION_LATENCY: number("Rings above this: AWS's 3 minutes.", 180_000),
    Threshold.RANK_AGE: number("Rings where ranks are older than this.", 900),
    Threshold.HEALTHY: number("Rings below this: a check is 1 where it is well, else 0.", 1),
}


def parameters(thresholds: Iterable[Threshold]) -> Json:
    """Return the parameters for thresholds, each once."""
    return {each.value: _PARAMETERS[each] for each in dict.fromkeys(thresholds)}
