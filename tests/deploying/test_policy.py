"""The role's policy holds what the app calls, in its own region, and nothing else.

That it suffices, the offline account shows: there, MiniStack asks the policy at every call.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import leaderboard_app.gateway
from bootstrap.deploying.stages import POLICY_FILE, DeployedStage
from bootstrap.table.shape import table
from leaderboard_app.deployment import Deployment
from leaderboard_app.gateway import secrets

GATEWAY = Path(leaderboard_app.gateway.__file__).parent
NOT_IN_THE_APP = {"bulk.py"}
ACCOUNT = "123456789012"

ACTIONS = {
    "batch_get_item": {"dynamodb:BatchGetItem"},
    "delete_item": {"dynamodb:DeleteItem"},
    "get_item": {"dynamodb:GetItem"},
    "get_parameter": {"ssm:GetParameter"},
    "put_item": {"dynamodb:PutItem"},
    "query": {"dynamodb:Query"},
    # A transaction is allowed by what it consists of.
    "transact_write_items": {
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
    },
    "update_item": {"dynamodb:UpdateItem"},
}


def statements(stage: str = "oregon") -> dict[str, dict[str, Any]]:
    policy = json.loads(DeployedStage.read(stage).policy(ACCOUNT))
    return {statement["Sid"]: statement for statement in policy["Statement"]}


def as_set(value: str | list[str]) -> set[str]:
    return {value} if isinstance(value, str) else set(value)


def calls_of(path: Path) -> Iterator[str]:
    """Yield the names of what a module calls on a client."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            on = node.func.value
            name = on.attr if isinstance(on, ast.Attribute) else getattr(on, "id", "")
            if name.endswith("client"):
                yield node.func.attr


def test_the_actions_are_those_that_the_gateway_calls() -> None:
    modules = [path for path in GATEWAY.glob("*.py") if path.name not in NOT_IN_THE_APP]
    called = {call for path in modules for call in calls_of(path)}
    allowed = set().union(*(as_set(each["Action"]) for each in statements().values()))
    data = {action for action in allowed if action.startswith(("dynamodb:", "ssm:"))}
    assert set().union(*(ACTIONS[call] for call in called)) == data


def test_nothing_is_allowed_everywhere() -> None:
    for statement in statements().values():
        for action in as_set(statement["Action"]):
            assert "*" not in action
        for resource in as_set(statement["Resource"]):
            # Log streams and a function's versions are named as they are made.
            assert "*" not in resource.removesuffix(":*")
            assert resource.split(":")[3:5] == ["us-west-2", ACCOUNT]


def test_a_stage_reaches_its_own_region_alone() -> None:
    oregon, dublin = (json.dumps(statements(name)) for name in ("oregon", "dublin"))
    assert "eu-west-1" not in oregon
    assert "us-west-2" not in dublin
    assert oregon.replace("us-west-2", "eu-west-1").replace("oregon", "dublin") == dublin


def test_the_table_its_indexes_and_the_secret_are_the_ones_that_bootstrap_makes() -> None:
    name = Deployment.read().table
    indexes = {index["IndexName"] for index in table(name)["GlobalSecondaryIndexes"]}
    own = f"arn:aws:dynamodb:us-west-2:{ACCOUNT}:table/{name}"
    found = statements()
    assert as_set(found["TableOfThisRegion"]["Resource"]) == {own}
    assert as_set(found["RankingsOfThisRegion"]["Resource"]) == {
        f"{own}/index/{index}" for index in indexes
    }
    assert as_set(found["SecretKey"]["Resource"]) == {
        f"arn:aws:ssm:us-west-2:{ACCOUNT}:parameter/arcade/{each}" for each in secrets.PARAMETERS
    }


def test_a_policy_that_was_not_filled_in_leads_nowhere() -> None:
    for statement in json.loads(POLICY_FILE.read_text(encoding="utf-8"))["Statement"]:
        for resource in as_set(statement["Resource"]):
            assert resource.split(":")[3:5] == ["${region}", "${account}"]


@pytest.mark.parametrize("stage", [stage.name for stage in Deployment.read().stages])
def test_each_stage_is_deployed_with_this_policy(stage: str) -> None:
    path = DeployedStage.read(stage).settings["attach_policy"]
    assert POLICY_FILE.as_posix().endswith(path)
