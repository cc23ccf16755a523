"""Counts calls to DynamoDB exactly: which go out at once, and what they consume."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from leaderboard_app.gateway.store import DynamoStore

PATIENCE_SECONDS = 10


class Waves:
    """Lets calls pass only as the expected waves: each wave's calls wait for one another.

    Calls made one after the other instead of at once never fill their wave and fail; so does a
    call that no wave expects. No clock decides.
    """

    def __init__(self, *sizes: int) -> None:
        self._expected = iter([b for n in sizes for b in [threading.Barrier(n)] * n])
        self._missing = sum(sizes)
        self._lock = threading.Lock()

    def __call__(self, **_: object) -> None:
        with self._lock:
            barrier = next(self._expected, None)
            self._missing -= 1
        assert barrier is not None, "a call that was not expected"
        barrier.wait(PATIENCE_SECONDS)

    def assert_complete(self) -> None:
        assert self._missing == 0, f"{self._missing} expected calls were not made"


@contextmanager
def expecting(store: DynamoStore, *sizes: int) -> Iterator[None]:
    """Hold the store to waves of calls: `expecting(store, 2, 5)` is two, then five, no more."""
    waves = Waves(*sizes)
    clients = (store.client, store.hasty_client)
    for client in clients:
        client.meta.events.register("before-send.dynamodb", waves)
    try:
        yield
    finally:
        for client in clients:
            client.meta.events.unregister("before-send.dynamodb", waves)
    waves.assert_complete()


class Consumed(Counter[str]):
    """Capacity units by operation, `Query` and the like, as DynamoDB reports them."""

    def ask(self, params: dict[str, Any], **_: object) -> None:
        params["ReturnConsumedCapacity"] = "TOTAL"

    def add(self, parsed: dict[str, Any], model: Any, **_: object) -> None:  # noqa: ANN401
        reported = parsed.get("ConsumedCapacity", [])
        for one in reported if isinstance(reported, list) else [reported]:
            self[model.name] += one["CapacityUnits"]


@contextmanager
def consuming(store: DynamoStore) -> Iterator[Consumed]:
    """Add up what the store's calls consume."""
    consumed = Consumed()
    clients = (store.client, store.hasty_client)
    for client in clients:
        client.meta.events.register("provide-client-params.dynamodb", consumed.ask)
        client.meta.events.register("after-call.dynamodb", consumed.add)
    try:
        yield consumed
    finally:
        for client in clients:
            client.meta.events.unregister("provide-client-params.dynamodb", consumed.ask)
            client.meta.events.unregister("after-call.dynamodb", consumed.add)
