"""MiniStack's DynamoDB within this process: it answers a client's calls, with no server between.

The gateway, boto3 and their hooks are as they always are; a call costs a fifth of what it does on
moto. Each region's tables are alone: to carry what is written is the double's part.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict
from ministack.core.responses import set_request_region
from ministack.services import dynamodb

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def answer(client: DynamoDBClient) -> None:
    """Answer a client's calls that no other hook kept from being sent."""
    region = client.meta.region_name

    def ask(request: AWSPreparedRequest, **_: object) -> AWSResponse:
        set_request_region(region)
        status, said, body = _asked(request)
        headers: Any = HeadersDict(said)
        return AWSResponse(request.url, status, headers, _Raw(body))

    client.meta.events.register_last("before-send.dynamodb", ask)  # type: ignore[arg-type] # may answer


def _asked(request: AWSPreparedRequest) -> tuple[int, dict[str, str], bytes]:
    """Return what MiniStack says to a request: status, headers, body."""
    target: Any = request.headers["X-Amz-Target"]
    headers = {"x-amz-target": target.decode()}
    asking = dynamodb.handle_request("POST", "/", headers, request.body, {})
    try:
        asking.send(None)
    except StopIteration as done:
        said: tuple[int, dict[str, str], bytes] = done.value
        return said
    raise AssertionError("MiniStack's DynamoDB waits for something, and no loop runs here.")


class _Raw(BytesIO):
    """A body as botocore wants to read it."""

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()
