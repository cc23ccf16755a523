"""What DynamoDB says when it can't, in the words of the use cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import (
    ClientError,
    HTTPClientError,
)
from botocore.exceptions import (
    ConnectionError as NoConnection,
)

from leaderboard_app.usecases.ports import StoreUnavailable

CONDITION_FAILED = "ConditionalCheckFailedException"

THROTTLED = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TransactionConflictException",
    }
)
UNAVAILABLE = THROTTLED | {
    "InternalServerError",
    "LimitExceededException",
    "ReplicatedWriteConflictException",
    "ResourceNotFoundException",
    "ServiceUnavailable",
}
SERVER_ERROR = 500


@contextmanager
def reaching() -> Iterator[None]:
    """Turn "not now" into StoreUnavailable; everything else is raised as it came.

    A missing table counts as "not now": it is made by `python -m bootstrap apply`, and nothing
    that the reader sent is at fault.
    """
    try:
        yield
    except ClientError as cause:
        if not _is_passing(cause):
            raise
        raise StoreUnavailable(f"DynamoDB: {code_of(cause)}") from cause
    except (NoConnection, HTTPClientError) as cause:
        raise StoreUnavailable(f"DynamoDB: {cause}") from cause


def code_of(error: ClientError) -> str:
    """Return the error's code, as `ConditionalCheckFailedException`."""
    return error.response.get("Error", {}).get("Code", "")


def _is_passing(error: ClientError) -> bool:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return code_of(error) in UNAVAILABLE or status >= SERVER_ERROR
