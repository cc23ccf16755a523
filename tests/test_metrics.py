"""The game's own metrics: lines in CloudWatch's embedded metric format."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from leaderboard_app import metrics
from leaderboard_app.metrics import Metrics

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OREGON = Metrics("arcade", "us-west-2")

LINES = {
    metrics.ACCEPTED: OREGON.submission_accepted("global", NOON),
    metrics.REFUSED: OREGON.submission_refused("unavailable", NOON),
    metrics.RANK_AGE: OREGON.rank_age("global", 42.5, NOON),
}


def directive(line: str) -> dict[str, Any]:
    (only,) = json.loads(line)["_aws"]["CloudWatchMetrics"]
    return dict(only)


@pytest.mark.parametrize(("name", "line"), LINES.items())
def test_a_line_is_one_record_whose_metric_and_dimensions_it_holds(name: str, line: str) -> None:
    # The format's specification: what the directive names has to be a member beside it.
    record, told = json.loads(line), directive(line)

    assert "\n" not in line
    assert [metric["Name"] for metric in told["Metrics"]] == [name]
    assert isinstance(record[name], int | float)
    assert told["Dimensions"] == [["Service", "Region"]]
    assert (record["Service"], record["Region"]) == ("arcade", "us-west-2")
    assert told["Namespace"] == "Leaderboard"


@pytest.mark.parametrize("line", LINES.values())
def test_its_time_is_in_milliseconds_since_1970(line: str) -> None:
    assert json.loads(line)["_aws"]["Timestamp"] == 1_795_435_200_000


def test_the_board_and_the_reason_are_said_beside_and_are_no_dimensions() -> None:
    assert json.loads(LINES[metrics.ACCEPTED])["board"] == "global"
    assert json.loads(LINES[metrics.REFUSED])["reason"] == "unavailable"


def test_units_are_those_that_cloudwatch_knows() -> None:
    units = [directive(line)["Metrics"][0]["Unit"] for line in LINES.values()]

    assert units == ["Count", "Count", "Seconds"]


def test_ranks_of_a_clock_that_is_ahead_are_not_younger_than_new() -> None:
    assert json.loads(OREGON.rank_age("global", -3, NOON))["RankAge"] == 0
