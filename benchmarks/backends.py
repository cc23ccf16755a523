"""What stands in DynamoDB's place, and tables in it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from botocore.exceptions import EndpointConnectionError

from bootstrap.boards import BOARDS
from bootstrap.sandbox import environment
from bootstrap.sandbox.loopback import address_of, free_port
from bootstrap.sandbox.ministack import start
from bootstrap.table import shape
from leaderboard_app.deployment import Deployment
from leaderboard_app.gateway import items
from leaderboard_app.gateway.client import make_client

START_SECONDS = 20

_numbers = count()


@dataclass(frozen=True, slots=True)
class Backend:
    """Something that answers like DynamoDB.

    Attributes:
        name: for people.
        endpoint: its address.
        pid: its process.
        units_are_true: whether it reports the read units of a count as DynamoDB does.
    """

    name: str
    endpoint: str
    pid: int
    units_are_true: bool = False


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
def dynamodb_local(folder: Path) -> Iterator[Backend]:
    """Yield Amazon's DynamoDB Local, in memory, by Java, from the folder that its jar lies in.

    Its licence forbids passing it on, so it is none of ours: docs/benchmarks.md says how to get it.
    """
    port, jar = free_port(), folder.resolve() / "DynamoDBLocal.jar"
    libraries = f"-Djava.library.path={jar.parent / 'DynamoDBLocal_lib'}"
    command = ["java", libraries, "-jar", str(jar), "-inMemory", "-port", str(port)]
    # It leaves a file of its own in the folder that it runs in.
    with TemporaryDirectory() as here:
        process = subprocess.Popen(command, cwd=here, stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            with asked_at(address_of(port)):
                _wait_for(address_of(port))
                yield Backend("DynamoDB Local", address_of(port), process.pid, units_are_true=True)
        finally:
            process.terminate()
            process.wait()


def _wait_for(endpoint: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    client = make_client(Deployment.read().regions[0], endpoint)
    while True:
        try:
            client.list_tables()
        except EndpointConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


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
