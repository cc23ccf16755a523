"""A double of a DynamoDB global table: it moves items between the real tables of isolated regions.

The gateway talks to one table a region, none of which knows of the others. The
double watches each region's writes and carries what they changed to the other regions: after any
delay, in any order, once or twice, or, while regions are parted, not at all. Where two regions
wrote one item, the later write wins whole, by clocks that may be wrong. A write that changes
nothing is not carried, and TTL deletes are carried like any other, as DynamoDB does.
See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables_HowItWorks.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import EndpointConnectionError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Key = tuple[str, str]
Item = dict[str, Any]
Stamp = tuple[int, str]
"""When an item was written, by the writing region's clock, and where; the larger wins."""


@dataclass(frozen=True)
class Change:
    """What one write made of an item, on its way to one region; None for a deletion."""

    key: Key
    item: Item | None
    stamp: Stamp
    origin: str
    target: str


@dataclass
class Replica:
    """One region's table, as the double knows it: what it shows, and the latest write by time."""

    client: DynamoDBClient
    items: dict[Key, Item] = field(default_factory=dict)
    stamps: dict[Key, Stamp] = field(default_factory=dict)
    agreed: dict[Key, Item | None] = field(default_factory=dict)


Watcher = Callable[[str, Key, Item | None, Item | None], None]
"""Told of each write: region, key, the item before and after."""


class GlobalTable:
    """Carries changes between replicas.

    Args:
        name: the table's name in every region.
        clients: each region's client, through which the app writes.
        raw: each region's client for the double itself.
        clock: returns a region's idea of the time in milliseconds, skewed as may be.
    """

    def __init__(
        self,
        name: str,
        clients: Mapping[str, DynamoDBClient],
        raw: Mapping[str, DynamoDBClient],
        clock: Callable[[str], int],
    ) -> None:
        self.name = name
        self.replicas = {region: Replica(raw[region]) for region in clients}
        self.on_the_way: list[Change] = []
        self.parted: set[frozenset[str]] = set()
        self.watchers: list[Watcher] = []
        self.touched: set[str] = set()
        self._clients = clients
        self._clock = clock
        self._writes_left: int | None = None
        self._hooks = {region: Hook(self, region) for region in clients}

    def open(self) -> None:
        """Begin to watch the clients."""
        for region, client in self._clients.items():
            self._hooks[region].watch(client)

    def close(self) -> None:
        """Watch no longer."""
        for region, client in self._clients.items():
            self._hooks[region].ignore(client)

    @contextmanager
    def watching(self, region: str, client: DynamoDBClient) -> Iterator[None]:
        """Watch another client of a region for a while."""
        self._hooks[region].watch(client)
        try:
            yield
        finally:
            self._hooks[region].ignore(client)

    @contextmanager
    def crashing_after(self, writes: int | None) -> Iterator[None]:
        """Let that many writes through and fail all that follow; None lets all through."""
        self._writes_left = writes
        try:
            yield
        finally:
            self._writes_left = None

    def part(self, one: str, other: str) -> None:
        """Carry nothing between two regions until they are healed."""
        self.parted.add(frozenset({one, other}))

    def heal(self) -> None:
        """Let all regions reach each other again."""
        self.parted.clear()

    def deliver(self, position: int, *, again: bool = False) -> None:
        """Carry one change to its region, if it is in reach; `again` leaves a copy on the way."""
        reachable = [c for c in self.on_the_way if not self._is_parted(c)]
        if not reachable:
            return
        change = reachable[position % len(reachable)]
        if not again:
            self.on_the_way.remove(change)
        self._apply(change)

    def deliver_all(self) -> None:
        """Carry all that can be carried."""
        carried = [change for change in self.on_the_way if not self._is_parted(change)]
        self.on_the_way = [change for change in self.on_the_way if self._is_parted(change)]
        for change in carried:
            self._apply(change)

    def expire(self, region: str, now_seconds: float) -> None:
        """Delete what has expired in a region, as DynamoDB does when it gets round to it."""
        for key, item in list(self.replicas[region].items.items()):
            if "expires_at" in item and int(item["expires_at"]["N"]) <= now_seconds:
                self._delete(region, key)
                self.wrote(region, key, None)

    def wrote(self, region: str, key: Key, item: Item | None) -> None:
        """Note that a region's item was changed to this, and send it on its way."""
        replica = self.replicas[region]
        before = replica.items.get(key)
        if before == item:
            return
        for watcher in self.watchers:
            watcher(region, key, before, item)
        stamp = self._clock(region), region
        if stamp < replica.stamps.get(key, stamp):
            self._take_back(region, key, item)
            return
        self._note(replica, key, item, stamp)
        self.on_the_way += (
            Change(key, item, stamp, region, target) for target in self.replicas if target != region
        )

    def may_write(self) -> bool:
        """Say whether the next write of a crashing request still goes through."""
        if self._writes_left is None:
            return True
        self._writes_left -= 1
        return self._writes_left >= 0

    def _take_back(self, region: str, key: Key, item: Item | None) -> None:
        """Let a write by a clock that is behind what it overwrites show here for a while.

        The regions agree on the latest write by its time, which this is not: sooner or later the
        write is undone where it was made, and no other region ever sees it.
        """
        replica = self.replicas[region]
        agreed = replica.agreed[key]
        self.on_the_way.append(Change(key, agreed, replica.stamps[key], region, region))
        if item is None:
            replica.items.pop(key, None)
        else:
            replica.items[key] = item

    def _is_parted(self, change: Change) -> bool:
        return frozenset({change.origin, change.target}) in self.parted

    def _apply(self, change: Change) -> None:
        replica = self.replicas[change.target]
        if replica.stamps.get(change.key, (-1, "")) > change.stamp:
            return
        if change.item is None:
            self._delete(change.target, change.key)
        else:
            replica.client.put_item(TableName=self.name, Item=change.item)
        self._note(replica, change.key, change.item, change.stamp)

    def _delete(self, region: str, key: Key) -> None:
        partition, sort = key
        item_key = {"pk": {"S": partition}, "sk": {"S": sort}}
        self.replicas[region].client.delete_item(TableName=self.name, Key=item_key)

    @staticmethod
    def _note(replica: Replica, key: Key, item: Item | None, stamp: Stamp) -> None:
        # A deletion keeps its stamp: an older write that arrives late must not bring it back.
        replica.stamps[key] = stamp
        replica.agreed[key] = item
        if item is None:
            replica.items.pop(key, None)
        else:
            replica.items[key] = item


