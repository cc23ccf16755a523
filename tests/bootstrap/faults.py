"""Faults of DynamoDB, put in between a client and whoever it talks to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Refusals:
    """Answers of a client's operation with an error, before anything is sent.

    Attributes:
        left: how many more calls are answered so; the others pass.
    """

    def __init__(self, client: DynamoDBClient, operation: str, code: str, times: int = 99) -> None:
        """Refuse an operation, as `UpdateTable`, that many times."""
        self.left = times
        self._code = code
        event, answer = f"before-send.dynamodb.{operation}", self._answer
        client.meta.events.register_first(event, answer)  # type: ignore[arg-type] # may answer

    def _answer(self, request: AWSPreparedRequest, **_: object) -> AWSResponse | None:
        if not self.left:
            return None
        self.left -= 1
        said = {"__type": f"com.amazonaws.dynamodb.v20120810#{self._code}", "message": "said no"}
        headers: Any = HeadersDict()
        return AWSResponse(request.url, 400, headers, _Raw(json.dumps(said).encode()))


class Shown:
    """Makes a client's DescribeTable show the table otherwise than it is, a few times.

    MiniStack is done with every change at once; AWS takes its time, and this is how that looks.
    """

    def __init__(self, client: DynamoDBClient, times: int, **changes: object) -> None:
        """Put the changes over the table's description that many times."""
        self.left = times
        self._changes = changes
        client.meta.events.register("after-call.dynamodb.DescribeTable", self._change)

    def _change(self, parsed: dict[str, Any], **_: object) -> None:
        if self.left and "Table" in parsed:
            self.left -= 1
            parsed["Table"].update(self._changes)


class _Raw:
    """A body as botocore wants to read it."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self._body
