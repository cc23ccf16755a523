"""What CloudFormation's events and statuses say."""

from __future__ import annotations

import pytest

from bootstrap.exits import Problem
from bootstrap.stacks.state import CHANGE, REMOVAL, StackState, check_changeable, reason

STACK = "arn:aws:cloudformation:us-west-2:123456789012:stack/leaderboard-arcade/1"


def of_stack(status: str) -> dict[str, str]:
    return event("leaderboard-arcade", status, STACK)


def event(name: str, status: str, physical: str = "", why: str = "") -> dict[str, str]:
    return {
        "StackId": STACK,
        "LogicalResourceId": name,
        "PhysicalResourceId": physical,
        "ResourceStatus": status,
        "ResourceStatusReason": why,
    }


EVENTS = [
    of_stack("UPDATE_ROLLBACK_COMPLETE"),
    event("Dashboard", "UPDATE_FAILED", why="Resource update cancelled"),
    event("Api5xx", "UPDATE_FAILED", why="Rate  exceeded."),
    of_stack("UPDATE_IN_PROGRESS"),
    of_stack("UPDATE_ROLLBACK_COMPLETE"),
    event("RankAge", "UPDATE_FAILED", why="An older reason"),
    of_stack("UPDATE_IN_PROGRESS"),
]
"""Two updates that failed, the latest event first."""


def test_the_reason_is_the_latest_run_s_and_not_what_was_cancelled_for_it() -> None:
    assert reason(EVENTS, CHANGE) == "Api5xx: Rate exceeded"


def test_a_removal_that_failed_is_not_explained_by_an_earlier_change() -> None:
    removal = [
        of_stack("DELETE_FAILED"),
        event("Zone", "DELETE_FAILED", why="The zone is not empty"),
        of_stack("DELETE_IN_PROGRESS"),
    ]

    assert reason([*removal, *EVENTS], REMOVAL) == "Zone: The zone is not empty"


def test_a_run_without_a_reason_says_so() -> None:
    assert reason([of_stack("UPDATE_IN_PROGRESS")], CHANGE) == "CloudFormation gives no reason"


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "DELETE_FAILED", "UPDATE_ROLLBACK_FAILED"])
def test_a_stack_that_can_not_be_changed_is_refused_with_the_cure(status: str) -> None:
    with pytest.raises(Problem, match="python -m bootstrap stack remove"):
        check_changeable("leaderboard-arcade", "us-east-1", StackState(STACK, status, {}, {}))


@pytest.mark.parametrize("status", ["CREATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"])
def test_a_stack_that_is_well_or_as_it_was_can_be_changed(status: str) -> None:
    check_changeable("leaderboard-arcade", "us-east-1", StackState(STACK, status, {}, {}))
