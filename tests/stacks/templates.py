"""The templates as their tests read them: with their parameters put in, and flat."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bootstrap.stacks.change_set import body
from bootstrap.stacks.design import template
from leaderboard_app.deployment import Deployment, Stage

OREGON, DUBLIN = Stage("oregon", "us-west-2"), Stage("dublin", "eu-west-1")
ARCADE = Deployment("arcade", (OREGON, DUBLIN))

IN_OREGON, IN_DUBLIN = template(ARCADE, OREGON), template(ARCADE, DUBLIN)
AT_LARGE = template(ARCADE, None)

AWS = {
    "AWS::Partition": "aws",
    "AWS::AccountId": "123456789012",
    "AWS::URLSuffix": "amazonaws.com",
}
HERE = {
    **AWS,
    "AWS::Region": OREGON.region,
    "ServiceNamePrefix": ARCADE.prefix,
    "StageName": OREGON.name,
    "RestApiId": "abc123",
    "HealthCheckId": "check-1",
    "HealthCheckOregon": "check-1",
    "HealthCheckDublin": "check-2",
}


def resolved(value: str | dict[str, str], values: Mapping[str, str] = HERE) -> str:
    """Return a text of a template with its names put in."""
    text = value if isinstance(value, str) else value["Fn::Sub"]
    return re.sub(r"\$\{([^}]+)\}", lambda found: values[found[1]], text)


def resources(made: Mapping[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    """Return the properties of all resources of a kind, by logical id."""
    found = made["Resources"].items()
    return {name: each["Properties"] for name, each in found if each["Type"] == kind}


def alarms(made: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the alarms of a template."""
    return list(resources(made, "AWS::CloudWatch::Alarm").values())


def dimensions(alarm: Mapping[str, Any]) -> dict[str, str]:
    """Return an alarm's dimensions, by name."""
    return {each["Name"]: resolved(each["Value"]) for each in alarm["Dimensions"]}


def widgets(made: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what a template's dashboard shows."""
    (dashboard,) = resources(made, "AWS::CloudWatch::Dashboard").values()
    return list(json.loads(resolved(dashboard["DashboardBody"]))["widgets"])


def shown(made: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield namespace, name and dimensions of every metric on a template's dashboard."""
    for widget in widgets(made):
        for namespace, name, *rest in widget["properties"].get("metrics", []):
            pairs = rest[:-1]
            yield namespace, name, dict(zip(pairs[::2], pairs[1::2], strict=True))


def written(made: dict[str, Any]) -> str:
    """Return a template as CloudFormation is given it."""
    return body(made)
