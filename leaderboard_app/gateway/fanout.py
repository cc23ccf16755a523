"""Several calls at once: one round trip in time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

T = TypeVar("T")


class Fanout(Protocol):
    """Makes several calls in one round trip."""

    def at_once(self, calls: Sequence[Callable[[], T]]) -> list[T]:
        """Return the calls' answers in order; raise what any of them raised."""


class Threads:
    """A fanout over a pool of threads, for calls that wait for the network."""

    def __init__(self, threads: int) -> None:
        """Start no thread yet: the pool makes them as they are wanted."""
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="dynamodb")

    def start(self, call: Callable[[], T]) -> Callable[[], T]:
        """Make a call beside what comes next; return what waits for its answer."""
        return self._pool.submit(call).result

    def at_once(self, calls: Sequence[Callable[[], T]]) -> list[T]:
        """Return the calls' answers in order; the first runs here, the others beside it.

        All are waited for, also where one fails: what it raised is raised then.
        """
        if not calls:
            return []
        others = [self._pool.submit(call) for call in calls[1:]]
        try:
            first = calls[0]()
        finally:
            # Nothing may still be writing when the caller hears of a failure.
            for other in others:
                other.exception()
        return [first, *(other.result() for other in others)]
