"""Many submissions of one writer at once: transactions of up to 100 conditional puts.

A transaction holds whole submissions with all that they raise, so either a submission is stored and
its entries stand at least that high, or nothing of it is there. Sending it again finds the
submission and changes nothing, whatever operators decided about it in between.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from botocore.config import Config

from leaderboard_app.domain.boards import SUBMISSIONS_KEPT, Board
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.records import EntryWrite
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway import conditions, items
from leaderboard_app.gateway.client import make_client
from leaderboard_app.gateway.errors import reaching
from leaderboard_app.usecases.ports import StoreUnavailable

MAX_ACTIONS = 100
"""As many actions fit into a transaction."""

THREADS = 16
BULK_PATIENCE = Config(
    connect_timeout=2,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": 5},
    max_pool_connections=THREADS,
    # What is sent was built by `items`; walking it once more is half of the sending's cost.
    parameter_validation=False,
)
TRIES = 12
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.05, 5.0

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


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of submissions: stored now, or there before."""

    stored: int = 0
    present: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        """Return both together."""
        return Loaded(self.stored + other.stored, self.present + other.present)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Submissions that go into one transaction, with the entries that they raise together.

    Attributes:
        board: theirs.
        submissions: each once.
        now: decides which periods are still kept.
        outdone: the player and period of entries that were found to stand higher already.
    """

    board: Board
    submissions: tuple[Submission, ...]
    now: datetime
    outdone: frozenset[tuple[str, str]] = frozenset()

    def entries(self) -> dict[tuple[str, str], Entry]:
        """Return the entries to raise, by player and period: the highest of each."""
        highest: dict[tuple[str, str], Entry] = {}
        for submission in self.submissions:
            for period in self.board.open_periods(submission.achieved_at, self.now):
                key = submission.player.player_id.value, period.key
                entry = Entry.of(submission, self.board, period)
                if key not in highest or highest[key].standing < entry.standing:
                    highest[key] = entry
        return {key: entry for key, entry in highest.items() if key not in self.outdone}

    def actions(self, table: str) -> list[Any]:
        """Return the transaction's actions: the submissions, then the entries."""
        expires_at = self.now + SUBMISSIONS_KEPT
        puts = [
            (items.submission_item(submission, expires_at), conditions.if_new())
            for submission in self.submissions
        ]
        puts += (
            (items.entry_item(entry, self.board), conditions.if_it_rises(EntryWrite(entry)))
            for entry in self.entries().values()
        )
        return [{"Put": {"TableName": table, "Item": item, **only}} for item, only in puts]

    def without_refused(self, reasons: Sequence[str]) -> Chunk:
        """Return the chunk without what is there already, by the reasons of its actions."""
        refused = [reason == CONDITION_FAILED for reason in reasons]
        count = len(self.submissions)
        left = tuple(s for s, no in zip(self.submissions, refused, strict=False) if not no)
        outdone = (key for key, no in zip(self.entries(), refused[count:], strict=True) if no)
        return replace(self, submissions=left, outdone=self.outdone | frozenset(outdone))


class BulkLoader:
    """Stores submissions, many at a time."""

    def __init__(
        self,
        region: str,
        table: str,
        endpoint: str | None = None,
        pause: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """Connect to a table in a region; `pause` waits between tries, `jitter` gives 0 to 1."""
        self.client = make_client(region, endpoint, BULK_PATIENCE)
        self._table = table
        self._pause = pause
        self._jitter = jitter

    def load(
        self, board: Board, submissions: Iterable[Submission], now: datetime
    ) -> Iterator[Loaded]:
        """Store submissions to a board, yielding what was done as it is done.

        Holds a bounded number of submissions in memory. When it raises, what was yielded is
        stored; loading the same again completes the rest.

        Raises:
            StoreUnavailable: DynamoDB can't be reached or keeps refusing.
        """
        with ThreadPoolExecutor(THREADS, thread_name_prefix="bulk") as pool:
            waiting: set[Future[Loaded]] = set()
            for chunk in _chunks(board, submissions, now):
                waiting.add(pool.submit(self._store, chunk))
                if len(waiting) >= 2 * THREADS:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            yield from (future.result() for future in waiting)

    def _store(self, chunk: Chunk) -> Loaded:
        asked = len(chunk.submissions)
        for pause in self._pauses():
            reasons = self._refusals(chunk)
            if not reasons:
                return Loaded(len(chunk.submissions), asked - len(chunk.submissions))
            chunk = chunk.without_refused(reasons)
            if not chunk.submissions:
                return Loaded(0, asked)
            if CONDITION_FAILED not in reasons:
                self._pause(pause)
        raise StoreUnavailable(f"DynamoDB: a transaction did not pass in {TRIES} tries")

    def _refusals(self, chunk: Chunk) -> list[str]:
        """Send a chunk; return each action's reason for refusal, or nothing where it passed."""
        try:
            with reaching():
                self.client.transact_write_items(TransactItems=chunk.actions(self._table))
        except self.client.exceptions.TransactionCanceledException as cause:
            reasons = [reason["Code"] for reason in cause.response["CancellationReasons"]]
            if not PASSING.issuperset(reasons):
                raise
            return reasons
        return []

    def _pauses(self) -> Iterator[float]:
        """Yield how long to wait after each try: doubling, with full jitter, so that loaders part.

        See https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
        """
        for doubled in range(TRIES):
            yield self._jitter() * min(FIRST_PAUSE_SECONDS * 2**doubled, LONGEST_PAUSE_SECONDS)


def _chunks(board: Board, submissions: Iterable[Submission], now: datetime) -> Iterator[Chunk]:
    """Yield chunks that each fill a transaction, each submission once a chunk."""
    taken: dict[tuple[str, str], Submission] = {}
    keys: set[tuple[str, str]] = set()
    for submission in submissions:
        player_id = submission.player.player_id.value
        periods = board.open_periods(submission.achieved_at, now)
        more = keys | {(player_id, period.key) for period in periods}
        if taken and len(taken) + 1 + len(more) > MAX_ACTIONS:
            yield Chunk(board, tuple(taken.values()), now)
            taken, more = {}, {(player_id, period.key) for period in periods}
        taken[player_id, submission.submission_id.value] = submission
        keys = more
    if taken:
        yield Chunk(board, tuple(taken.values()), now)
