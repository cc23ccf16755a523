"""What stands in DynamoDB's place, and tables in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bootstrap.boards import BOARDS
from bootstrap.sandbox import environment
from bootstrap.sandbox.ministack import start
from bootstrap.table import shape
from leaderboard_app.deployment import Deployment
from leaderboard_app.gateway import items
from leaderboard_app.gateway.client import make_client

_numbers = count()


@dataclass(frozen=True, slots=True)
class Backend:
    """Something that answers like DynamoDB.

    Attributes:
        name: for people.
        endpoint: its address.
        pid: its process.
    """

    name: str
    endpoint: str
    pid: int


@contextmanager
def ministack() -> Iterator[Backend]:
    """Yield a MiniStack on a free loopback port, which ends with the block."""
    with TemporaryDirectory() as folder:
        started = start(Path(folder) / "state", Path(folder) / "ministack.log")
        try:
            with asked_at(started.endpoint):
                yield Backend("MiniStack", started.endpoint, started.part.process.pid)
        finally:
            started.part.stop()


@contextmanager
def asked_at(endpoint: str) -> Iterator[None]:
    """Let every client made in the block, here and in child processes, ask an endpoint, not AWS."""
    with environment.within(environment.local(os.environ, endpoint)):
        yield


@contextmanager
def table_on(backend: Backend) -> Iterator[Deployment]:
    """Yield a deployment whose table is there in the first region, with the boards and no more.

    It has no replica: DynamoDB copies to other regions after it has answered, MiniStack before.
    """
    deployment = Deployment(f"bench{next(_numbers)}", Deployment.read().stages)
    client = make_client(deployment.regions[0], backend.endpoint)
    request = shape.table(deployment.table)
    request["DeletionProtectionEnabled"] = False
    client.create_table(**request)
    for board in BOARDS:
        client.put_item(TableName=deployment.table, Item=items.board_item(board))
    try:
        yield deployment
    finally:
        client.delete_table(TableName=deployment.table)
