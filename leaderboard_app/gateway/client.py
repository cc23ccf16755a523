"""A DynamoDB client with bounded patience, and a shortcut through botocore's parser."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MAX_CONNECTIONS = 32

PATIENCE = Config(
    connect_timeout=1,
    read_timeout=1,
    retries={"mode": "standard", "total_max_attempts": 3},
    max_pool_connections=MAX_CONNECTIONS,
    tcp_keepalive=True,
)
"""Three tries of a second each and at most three seconds between them: a call that is not
answered has failed within 6 s, where botocore's own settings would wait for minutes."""

HEALTH_PATIENCE = Config(
    connect_timeout=0.5, read_timeout=0.5, retries={"mode": "standard", "total_max_attempts": 1}
)
"""A health check wants the answer within a second, not a good one later."""


def make_client(
    region: str, endpoint: str | None = None, config: Config = PATIENCE
) -> DynamoDBClient:
    """Return a client of one region's DynamoDB.

    Args:
        region: for example `us-west-2`.
        endpoint: an address other than AWS's own; None for that, or what the environment says.
        config: how patient it is.
    """
    client: DynamoDBClient = _session().client(
        "dynamodb", region_name=region, endpoint_url=endpoint, config=config
    )
    client.meta.events.register_first("before-parse.dynamodb", _parse_plainly)
    return client


@cache
def _session() -> boto3.session.Session:
    # One for all clients: what it has loaded of the service's model, the next one has not to.
    return boto3.session.Session()


def _parse_plainly(
    response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: object
) -> None:
    """Read a good answer with `json.loads` and leave botocore's parser nothing to walk.

    botocore walks each answer along the service's model in Python, more than half of what a Query
    costs. DynamoDB's JSON needs that for binary attributes alone, and the table has none. Errors
    stay botocore's to read.
    """
    if response_dict["status_code"] < 300:  # noqa: PLR2004 - HTTP's classes are what they are.
        customized_response_dict.update(json.loads(response_dict["body"] or b"{}"))
        response_dict["body"] = b"{}"
