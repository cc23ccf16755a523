"""The client's shortcuts change how long a call takes, and nothing that is sent or read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders

from leaderboard_app.gateway.client import make_client
from tests.worlds import OREGON

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

NOWHERE = "http://127.0.0.1:9"
ITEM: Any = {"pk": {"S": "player#zoë"}, "sk": {"S": "a"}, "kinds": {"L": [{"S": "day"}]}}
KEY: Any = {"pk": {"S": "player#zoë"}, "sk": {"S": "a"}}
QUERY: Any = {
    "TableName": "t-leaderboard",
    "KeyConditionExpression": "pk = :pk",
    "ExpressionAttributeValues": {":pk": {"S": "player#zoë"}},
    "ScanIndexForward": False,
    "Limit": 26,
}
TOKEN = "one-for-both-clients"

CALLS: list[Callable[[DynamoDBClient], object]] = [
    lambda client: client.query(**QUERY),
    lambda client: client.get_item(TableName="t-leaderboard", Key=KEY),
    lambda client: client.put_item(
        TableName="t-leaderboard", Item=ITEM, ConditionExpression="attribute_not_exists(pk)"
    ),
    lambda client: client.transact_write_items(
        TransactItems=[{"Put": {"TableName": "t-leaderboard", "Item": ITEM}}],
        ClientRequestToken=TOKEN,
    ),
    lambda client: client.batch_get_item(RequestItems={"t-leaderboard": {"Keys": [KEY]}}),
    lambda client: client.delete_item(TableName="t-leaderboard", Key=KEY),
    lambda client: client.describe_table(TableName="t-leaderboard"),
]


class Nobody:
    """Notes what a client sends and answers it."""

    def __init__(self, client: DynamoDBClient, body: bytes = b"{}") -> None:
        self.sent: list[AWSPreparedRequest] = []
        self._body = body
        client.meta.events.register_first("before-send.dynamodb", self)

    def __call__(self, request: AWSPreparedRequest, **_: object) -> Any:  # noqa: ANN401
        self.sent.append(request)
        return AWSResponse(NOWHERE, 200, HTTPHeaders(), self)

    def stream(self) -> Iterator[bytes]:
        yield self._body


def clients() -> tuple[DynamoDBClient, DynamoDBClient]:
    """Return ours and boto3's own."""
    return make_client(OREGON, NOWHERE), boto3.client("dynamodb", OREGON, endpoint_url=NOWHERE)


@pytest.mark.parametrize("call", CALLS)
def test_what_is_sent_is_what_botocore_would_send(
    call: Callable[[DynamoDBClient], object],
) -> None:
    ours, theirs = clients()
    noted = [Nobody(ours), Nobody(theirs)]
    call(ours)
    call(theirs)
    (mine,), (other,) = (nobody.sent for nobody in noted)
    assert mine.url == other.url
    assert json.loads(_body(mine)) == json.loads(_body(other))
    for header in ("X-Amz-Target", "Content-Type"):
        assert mine.headers[header] == other.headers[header]
    assert int(mine.headers["Content-Length"]) == len(_body(mine))


def test_a_transaction_keeps_its_token() -> None:
    """Botocore gives one to every transaction, so that one sent twice is done once."""
    ours, _ = clients()
    nobody = Nobody(ours)
    ours.transact_write_items(TransactItems=[{"Put": {"TableName": "t", "Item": ITEM}}])
    assert len(json.loads(_body(nobody.sent[0]))["ClientRequestToken"]) == 36


def test_what_is_answered_reads_as_botocore_reads_it() -> None:
    answer = {"Items": [ITEM], "Count": 1, "ScannedCount": 1, "LastEvaluatedKey": KEY}
    found = []
    for client in clients():
        Nobody(client, json.dumps(answer).encode())
        found.append(client.query(**QUERY))
    assert [{**each, "ResponseMetadata": None} for each in found] == [
        {**answer, "ResponseMetadata": None}
    ] * 2


def _body(request: AWSPreparedRequest) -> bytes:
    assert isinstance(request.body, bytes)
    return request.body
