"""A DynamoDB client with bounded patience, and shortcuts past botocore's walks along its model."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
import botocore
from botocore.config import Config
from botocore.model import OperationModel

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MAX_CONNECTIONS = 128
"""Threads are started and connections opened as they are wanted: a batch of a hundred submissions
may want six hundred calls at once."""

PATIENCE = Config(
    connect_timeout=1,
    read_timeout=1,
    retries={"mode": "standard", "total_max_attempts": 3},
    max_pool_connections=MAX_CONNECTIONS,
    tcp_keepalive=True,
)
"""Three tries of two seconds each and at most three seconds between them: a call that is not
answered has failed within 9 s, where botocore's own settings would wait for minutes."""

HEALTH_PATIENCE = Config(
    connect_timeout=0.4, read_timeout=0.5, retries={"mode": "standard", "total_max_attempts": 1}
)
"""A health check wants the answer within a second, not a good one later; so does a page, of what it
can do without."""

WALK_PATIENCE = PATIENCE.merge(Config(connect_timeout=2, read_timeout=10))
"""Nobody waits for a walk, and it asks for a megabyte at a time."""

_LEAN = Config(
    # Put together anew for every call, botocore's own account of the machine is a fifth of a Query.
    user_agent=f"global-leaderboard botocore/{botocore.__version__}",
    # What is sent was built by `items` and `rankings`, and mypy has checked it.
    parameter_validation=False,
)

_PLAIN_CALLS = ("GetItem", "PutItem", "Query", "TransactWriteItems")
"""The calls whose requests are written plainly: not those with `RequestItems`, which botocore looks
into for an endpoint."""

_ASIDE = "leaderboard_parameters"


def make_client(
    region: str, endpoint: str | None = None, config: Config = PATIENCE
) -> DynamoDBClient:
    """Return a client of one region's DynamoDB.

    Args:
        region: for example `us-west-2`.
        endpoint: an address other than AWS's own; None for that, or what the environment says.
        config: how patient it is.
    """
    client: DynamoDBClient = session().client(
        "dynamodb", region_name=region, endpoint_url=endpoint, config=config.merge(_LEAN)
    )
    events = client.meta.events
    # Under the shortest name, which comes last: after botocore has added a transaction's token.
    events.register_last("before-parameter-build", _set_aside)
    for call in _PLAIN_CALLS:
        events.register_first(f"before-call.dynamodb.{call}", _write_plainly)
    events.register_first("before-parse.dynamodb", _parse_plainly)
    return client


@cache
def session() -> boto3.session.Session:
    """Return the process's one session: what a client had it load, the next need not."""
    return boto3.session.Session()


def _set_aside(
    params: dict[str, Any], model: OperationModel, context: dict[str, Any], **_: object
) -> None:
    """Take a call's parameters out of botocore's sight until its request is made."""
    if model.name in _PLAIN_CALLS:
        context[_ASIDE] = dict(params)
        params.clear()


def _write_plainly(params: dict[str, Any], context: dict[str, Any], **_: object) -> None:
    """Write a request with `json.dumps`.

    botocore walks the parameters along the service's model, in Python: 10 ms for a transaction of a
    hundred items that have the shape of the wire already. Binary attributes alone would need that,
    and the table has none.
    """
    # To look for circles takes a quarter of the time, and items have none.
    body = json.dumps(context.pop(_ASIDE), check_circular=False, separators=(",", ":"))
    params["body"] = body.encode()


def _parse_plainly(
    response_dict: dict[str, Any], customized_response_dict: dict[str, Any], **_: object
) -> None:
    """Read a good answer with `json.loads` and leave botocore's parser nothing to walk.

    botocore walks each answer along the service's model in Python, more than half of what a Query
    costs; again for binary attributes alone. Errors stay botocore's to read.
    """
    if response_dict["status_code"] < 300:  # noqa: PLR2004 - HTTP's classes are what they are.
        customized_response_dict.update(json.loads(response_dict["body"] or b"{}"))
        response_dict["body"] = b"{}"
