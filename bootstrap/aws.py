"""Clients for operators' commands, and AWS's errors in one line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import boto3
from botocore import exceptions as boto
from botocore.config import Config

from bootstrap.exits import Denied, Problem, Unavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

PATIENCE = Config(
    connect_timeout=3, read_timeout=20, retries={"mode": "standard", "total_max_attempts": 3}
)
"""An operator can wait longer than a player; still, an address that is away is said in 20 s."""

_NO_CREDENTIALS = (
    boto.NoCredentialsError,
    boto.PartialCredentialsError,
    boto.CredentialRetrievalError,
    boto.ProfileNotFound,
    boto.SSOError,
    boto.TokenRetrievalError,
    boto.UnauthorizedSSOTokenError,
)
_AWAY = (boto.ConnectionError, boto.HTTPClientError)
_DENIED_CODES = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "OptInRequired",
        "SignatureDoesNotMatch",
        "SubscriptionRequiredException",
        "UnauthorizedOperation",
        "UnrecognizedClientException",
    }
)
_BUSY_CODES = frozenset(
    {
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ResourceInUseException",
        "ServiceUnavailable",
        "ThrottlingException",
        "TooManyUpdates",
    }
)
_SERVER_ERROR = 500


def dynamodb(regions: Sequence[str]) -> dict[str, DynamoDBClient]:
    """Return clients of DynamoDB by region, where the environment says it is.

    Raises:
        Problem: the environment names an address or a profile that can't be used.
    """
    with connecting():
        # One session reads botocore's description of DynamoDB once, which takes a while.
        session = boto3.session.Session()
        return {
            region: session.client("dynamodb", region_name=region, config=PATIENCE)
            for region in regions
        }


@contextmanager
def connecting() -> Iterator[None]:
    """Turn what boto3 says of an environment when a client is made into a Problem."""
    try:
        yield
    except ValueError as cause:
        raise Problem(f"AWS_ENDPOINT_URL: {cause}. Write it like http://127.0.0.1:4566.") from cause
    except _NO_CREDENTIALS as cause:
        raise _no_credentials(cause) from cause


@contextmanager
def explaining(doing: str) -> Iterator[None]:
    """Turn AWS's errors into a Problem of one line that says what was being done."""
    try:
        yield
    except _NO_CREDENTIALS as cause:
        raise _no_credentials(cause) from cause
    except _AWAY as cause:
        cure = "Check the network and AWS_ENDPOINT_URL, then run this again."
        raise Unavailable(f"{doing}: {_line(cause)}. {cure}") from cause
    except boto.ClientError as cause:
        raise _explained(doing, cause) from cause
    except boto.BotoCoreError as cause:
        raise Problem(f"{doing}: {_line(cause)}.") from cause


def _no_credentials(error: boto.BotoCoreError) -> Denied:
    cure = "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
    return Denied(f"{_line(error)}. {cure}")


def _explained(doing: str, error: boto.ClientError) -> Problem:
    code = error.response.get("Error", {}).get("Code", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    message = error.response.get("Error", {}).get("Message") or "no reason given"
    said = f"{doing}: {code}: {' '.join(message.split()).rstrip('.')}."
    if code in _DENIED_CODES:
        return Denied(f"{said} Check the credentials and their permissions.")
    if code in _BUSY_CODES or status >= _SERVER_ERROR:
        return Unavailable(f"{said} Run this again in a while.")
    return Problem(said)


def _line(error: boto.BotoCoreError) -> str:
    return " ".join(str(error).split()).rstrip(".")
