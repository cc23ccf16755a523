"""The stand-in answers an import as MiniStack does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from benchmarks.backends import Backend, table_on
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.records import EntryWrite
from leaderboard_app.gateway import conditions, items
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.client import make_client
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.ports import Loaded
from tests.worlds import BOARD, NOW, OREGON, submission

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def put(score: int) -> dict[str, Any]:
    """Return a put of an entry that must only rise."""
    entry = Entry.of(submission(score), BOARD, ALL_TIME)
    return {"Item": items.entry_item(entry, BOARD), **conditions.if_it_rises(EntryWrite(entry))}


def scores(client: DynamoDBClient, table: str) -> list[int]:
    """Return the scores of the entries there are."""
    stored = client.scan(TableName=table)["Items"]
    return sorted(int(item["score"]["N"]) for item in stored if "standing" in item)


def test_a_put_rises_and_never_falls(backend: Backend) -> None:
    with table_on(backend) as deployment:
        table, client = deployment.table, make_client(OREGON)
        client.put_item(TableName=table, **put(20))
        client.put_item(TableName=table, **put(30))
        with pytest.raises(client.exceptions.ConditionalCheckFailedException):
            client.put_item(TableName=table, **put(10))
        assert scores(client, table) == [30]


def test_of_a_transaction_all_is_done_or_nothing(backend: Backend) -> None:
    one = submission(5, "bob")
    new = {"Item": items.submission_item(one, NOW), **conditions.if_new()}
    with table_on(backend) as deployment:
        table, client = deployment.table, make_client(OREGON)
        client.put_item(TableName=table, **put(30))
        actions: list[Any] = [{"Put": {"TableName": table, **each}} for each in (new, put(10))]
        with pytest.raises(client.exceptions.TransactionCanceledException) as cancelled:
            client.transact_write_items(TransactItems=actions)
        reasons = cancelled.value.response["CancellationReasons"]
        assert [reason["Code"] for reason in reasons] == ["None", "ConditionalCheckFailed"]
        before = len(client.scan(TableName=table)["Items"])
        client.transact_write_items(TransactItems=actions[:1])
        assert len(client.scan(TableName=table)["Items"]) == before + 1


def test_a_transaction_on_one_item_twice_is_refused(backend: Backend) -> None:
    with table_on(backend) as deployment:
        client = make_client(OREGON)
        twice: Any = [{"Put": {"TableName": deployment.table, **put(30)}}] * 2
        with pytest.raises(ClientError, match="ValidationException"):
            client.transact_write_items(TransactItems=twice)


def test_what_the_loader_stores_is_there(backend: Backend) -> None:
    many = [submission(number, f"p{number}", writer="import") for number in range(60)]
    with table_on(backend) as deployment:
        loader = BulkLoader(OREGON, deployment.table)
        assert sum(loader.load(BOARD, many, NOW), Loaded()) == Loaded(stored=60)
        assert sum(loader.load(BOARD, many, NOW), Loaded()) == Loaded(present=60)
        assert len(DynamoStore(OREGON, deployment.table).boards()) == 1
        assert scores(make_client(OREGON), deployment.table) == sorted([*range(60)] * 4)


def test_what_the_stand_in_does_not_know_is_refused(stand_in: Backend) -> None:
    with table_on(stand_in) as deployment:
        client = make_client(OREGON)
        with pytest.raises(ClientError, match="not known here"):
            client.put_item(
                TableName=deployment.table,
                Item=put(1)["Item"],
                ConditionExpression="attribute_exists(pk)",
            )
        with pytest.raises(ClientError, match="not known here"):
            client.describe_table(TableName=deployment.table)
