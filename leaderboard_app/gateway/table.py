"""The calls to one region's table, each translating what DynamoDB says when it can't."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from leaderboard_app.gateway.errors import CONDITION_FAILED, code_of, reaching
from leaderboard_app.usecases.ports import StoreUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from leaderboard_app.gateway.conditions import Condition
    from leaderboard_app.gateway.items import Item

MAX_GET_ROUNDS = 3
PASSING_REASONS = frozenset(
    {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}
)
"""Why a transaction may be cancelled that goes through a little later."""

GET_AT_ONCE = 100
"""Keys that one BatchGetItem takes."""


class Table:
    """One region's table, in DynamoDB's words; every method raises StoreUnavailable."""

    def __init__(self, client: DynamoDBClient, name: str) -> None:
        """Use a client for the table of a name."""
        self._client = client
        self.name = name

    def query(self, **query: Any) -> Mapping[str, Any]:  # noqa: ANN401 - boto3's words.
        """Return the answer to one Query."""
        with reaching():
            return self._client.query(TableName=self.name, **query)

    def query_all(self, **query: Any) -> Iterator[Item]:  # noqa: ANN401 - boto3's words.
        """Yield the items of a Query to its end: one call for each megabyte."""
        while True:
            answer = self.query(**query)
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def query_partition(self, partition: str) -> Iterator[Item]:
        """Yield all items of a partition."""
        return self.query_all(
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": partition}},
        )

    def get(self, partition: str, sort: str) -> Item | None:
        """Return an item; None where there is none."""
        key = {"pk": {"S": partition}, "sk": {"S": sort}}
        with reaching():
            return self._client.get_item(TableName=self.name, Key=key).get("Item")

    def get_many(self, partition: str, sorts: Sequence[str]) -> list[Item]:
        """Return those of a partition's items that there are, as of the last local write."""
        return self.get_keys([(partition, sort) for sort in sorts])

    def get_keys(self, found_by: Sequence[tuple[str, str]]) -> list[Item]:
        """Return the items of up to a hundred keys, in any order, as of the last local write."""
        keys = [{"pk": {"S": partition}, "sk": {"S": sort}} for partition, sort in found_by]
        asked: dict[str, Any] = {self.name: {"Keys": keys, "ConsistentRead": True}}
        found: list[Item] = []
        for _ in range(MAX_GET_ROUNDS):
            with reaching():
                answer = self._client.batch_get_item(RequestItems=asked)
            found += answer["Responses"].get(self.name, [])
            asked = answer.get("UnprocessedKeys") or {}
            if not asked:
                return found
        raise StoreUnavailable("DynamoDB: keys left unprocessed")

    def transact(self, actions: Sequence[Any]) -> bool:
        """Do all of the actions and say so; do none where a condition does not hold.

        Replicas in other regions may see them one by one.
        """
        with reaching():
            try:
                self._client.transact_write_items(TransactItems=actions)
            except self._client.exceptions.TransactionCanceledException as cause:
                reasons = {reason.get("Code") for reason in cause.response["CancellationReasons"]}
                if "ConditionalCheckFailed" in reasons:
                    return False
                if reasons & PASSING_REASONS:
                    told = ", ".join(sorted(str(reason) for reason in reasons))
                    raise StoreUnavailable(f"DynamoDB: transaction: {told}") from cause
                raise
        return True

    def put_action(self, item: Item, condition: Condition | None = None) -> dict[str, Any]:
        """Return the action that stores an item in a transaction."""
        return {"Put": {"TableName": self.name, "Item": item, **(condition or {})}}

    def delete(self, partition: str, sort: str) -> None:
        """Remove an item, where there is one."""
        key = {"pk": {"S": partition}, "sk": {"S": sort}}
        with reaching():
            self._client.delete_item(TableName=self.name, Key=key)

    def update(self, partition: str, sort: str, **update: Any) -> Mapping[str, Any]:  # noqa: ANN401
        """Return the answer to one UpdateItem."""
        key = {"pk": {"S": partition}, "sk": {"S": sort}}
        with reaching():
            return self._client.update_item(TableName=self.name, Key=key, **update)

    def put(self, item: Item, condition: Condition) -> bool:
        """Store an item and say so; False where the condition does not hold."""
        with reaching():
            try:
                self._client.put_item(TableName=self.name, Item=item, **condition)
            except ClientError as cause:
                if code_of(cause) == CONDITION_FAILED:
                    return False
                raise
        return True
