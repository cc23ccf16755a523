"""Teaches MiniStack what its CloudFormation lacks: Route 53's health checks, and a refusal.

Python runs this before MiniStack, where this folder is on its path. The check is stored where
MiniStack's own Route 53 keeps those that are made by its API; nobody is ever asked for its health.
An experiment of the Fault Injection Service can't be made: what a stack's failure is tried with.
"""

from __future__ import annotations

import uuid
from typing import Any

from ministack.services import route53
from ministack.services.cloudformation import provisioners

CHECKS = route53._health_checks  # noqa: SLF001 - no other way in.


def create(_logical_id: str, properties: dict[str, Any], _stack: str) -> tuple[str, dict[str, str]]:
    check_id = str(uuid.uuid4())
    _store(check_id, properties)
    return check_id, {"HealthCheckId": check_id}


def update(
    check_id: str, _before: dict[str, Any], properties: dict[str, Any], _stack: str
) -> tuple[str, dict[str, str]]:
    _store(check_id, properties)
    return check_id, {"HealthCheckId": check_id}


def delete(check_id: str, _properties: dict[str, Any]) -> None:
    CHECKS.pop(check_id, None)


def _store(check_id: str, properties: dict[str, Any]) -> None:
    CHECKS[check_id] = {
        "id": check_id,
        "caller_reference": check_id,
        "config": properties["HealthCheckConfig"],
        "version": 1,
    }


provisioners._RESOURCE_HANDLERS["AWS::Route53::HealthCheck"] = {  # noqa: SLF001 - no other way in.
    "create": create,
    "update": update,
    "delete": delete,
}


def refuse(
    _logical_id: str, _properties: dict[str, Any], _stack: str
) -> tuple[str, dict[str, str]]:
    raise ValueError("There is no Fault Injection Service here")


provisioners._RESOURCE_HANDLERS["AWS::FIS::ExperimentTemplate"] = {  # noqa: SLF001 - as above.
    "create": refuse
}
