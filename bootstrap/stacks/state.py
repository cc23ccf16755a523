"""A stack as it is in its region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

from bootstrap.aws import explaining
from bootstrap.exits import Problem
from leaderboard_app.gateway.errors import code_of

DONE = frozenset({"CREATE_COMPLETE", "UPDATE_COMPLETE"})
WELL = DONE | {"UPDATE_ROLLBACK_COMPLETE"}
"""What a change can be made to. After an update that failed, all is as it was before."""

GONE = "DELETE_COMPLETE"

CHANGE = frozenset({"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS"})
REMOVAL = frozenset({"DELETE_IN_PROGRESS"})
"""How a run begins."""

_ONLY_PLANNED = "REVIEW_IN_PROGRESS"
_UNDER_WAY = "_IN_PROGRESS"


@dataclass(frozen=True, slots=True)
class StackState:
    """A stack as it is.

    Attributes:
        stack_id: names this one, and none that is made later under the same name.
        status: CloudFormation's word for it.
        parameters: their values, by name.
        outputs: their values, by name.
    """

    stack_id: str
    status: str
    parameters: Mapping[str, str]
    outputs: Mapping[str, str]

    @property
    def busy(self) -> bool:
        """Whether CloudFormation is at it."""
        return self.status.endswith(_UNDER_WAY)

    @property
    def exists(self) -> bool:
        """Whether it was ever made, and not only planned, and is not deleted."""
        return self.status not in {_ONLY_PLANNED, GONE}


def look(client: Any, name: str) -> StackState | None:  # noqa: ANN401 - it has no stubs here.
    """Return a stack by its name or id, in whatever state; None where there is none.

    Raises:
        Problem: CloudFormation can't be asked.
    """
    with explaining(f"Could not look at the stack {name} in {client.meta.region_name}"):
        try:
            (found,) = client.describe_stacks(StackName=name)["Stacks"]
        except ClientError as cause:
            if code_of(cause) == "ValidationError" and "does not exist" in str(cause):
                return None
            raise
        except ResponseParserError as cause:
            raise Problem(
                "What answers at AWS_ENDPOINT_URL is no CloudFormation: the sandbox has none. "
                "Stacks are for AWS alone."
            ) from cause
    return StackState(
        found["StackId"],
        found["StackStatus"],
        {each["ParameterKey"]: each["ParameterValue"] for each in found.get("Parameters", [])},
        {each["OutputKey"]: each["OutputValue"] for each in found.get("Outputs", [])},
    )


def check_changeable(name: str, region: str, state: StackState | None) -> None:
    """Do nothing where a stack can be made or changed.

    Raises:
        Problem: it is what CloudFormation refuses to change.
    """
    if state and state.exists and not state.busy and state.status not in WELL:
        raise Problem(
            f"The stack {name} in {region} is {state.status}, which can't be changed. Remove it: "
            "python -m bootstrap stack remove. Then apply it again: it holds no data."
        )


def reason(events: Iterable[Mapping[str, Any]], begun: frozenset[str]) -> str:
    """Return what CloudFormation says of the first thing that failed in its latest run.

    Args:
        events: of a stack, the latest first.
        begun: how the stack's own event says that such a run begins: `CHANGE` or `REMOVAL`.
    """
    latest = takewhile(lambda each: not _begins(each, begun), events)
    failed = [each for each in latest if each["ResourceStatus"].endswith("_FAILED")]
    # What was only given up because of another failure says that it was cancelled.
    told = [each for each in failed if "cancelled" not in each.get("ResourceStatusReason", "")]
    if not told:
        return "CloudFormation gives no reason"
    why = " ".join(told[-1].get("ResourceStatusReason", "no reason given").split()).rstrip(".")
    return f"{told[-1]['LogicalResourceId']}: {why}"


def _begins(event: Mapping[str, Any], begun: frozenset[str]) -> bool:
    of_stack = event.get("PhysicalResourceId") == event["StackId"]
    return of_stack and event["ResourceStatus"] in begun
