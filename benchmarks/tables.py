"""Tables in memory that answer as much of DynamoDB as an import asks for."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

MAX_ACTIONS = 100
IF_NEW = "attribute_not_exists(pk)"
IF_IT_RISES = "attribute_not_exists(pk) OR standing <= :standing"

Item = dict[str, Any]
Answer = tuple[int, bytes]


class Invalid(Exception):
    """The request is none that DynamoDB or this stand-in takes."""


class Tables:
    """Tables of items, made when they are first written to."""

    def __init__(self) -> None:
        """Begin empty."""
        self._tables: dict[str, dict[tuple[str, str], Item]] = defaultdict(dict)

    def answer(self, operation: str, request: dict[str, Any]) -> Answer:
        """Return status and body of the answer to one call."""
        known = {
            "BatchWriteItem": self._batch_write,
            "CreateTable": self._nothing_to_do,
            "DeleteItem": self._delete_item,
            "DeleteTable": self._delete_table,
            "GetItem": self._get_item,
            "PutItem": self._put_item,
            "Query": self._query,
            "Scan": self._scan,
            "TransactWriteItems": self._transact,
        }
        try:
            return known.get(operation, _refuse)(request)
        except Invalid as reason:
            return _error("ValidationException", Message=str(reason))

    def _nothing_to_do(self, _: dict[str, Any]) -> Answer:
        return 200, b"{}"

    def _delete_table(self, request: dict[str, Any]) -> Answer:
        self._tables.pop(request["TableName"], None)
        return 200, b"{}"

    def _get_item(self, request: dict[str, Any]) -> Answer:
        item = self._tables[request["TableName"]].get(_key(request["Key"]))
        return 200, json.dumps({"Item": item} if item else {}).encode()

    def _delete_item(self, request: dict[str, Any]) -> Answer:
        if "ConditionExpression" in request:
            raise Invalid("a condition that is not known here")
        self._tables[request["TableName"]].pop(_key(request["Key"]), None)
        return 200, b"{}"

    def _put_item(self, put: dict[str, Any]) -> Answer:
        if not self._is_allowed(put):
            return _error("ConditionalCheckFailedException")
        self._put(put)
        return 200, b"{}"

    def _batch_write(self, request: dict[str, Any]) -> Answer:
        for table, writes in request["RequestItems"].items():
            for write in writes:
                self._put({"TableName": table, "Item": write["PutRequest"]["Item"]})
        return 200, b'{"UnprocessedItems": {}}'

    def _transact(self, request: dict[str, Any]) -> Answer:
        puts = [action["Put"] for action in request["TransactItems"]]
        keys = {(put["TableName"], _key(put["Item"])) for put in puts}
        if len(keys) != len(puts) or len(puts) > MAX_ACTIONS:
            raise Invalid("a transaction takes 100 actions, each on another item")
        allowed = [self._is_allowed(put) for put in puts]
        if not all(allowed):
            codes = ("None" if passes else "ConditionalCheckFailed" for passes in allowed)
            reasons = [{"Code": code} for code in codes]
            return _error("TransactionCanceledException", CancellationReasons=reasons)
        for put in puts:
            self._put(put)
        return 200, b"{}"

    def _query(self, request: dict[str, Any]) -> Answer:
        if request["KeyConditionExpression"] != "pk = :pk":
            raise Invalid("only a whole partition can be asked for here")
        wanted = request["ExpressionAttributeValues"][":pk"]["S"]
        items = self._tables[request["TableName"]].items()
        return _listed([item for (partition, _), item in sorted(items) if partition == wanted])

    def _scan(self, request: dict[str, Any]) -> Answer:
        return _listed(list(self._tables[request["TableName"]].values()))

    def _is_allowed(self, put: dict[str, Any]) -> bool:
        there = self._tables[put["TableName"]].get(_key(put["Item"]))
        condition = put.get("ConditionExpression")
        if condition not in {None, IF_NEW, IF_IT_RISES}:
            raise Invalid(f"a condition not known here: {condition}")
        if there is None or condition is None:
            return True
        if condition == IF_NEW:
            return False
        standing = put["ExpressionAttributeValues"][":standing"]["N"]
        return int(there["standing"]["N"]) <= int(standing)

    def _put(self, put: dict[str, Any]) -> None:
        self._tables[put["TableName"]][_key(put["Item"])] = put["Item"]


def _refuse(_: dict[str, Any]) -> Answer:
    raise Invalid("a call that is not known here")


def _key(item: Item) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]


def _listed(items: list[Item]) -> Answer:
    return 200, json.dumps({"Items": items, "Count": len(items)}).encode()


def _error(code: str, **more: object) -> Answer:
    kind = f"com.amazonaws.dynamodb.v20120810#{code}"
    return 400, json.dumps({"__type": kind, **more}).encode()
