"""A stack as it should be, and the changes that make it so, as CloudFormation writes them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bootstrap.stacks.words import Json


@dataclass(frozen=True, slots=True)
class Stack:
    """What a stack should be.

    Attributes:
        name: the stack's.
        region: where it stands.
        template: all of it.
        values: every parameter's value, by name.
    """

    name: str
    region: str
    template: Json
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that CloudFormation has worked out, and not made.

    Attributes:
        name: its own.
        stack_id: whose it is.
        lines: the changes, for people; none where nothing would change.
    """

    name: str
    stack_id: str
    lines: tuple[str, ...]


def request(stack: Stack, *, is_new: bool) -> Json:
    """Return the request that has CloudFormation work out a change set."""
    asked = {
        "StackName": stack.name,
        "ChangeSetName": f"bootstrap-{secrets.token_hex(8)}",
        "ChangeSetType": "CREATE" if is_new else "UPDATE",
        "TemplateBody": body(stack.template),
        "Parameters": [
            {"ParameterKey": name, "ParameterValue": value} for name, value in stack.values.items()
        ],
        # The game day's experiment has a role, of a name that CloudFormation makes up.
        "Capabilities": ["CAPABILITY_IAM"],
        "Tags": [{"Key": "project", "Value": "global-leaderboard"}],
    }
    # A creation that fails takes itself away, so that the next run begins anew.
    return asked | ({"OnStackFailure": "DELETE"} if is_new else {})


def body(template: Json) -> str:
    """Return a template as CloudFormation takes it: as short as it can be."""
    return json.dumps(template, separators=(",", ":"))


def lines(changes: Iterable[Json]) -> Iterator[str]:
    """Yield changes for people, one line each."""
    for change in changes:
        anew = ", by another" if change.get("Replacement") == "True" else ""
        what = f"{change['LogicalResourceId']} ({change['ResourceType']})"
        yield f"{change['Action'].lower()} {what}{anew}"
