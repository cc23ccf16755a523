"""Stores of all regions for operators' commands, and their errors in one line each."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import boto3
from botocore.exceptions import ClientError, NoCredentialsError

from bootstrap import aws
from bootstrap.exits import Problem, Unavailable
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.decisions import Act
from leaderboard_app.gateway.errors import code_of
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.ports import StoreUnavailable

APPLY = "Run python -m bootstrap apply first"


class NoTable(Problem):
    """A region has no table."""


def stores(deployment: Deployment) -> dict[str, DynamoStore]:
    """Return the stores by region, where the environment says they are.

    Raises:
        Problem: the environment names an address or a profile that can't be used, or no
            credentials at all.
    """
    with aws.connecting():
        # Asked here, as the stores' session keeps what it once found for as long as it lives.
        if boto3.session.Session().get_credentials() is None:
            raise NoCredentialsError
        return {region: DynamoStore(region, deployment.table) for region in deployment.regions}


@contextmanager
def asking(doing: str) -> Iterator[None]:
    """Turn what a store or a client says when it can't into a Problem of one line.

    Raises:
        NoTable: there is no table.
        Unavailable: not now.
        Problem: something else.
    """
    try:
        with aws.explaining(doing):
            yield
    except StoreUnavailable as cause:
        raise _explained(doing, cause) from cause


def act(why: str) -> Act:
    """Return a decision of whoever runs the command, made now."""
    by = os.environ.get("LOGNAME") or os.environ.get("USER") or "operator"
    return Act(act_id=secrets.token_hex(8), by=by, why=why, at=datetime.now(UTC))


def _explained(doing: str, error: StoreUnavailable) -> Problem:
    cause = error.__cause__
    if isinstance(cause, ClientError) and code_of(cause) == "ResourceNotFoundException":
        return NoTable(f"{doing}: the table is not there. {APPLY}.")
    reason = " ".join(str(error).split()).rstrip(".")
    return Unavailable(
        f"{doing}: {reason}. Check the network and AWS_ENDPOINT_URL, then run this again."
    )
