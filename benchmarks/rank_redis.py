"""Redis beside it, started and ended by the benchmark: Debian's `redis-server`."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import redis

KEY = "ranking"
EACH = 1000
START_SECONDS = 10


@contextmanager
def redis_with(standings: Mapping[str, int]) -> Iterator[Callable[[str], int] | None]:
    """Yield what asks a Redis of these players for a rank, from 0; None where none is installed.

    It listens on a socket in a folder of its own, and on no port. A Redis score is a float, which
    holds no standing: the players get the places of their standings as scores, which rank alike.
    """
    program = shutil.which("redis-server")
    if program is None:
        yield None
        return
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "redis.sock")
        options = ["--port", "0", "--unixsocket", path, "--save", "", "--dir", folder]
        process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)  # noqa: S603
        try:
            client = _connected(path)
            _fill(client, standings)
            yield lambda player: int(client.zrevrank(KEY, player))  # type: ignore[arg-type]
            client.close()
        finally:
            process.terminate()
            process.wait()


def _connected(path: str) -> redis.Redis:
    client = redis.Redis(unix_socket_path=path)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            client.ping()
        except redis.ConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return client


def _fill(client: redis.Redis, standings: Mapping[str, int]) -> None:
    rising = iter(enumerate(sorted(standings, key=lambda player: standings[player])))
    while some := {player: place for place, player in islice(rising, EACH)}:
        client.zadd(KEY, some)
