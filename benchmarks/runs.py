"""Timed runs, each in a process of its own, with a delay before every request."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from botocore.awsrequest import AWSResponse
from botocore.httpsession import URLLib3Session

from leaderboard_app.deployment import Deployment

T = TypeVar("T")

DELAY_SECONDS = 0.031
"""Added to every call, on every side: the way to a table that is an ocean away."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a contender is given.

    Attributes:
        file: the CSV file.
        deployment: names the table and the region; the environment says where DynamoDB is.
        now: decides which periods are kept.
        rows: as many of the file's rows, from its beginning; ours takes all of them always.
    """

    file: Path
    deployment: Deployment
    now: datetime
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went.

    Attributes:
        seconds: on the clock.
        cpu_seconds: of the contender's process.
        calls: to DynamoDB, those tried again too.
    """

    seconds: float
    cpu_seconds: float
    calls: int


class Delay:
    """Waits before every request that botocore sends from this process, and counts them.

    Whoever makes the client: what would be a hook of each client is one of them all here.
    """

    def __init__(self) -> None:
        """Begin now, and stay until the process ends."""
        self.calls: list[None] = []
        send = URLLib3Session.send

        def delayed(session: URLLib3Session, request: Any) -> AWSResponse:  # noqa: ANN401
            # A list is appended to from many threads without losing any.
            self.calls.append(None)
            time.sleep(DELAY_SECONDS)
            return send(session, request)

        URLLib3Session.send = delayed  # type: ignore[assignment, method-assign]


class Stopwatch:
    """Runs from when it is made."""

    def __init__(self) -> None:
        """Start."""
        self._started, self._cpu = time.perf_counter(), time.process_time()

    def outcome(self, delay: Delay) -> Outcome:
        """Stop."""
        seconds = time.perf_counter() - self._started
        return Outcome(seconds, time.process_time() - self._cpu, len(delay.calls))


class Parts:
    """The CPU time of parts that follow one another, beginning when it is made."""

    def __init__(self) -> None:
        """Begin the first part."""
        self.seconds: dict[str, float] = {}
        self._began = time.process_time()

    def ends(self, part: str) -> None:
        """Note what the part took that began when the one before ended."""
        now = time.process_time()
        self.seconds[part], self._began = now - self._began, now


def in_fresh_process(work: Callable[[Task], T], task: Task) -> T:
    """Return what comes of work in a process that has imported what it needs and done nothing yet.

    Raises:
        RuntimeError: it failed; its traceback was printed.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_run, args=(work, task, there))
    process.start()
    there.close()
    try:
        result: T = here.recv()
    except EOFError as cause:
        raise RuntimeError(f"{work.__name__} failed; it said why above.") from cause
    finally:
        here.close()
        process.join()
        process.close()
    return result


def _run(work: Callable[[Task], object], task: Task, answer: Connection) -> None:
    answer.send(work(task))
