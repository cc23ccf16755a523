"""What Zappa has no key for: how long logs are kept, how many requests a stage takes, and where."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from bootstrap import aws
from bootstrap.deploying.preflight import Client
from bootstrap.deploying.stages import DeployedStage
from bootstrap.exits import Problem
from leaderboard_app.gateway.errors import code_of

_EVERY_METHOD = "/*/*/throttling"
_MOST_APIS = 500


def keep_logs(target: DeployedStage, client: Client) -> None:
    """Make the log group where it is missing, and let it forget.

    Made here, and not by the function at its first line, whose role need not be able to.

    Raises:
        Problem: AWS refused.
    """
    logs = client("logs", target.region)
    with aws.explaining(f"Could not make log group {target.log_group} in {target.region}"):
        try:
            logs.create_log_group(logGroupName=target.log_group)
        except ClientError as cause:
            if code_of(cause) != "ResourceAlreadyExistsException":
                raise
        days = target.own("log_retention_days")
        logs.put_retention_policy(logGroupName=target.log_group, retentionInDays=days)


def throttle(target: DeployedStage, client: Client, api_id: str) -> None:
    """Bound how many requests a second the stage takes: what is above is answered with 429.

    Raises:
        Problem: AWS refused.
    """
    limits = {
        "rateLimit": target.own("requests_per_second"),
        "burstLimit": target.own("requests_at_once"),
    }
    operations = [
        {"op": "replace", "path": f"{_EVERY_METHOD}/{name}", "value": str(value)}
        for name, value in limits.items()
    ]
    with aws.explaining(f"Could not bound the requests to {target.function}"):
        client("apigateway", target.region).update_stage(
            restApiId=api_id, stageName=target.stage.name, patchOperations=operations
        )


def find_api(target: DeployedStage, client: Client) -> str:
    """Return the id of the stage's API, once its function was found to be in the region, too.

    Raises:
        Problem: one of them is not in the region of the stage, and the other is elsewhere.
    """
    region, name = target.region, target.function
    with aws.explaining(f"Could not look at {name} in {region}"):
        found = [each["id"] for each in _apis(client, region) if each["name"] == name]
        if not found or not _has_function(client, region, name):
            what = "function" if found else "API"
            raise Problem(
                f"The {what} {name} is not in {region}: the deployment was split over two "
                f"regions. Unset AWS_DEFAULT_REGION and AWS_REGION, then zappa undeploy "
                f"{target.stage.name} and deploy it again."
            )
    return str(found[0])


def _apis(client: Client, region: str) -> list[dict[str, Any]]:
    answer = client("apigateway", region).get_rest_apis(limit=_MOST_APIS)
    apis: list[dict[str, Any]] = answer["items"]
    return apis


def _has_function(client: Client, region: str, name: str) -> bool:
    try:
        client("lambda", region).get_function(FunctionName=name)
    except ClientError as cause:
        if code_of(cause) == "ResourceNotFoundException":
            return False
        raise
    return True