class Hook:
    """Sees the calls of one region's client."""

    WRITES = frozenset({"PutItem", "DeleteItem", "TransactWriteItems"})

    def __init__(self, table: GlobalTable, region: str) -> None:
        self._table = table
        self._region = region

    def watch(self, client: DynamoDBClient) -> None:
        client.meta.events.register("provide-client-params.dynamodb", self.remember)
        client.meta.events.register("before-send.dynamodb", self.crash_or_send)
        client.meta.events.register("after-call.dynamodb", self.carry)

    def ignore(self, client: DynamoDBClient) -> None:
        client.meta.events.unregister("provide-client-params.dynamodb", self.remember)
        client.meta.events.unregister("before-send.dynamodb", self.crash_or_send)
        client.meta.events.unregister("after-call.dynamodb", self.carry)

    def remember(
        self,
        params: dict[str, Any],
        model: Any,  # noqa: ANN401 - botocore's, without stubs.
        context: dict[str, Any],
        **_: object,
    ) -> None:
        self._table.touched.add(self._region)
        context["changes"] = list(_changes(model.name, params))

    def crash_or_send(self, event_name: str, **_: object) -> None:
        if event_name.rsplit(".", 1)[1] in self.WRITES and not self._table.may_write():
            raise EndpointConnectionError(endpoint_url="http://crashed")

    def carry(self, http_response: Any, context: dict[str, Any], **_: object) -> None:  # noqa: ANN401
        if http_response.status_code == 200:
            for key, item in context["changes"]:
                self._table.wrote(self._region, key, item)


def _changes(operation: str, params: Mapping[str, Any]) -> Iterator[tuple[Key, Item | None]]:
    """Yield what a call would change: each item's key and what it becomes."""
    if operation == "PutItem":
        yield _key(params["Item"]), params["Item"]
    elif operation == "DeleteItem":
        yield _key(params["Key"]), None
    elif operation == "TransactWriteItems":
        for action in params["TransactItems"]:
            if "Put" in action:
                yield _key(action["Put"]["Item"]), action["Put"]["Item"]
            if "Delete" in action:
                yield _key(action["Delete"]["Key"]), None


def _key(item: Mapping[str, Any]) -> Key:
    return item["pk"]["S"], item["sk"]["S"]
