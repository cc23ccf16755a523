"""A stand-in for DynamoDB's side of an import: it answers at once, in a process of its own.

MiniStack takes 0.2 ms of one core for each item that is written, and so most of the time of an
import whose calls overlap. DynamoDB's own time does not grow with one client's load. This stands
in for that: it keeps items in dicts, honours the conditions that the gateway names, applies a
transaction as a whole or not at all, refuses whatever it does not know, and does no more.
"""

from __future__ import annotations

import asyncio
import gc
import json
import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from benchmarks.backends import Backend, asked_at
from benchmarks.tables import Tables
from bootstrap.sandbox.loopback import HOST, address_of

START_SECONDS = 30.0


class Door(asyncio.Protocol):
    """One connection: requests in, answers out, as HTTP/1.1 with what botocore sends of it."""

    def __init__(self, tables: Tables) -> None:
        """Serve tables."""
        self._tables = tables
        self._received = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where answers go."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            lines = self._received[:end].decode("latin-1").split("\r\n")[1:]
            headers = {name.lower(): value.strip() for name, _, value in _pairs(lines)}
            whole = end + 4 + int(headers["content-length"])
            if len(self._received) < whole:
                return
            body = bytes(self._received[end + 4 : whole])
            del self._received[:whole]
            self._answer(headers["x-amz-target"].rpartition(".")[2], body)

    def _answer(self, operation: str, body: bytes) -> None:
        status, content = self._tables.answer(operation, json.loads(body))
        head = (
            f"HTTP/1.1 {status} -\r\ncontent-type: application/x-amz-json-1.0\r\n"
            f"content-length: {len(content)}\r\n\r\n"
        )
        assert isinstance(self._transport, asyncio.Transport)  # noqa: S101 - asyncio's own type.
        self._transport.write(head.encode() + content)


@contextmanager
def running() -> Iterator[Backend]:
    """Yield a stand-in on a free loopback port, which ends with the block or with this process."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(START_SECONDS):
            raise RuntimeError("The stand-in for DynamoDB did not start.")
        endpoint = address_of(here.recv())
        with asked_at(endpoint):
            yield Backend("stand-in", endpoint, process.pid or 0)
    finally:
        here.close()
        process.join(START_SECONDS)
        process.close()


def _serve(parent: Connection) -> None:
    # A Ctrl-C is the parent's, which then ends this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What it keeps has no cycles, and to look for some would hold up answers.
    gc.disable()
    asyncio.run(_serve_until_closed(parent))


async def _serve_until_closed(parent: Connection) -> None:
    loop, closed, tables = asyncio.get_running_loop(), asyncio.Event(), Tables()
    server = await loop.create_server(lambda: Door(tables), HOST, 0)
    # The parent never sends: what can be read is that it has closed its end, or has ended.
    loop.add_reader(parent.fileno(), closed.set)
    parent.send(server.sockets[0].getsockname()[1])
    await closed.wait()
    server.close()


def _pairs(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    return (line.partition(":") for line in lines)
