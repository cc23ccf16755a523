"""The API on a loopback port, over a table on MiniStack, for tools outside of this process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from waitress.server import TcpWSGIServer, create_server

from leaderboard_app.deployment import Deployment, Stage
from leaderboard_app.domain.keys import Key, KeyId, Scope, Secret
from leaderboard_app.factory import create_app
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.settings import Settings
from tests.worlds import DUBLIN, OREGON


@dataclass(frozen=True)
class LiveApi:
    """A server that runs, and a key to it."""

    address: str
    store: DynamoStore
    secret: str

    @property
    def api(self) -> str:
        """Where the API is."""
        return f"{self.address}/api/v1"


@contextmanager
def serving(store: DynamoStore) -> Iterator[LiveApi]:
    """Serve an app over a store on a free loopback port."""
    stages = (Stage("oregon", OREGON), Stage("dublin", DUBLIN))
    settings = Settings(OREGON, Deployment("arcade", stages), "the same in every region")
    app = create_app(settings, store=store)
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    assert isinstance(server, TcpWSGIServer)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    secret = Secret.make(KeyId("00ff00ff00ff"), bytes(32))
    store.keys.add(Key.of(secret, "Game", [Scope.SUBMIT], datetime.now(UTC)))
    try:
        yield LiveApi(f"http://127.0.0.1:{server.effective_port}", store, secret.text)
    finally:
        server.close()
        thread.join(10)
