"""Many submissions of one writer at once: transactions of up to 100 conditional puts.

A transaction holds whole submissions with all that they raise, so either a submission is stored and
its entries stand at least that high, or nothing of it is there. Sending it again finds the
submission and changes nothing, whatever operators decided about it in between.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime
from threading import Event
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway.changes import Changes
from leaderboard_app.gateway.chunks import Chunk, chunks_of
from leaderboard_app.gateway.client import make_client
from leaderboard_app.gateway.clock import Clock, utc_now
from leaderboard_app.gateway.errors import code_of, reaching
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.table import Table
from leaderboard_app.usecases.ports import Loaded, StoreUnavailable

THREADS = 16
MOST_PUTS = 25
"""As many items as one BatchWriteItem takes."""
BULK_PATIENCE = Config(
    connect_timeout=2,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": 1},
    max_pool_connections=THREADS,
)
"""One try: the others are the loader's own. botocore draws its tries from a purse that all threads
share, and once that is empty, the first refusal of each call would end the import."""
TRIES = 12
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.05, 5.0

NO_TABLE = "ResourceNotFoundException"
CONDITION_FAILED = "ConditionalCheckFailed"
PASSING = frozenset(
    {
        "None",
        CONDITION_FAILED,
        "TransactionConflict",
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
    }
)
"""The reasons for which a transaction is cancelled that another try, or less of it, mends."""


class BulkLoader:
    """Stores submissions, many at a time."""

    def __init__(
        self,
        region: str,
        table: str,
        endpoint: str | None = None,
        pause: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        clock: Clock = utc_now,
    ) -> None:
        """Connect to a table in a region.

        Args:
            region: the one that the loader runs in.
            table: its name.
            endpoint: an address other than AWS's own.
            pause: waits between tries, in seconds.
            jitter: gives 0 to 1.
            clock: says which rankings have not been marked as changed for a minute.
        """
        self.client = make_client(region, endpoint, BULK_PATIENCE)
        self._changes = Changes(Table(self.client, table), region, clock)
        self._table = table
        self._pause = pause
        self._jitter = jitter

    def load(
        self,
        board: Board,
        submissions: Iterable[Submission],
        now: datetime,
        unranked: Container[PlayerId] = (),
    ) -> Iterator[Loaded]:
        """Store submissions to a board, yielding what was done as it is done.

        The entries of `unranked` players are stored and left out of the indexes.

        Holds a bounded number of submissions in memory. When it raises, what was yielded is
        stored; loading the same again completes the rest.

        Raises:
            StoreUnavailable: DynamoDB can't be reached or keeps refusing.
        """
        ended = Event()
        pool = ThreadPoolExecutor(THREADS, thread_name_prefix="bulk")
        try:
            waiting: set[Future[Loaded]] = set()
            for chunk in chunks_of(board, submissions, now, unranked):
                waiting.add(pool.submit(self._store, chunk, ended))
                if len(waiting) >= 2 * THREADS:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            yield from (future.result() for future in waiting)
        finally:
            # Where one failed, or somebody pressed Ctrl-C, the rest is left to the next time.
            ended.set()
            pool.shutdown(cancel_futures=True)

    def _store(self, chunk: Chunk, ended: Event) -> Loaded:
        asked = len(chunk.submissions)
        reasons: Sequence[str] = ()
        for pause in self._pauses():
            if ended.is_set():
                break
            reasons = self._refusals(chunk)
            if not reasons:
                return Loaded(len(chunk.submissions), asked - len(chunk.submissions))
            chunk = chunk.without([reason == CONDITION_FAILED for reason in reasons])
            if not chunk.submissions:
                return Loaded(0, asked)
            if CONDITION_FAILED not in reasons:
                self._pause(pause)
        why = ", ".join(sorted({*reasons} - {"None"}))
        raise StoreUnavailable(f"DynamoDB: a transaction did not pass in {TRIES} tries ({why})")

    def _refusals(self, chunk: Chunk) -> list[str]:
        """Send a chunk; return each action's reason for refusal, or nothing where it passed.

        A call that is refused as a whole, as by throttling, or that is not answered, is refused in
        every action: its submissions, if stored after all, are found there the next time.
        """
        try:
            # First, as what is not marked as changed is not walked, should this process end here.
            self._changes.mark(chunk.board, chunk.periods, self._put_many)
            with reaching():
                self.client.transact_write_items(TransactItems=chunk.actions(self._table))
        except self.client.exceptions.TransactionCanceledException as cause:
            reasons = [reason["Code"] for reason in cause.response["CancellationReasons"]]
            if not PASSING.issuperset(reasons):
                raise
            return reasons
        except StoreUnavailable as cause:
            if isinstance(cause.__cause__, ClientError) and code_of(cause.__cause__) == NO_TABLE:
                raise
            return [str(cause).removeprefix("DynamoDB: ")] * len(chunk)
        return []

    def _put_many(self, items: list[Item]) -> None:
        """Store items on no condition, 25 a call."""
        for start in range(0, len(items), MOST_PUTS):
            some = items[start : start + MOST_PUTS]
            left: Any = {self._table: [{"PutRequest": {"Item": item}} for item in some]}
            with reaching():
                left = self.client.batch_write_item(RequestItems=left)["UnprocessedItems"]
            if left:
                raise StoreUnavailable("DynamoDB: items left unprocessed")

    def _pauses(self) -> Iterator[float]:
        """Yield how long to wait after each try: doubling, with full jitter, so that loaders part.

        See https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
        """
        for doubled in range(TRIES):
            yield self._jitter() * min(FIRST_PAUSE_SECONDS * 2**doubled, LONGEST_PAUSE_SECONDS)
