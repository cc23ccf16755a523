"""One region's dashboard: a row for each part, from the player's side inwards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bootstrap.stacks.alarms import (
    API,
    FUNCTION,
    HEALTH,
    INDEXES,
    OF_API,
    OF_APP,
    OF_FUNCTION,
    OF_TABLE,
    OPERATIONS,
    OWN,
    TABLE,
)
from bootstrap.stacks.words import Json, sub

WIDTH = 24
"""Columns that CloudWatch gives a dashboard."""

_HEIGHT = 6
_HEALTH_REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class Line:
    """A metric in a graph."""

    namespace: str
    metric: str
    dimensions: Mapping[str, str]
    statistic: str = "Sum"
    region: str = "${AWS::Region}"

    def as_json(self) -> list[object]:
        """Return it as a dashboard's source writes it."""
        pairs = [word for pair in self.dimensions.items() for word in pair]
        return [
            self.namespace,
            self.metric,
            *pairs,
            {"stat": self.statistic, "region": self.region},
        ]


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph of some metrics."""

    title: str
    lines: tuple[Line, ...]

    def as_json(self) -> Json:
        """Return its kind and its properties."""
        properties = {
            "title": self.title,
            "metrics": [line.as_json() for line in self.lines],
            "region": "${AWS::Region}",
            "period": 60,
        }
        return {"type": "metric", "properties": properties}


def rows(others: Sequence[str]) -> tuple[tuple[Graph, ...], ...]:
    """Return the rows of graphs of a region that replicates to others."""
    return (_of_players(), _of_function(), _of_table(), _of_regions(others), _of_game())


def dashboard(others: Sequence[str], alarms: Iterable[str]) -> Json:
    """Return the dashboard, with all alarms in its first row and the latest errors in its last."""
    made = [_alarms(alarms), *map(_row, rows(others)), _errors()]
    tops = accumulate((row[0]["height"] for row in made), initial=0)
    widgets = [widget | {"y": top} for row, top in zip(made, tops, strict=False) for widget in row]
    return {
        "Type": "AWS::CloudWatch::Dashboard",
        "Properties": {
            "DashboardName": sub("${ServiceNamePrefix}-${StageName}"),
            "DashboardBody": sub(json.dumps({"widgets": widgets}, separators=(",", ":"))),
        },
    }


def _row(graphs: Sequence[Graph]) -> list[Json]:
    width = WIDTH // len(graphs)
    return [
        graph.as_json() | {"x": number * width, "width": width, "height": _HEIGHT}
        for number, graph in enumerate(graphs)
    ]


def _alarms(names: Iterable[str]) -> list[Json]:
    arn = "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:"
    owner = "${ServiceNamePrefix}-${StageName}"
    properties = {"title": "Alarms", "alarms": [f"{arn}{owner}-{name}" for name in names]}
    place = {"x": 0, "width": WIDTH, "height": 4}
    return [{"type": "alarm", "properties": properties} | place]


def _errors() -> list[Json]:
    query = (
        "SOURCE '/aws/lambda/${ServiceNamePrefix}-${StageName}' "
        "| fields time, level, logger, message, path, status, request_id "
        "| filter level in ['ERROR', 'WARNING'] | sort @timestamp desc | limit 20"
    )
    properties = {"title": "Latest warnings", "query": query, "region": "${AWS::Region}"}
    place = {"x": 0, "width": WIDTH, "height": _HEIGHT}
    return [{"type": "log", "properties": properties} | place]


def _of_players() -> tuple[Graph, ...]:
    answers = (("Count", "SampleCount"), ("4XXError", "Sum"), ("5XXError", "Sum"))
    latency = tuple(Line(API, "Latency", OF_API, each) for each in ("p50", "p90", "p99"))
    return (
        Graph("Requests", tuple(Line(API, name, OF_API, stat) for name, stat in answers)),
        Graph("Time to answer, ms", latency),
    )


def _of_function() -> tuple[Graph, ...]:
    counted = ("Invocations", "Errors", "Throttles")
    duration = tuple(
        Line(FUNCTION, "Duration", OF_FUNCTION, each) for each in ("p50", "p90", "p99")
    )
    at_once = Line(FUNCTION, "ConcurrentExecutions", OF_FUNCTION, "Maximum")
    return (
        Graph("Function", tuple(Line(FUNCTION, name, OF_FUNCTION) for name in counted)),
        Graph("Function, ms", duration),
        Graph("At once", (at_once,)),
    )


def _of_table() -> tuple[Graph, ...]:
    parts = [
        OF_TABLE,
        *(OF_TABLE | {"GlobalSecondaryIndexName": each} for each in INDEXES.values()),
    ]
    kinds = ("Read", "Write")
    return (
        Graph("Units", _each(parts, [f"Consumed{kind}CapacityUnits" for kind in kinds])),
        Graph("Held back", _each(parts, [f"{kind}ThrottleEvents" for kind in kinds])),
        Graph(
            "Table, ms",
            tuple(
                Line(TABLE, "SuccessfulRequestLatency", OF_TABLE | {"Operation": each}, "Average")
                for each in OPERATIONS
            ),
        ),
    )


def _each(parts: Sequence[Mapping[str, str]], metrics: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(TABLE, metric, part) for part in parts for metric in metrics)


def _of_regions(others: Sequence[str]) -> tuple[Graph, ...]:
    latency = tuple(
        Line(TABLE, "ReplicationLatency", OF_TABLE | {"ReceivingRegion": each}, "Average")
        for each in others
    )
    check = {"HealthCheckId": "${HealthCheckId}"}
    health = (Line(HEALTH, "HealthCheckStatus", check, "Minimum", _HEALTH_REGION),)
    # A graph of nothing is no valid dashboard: one region alone has no other to replicate to.
    graphs = (Graph("Replication, ms", latency), Graph("Health check", health))
    return tuple(graph for graph in graphs if graph.lines)


def _of_game() -> tuple[Graph, ...]:
    return (
        Graph("Scores accepted", (Line(OWN, "SubmissionsAccepted", OF_APP),)),
        Graph("Scores refused", (Line(OWN, "SubmissionsRefused", OF_APP),)),
        Graph("Age of ranks, s", (Line(OWN, "RankAge", OF_APP, "Maximum"),)),
    )
