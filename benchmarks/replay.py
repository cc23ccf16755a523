"""Records DynamoDB's answers and gives them again, so that its own speed is in no time taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.httpsession import URLLib3Session

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class Replay:
    """Answers every request of its clients with what the endpoint answered to the first like it.

    All of botocore that a call goes through is still gone through, but for the socket.
    """

    def __init__(self) -> None:
        """Begin with no answer recorded."""
        self._recorded: dict[bytes, tuple[int, Any, bytes]] = {}
        self._session = URLLib3Session()

    def answer_for(self, client: DynamoDBClient) -> None:
        """Stand between a client and its endpoint."""
        client.meta.events.register_first("before-send.dynamodb", self._answer)

    def _answer(self, request: AWSPreparedRequest, **_: object) -> Any:  # noqa: ANN401 - as below.
        # The stubs know only hooks that answer nothing, and bodies of every kind.
        body = request.body
        assert isinstance(body, bytes)  # noqa: S101
        if body not in self._recorded:
            real = self._session.send(request)
            self._recorded[body] = real.status_code, real.headers, real.content
        status, headers, content = self._recorded[body]
        return AWSResponse(request.url, status, headers, _Raw(content))


class _Raw:
    """What botocore reads an answer's body from."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> Iterator[bytes]:
        yield self._content
