"""API keys in the table: each in an item of its own, and its revocation in another beside it.

Keys are written by operators, through whatever region can be reached. Of two writes of one item a
global table keeps the later one whole: were a revocation an attribute of the key, a rotation that
crosses it would undo it. As an item that nothing ever takes back, it stays.
"""

from __future__ import annotations

from collections.abc import Iterable

from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.keys import Former, Key, KeyId, Scope
from leaderboard_app.gateway import conditions, items, schema, wire
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.table import Table


class DynamoKeyRing:
    """One region's replica of the keys; see `usecases.ports.KeyRing`."""

    def __init__(self, table: Table) -> None:
        """Use a table."""
        self._table = table

    def find(self, key_id: KeyId) -> Key | None:
        """Return a key: one Query, for it and its revocation."""
        found = self._table.query_all(
            KeyConditionExpression="pk = :pk AND begins_with(sk, :key)",
            ExpressionAttributeValues={
                ":pk": {"S": schema.KEYS},
                ":key": {"S": key_id.value},
            },
            ConsistentRead=True,
        )
        return next(iter(_keys(found)), None)

    def all(self) -> tuple[Key, ...]:
        """Return all keys: one Query."""
        return _keys(self._table.query_partition(schema.KEYS))

    def add(self, key: Key) -> bool:
        """Store a new key: one PutItem."""
        return self._table.put(_item(key), conditions.if_new())

    def replace(self, key: Key, instead_of: Key) -> bool:
        """Store a rotated key: one PutItem."""
        return self._table.put(_item(key), conditions.if_digest_is(instead_of.digest))

    def revoke(self, key_id: KeyId, act: Act) -> bool:
        """Revoke a key: one PutItem."""
        item = {"pk": {"S": schema.KEYS}, "sk": {"S": schema.revocation(key_id)}}
        return self._table.put(item | items.act_attributes(act), conditions.if_new())


def _item(key: Key) -> Item:
    item: Item = {
        "pk": {"S": schema.KEYS},
        "sk": {"S": key.key_id.value},
        "label": {"S": key.label},
        "scopes": {"SS": sorted(key.scopes)},
        "digest": {"S": key.digest},
        "created_at": wire.moment(key.created_at),
    }
    if key.former:
        item["former_digest"] = {"S": key.former.digest}
        item["former_until"] = wire.moment(key.former.until)
    return item


def _keys(found: Iterable[Item]) -> tuple[Key, ...]:
    """Return the keys that items give, by key id; a revocation before its key is no key."""
    by_sort = {item["sk"]["S"]: item for item in found}
    return tuple(
        _key(item, by_sort.get(schema.revocation(KeyId(sort))))
        for sort, item in by_sort.items()
        if not schema.is_revocation(sort)
    )


def _key(item: Item, revocation: Item | None) -> Key:
    return Key(
        key_id=KeyId(item["sk"]["S"]),
        label=item["label"]["S"],
        scopes=frozenset(map(Scope, item["scopes"]["SS"])),
        digest=item["digest"]["S"],
        created_at=wire.moment_of(item["created_at"]),
        former=_former(item),
        revoked_at=wire.moment_of(revocation["at"]) if revocation else None,
    )


def _former(item: Item) -> Former | None:
    if "former_digest" not in item:
        return None
    return Former(item["former_digest"]["S"], wire.moment_of(item["former_until"]))
