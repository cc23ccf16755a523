"""A player's rank among thousands and millions: counted naively, ours, and Redis' own.

Naively, everyone above is counted by Queries to the end. Ours reads the boundaries that a walk left
and counts between two of them. Redis keeps all players in memory in a tree that knows ranks: what a
studio would add for this alone.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Any

from botocore.config import Config

from benchmarks.backends import Backend, table_on
from benchmarks.measure import Times, in_turns
from benchmarks.rank_filling import fill
from benchmarks.rank_redis import redis_with
from benchmarks.results import Result
from bootstrap.boards import BOARDS
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Placing, View
from leaderboard_app.domain.records import Ownership
from leaderboard_app.gateway import schema
from leaderboard_app.gateway.client import PATIENCE, make_client
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import read
from leaderboard_app.usecases.walk import Walker

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BOARD = BOARDS[0]
VIEW = View(BOARD, ALL_TIME)

SIZES, QUICK = (1_000, 10_000), (1_000,)
"""For MiniStack, whose Queries take 30 µs for each entry of the ranking, wherever they begin."""

BIG = (1_000, 10_000, 30_000)
"""For DynamoDB Local, whose Queries take no longer on a big ranking; filling it does."""

PATIENT = PATIENCE.merge(Config(read_timeout=60))

SAMPLE, ROUNDS = 20, 3
"""Players whose ranks are asked for, and how often the sides take turns."""


@dataclass
class Spent:
    """What one client's calls came to.

    Attributes:
        units: of read capacity, as DynamoDB reports them.
        calls: how many there were.
    """

    units: float = 0.0
    calls: int = 0

    def ask(self, params: dict[str, Any], **_: object) -> None:
        """Have a call say what it takes."""
        params["ReturnConsumedCapacity"] = "TOTAL"

    def add(self, parsed: dict[str, Any], **_: object) -> None:
        """Add what a call took."""
        self.calls += 1
        reported = parsed.get("ConsumedCapacity", [])
        for one in reported if isinstance(reported, list) else [reported]:
            self.units += one["CapacityUnits"]


def measure(backend: Backend, sizes: tuple[int, ...]) -> Iterator[Result]:
    """Yield a comparison by size with the naive count, and with Redis where it is installed."""
    for size in sizes:
        with table_on(backend) as deployment:
            contest = Contest(deployment, size, backend.units_are_true)
            yield contest.against_naive(backend.name)
            with redis_with(contest.standings) as redis_rank:
                if redis_rank:
                    yield contest.against_redis(backend.name, redis_rank)


@dataclass
class Contest:
    """Ours and the others over one ranking of a size.

    Attributes:
        deployment: whose table is there, and empty.
        size: how many players to rank.
        units_are_true: whether the backend reports what DynamoDB would.
    """

    deployment: Deployment
    size: int
    units_are_true: bool

    def __post_init__(self) -> None:
        """Fill the table and walk it."""
        self._now = datetime.now(UTC)
        self._region = self.deployment.regions[0]
        # What fills a million entries of an emulator may have to wait for it.
        client = make_client(self._region, config=PATIENT)
        self._store = DynamoStore(self._region, self.deployment.table, client=client)
        self.standings = fill(self._store, self.deployment, BOARD, self.size, self._now)
        chosen = random.Random(7).sample(sorted(self.standings), SAMPLE)
        self._chosen = [PlayerId(each) for each in chosen]
        with spending(self._store.client) as self.walk:
            began = time.perf_counter()
            ownership = Ownership(self._region, self.deployment.regions)
            end = self._now + timedelta(hours=1)
            walker = Walker(self._store, ownership, _utc_now, end, secrets.token_hex(8))
            for _ in walker.walk([BOARD], ALL_TIME, every=True):
                pass
            self.walk_seconds = time.perf_counter() - began

    def against_naive(self, name: str) -> Result:
        """Compare with counting everyone above; both must give the same rank."""
        for player in self._chosen:
            placing = self._ours(player)
            if placing.rank.place != self._naive(player):
                raise RuntimeError(f"{player}: {placing.rank} is not {self._naive(player)}.")
        ours, naive = self._turns(self._ours, self._naive)
        notes = {
            "units_are_true": self.units_are_true,
            "ours": self._spent(self._ours),
            "naive": self._spent(self._naive),
            "walk": {
                "seconds": round(self.walk_seconds, 2),
                "units": self.walk.units,
                "calls": self.walk.calls,
            },
        }
        what = f"rank among {self.size:,} on {name}, against counting all above"
        return Result(f"rank-{self.size}", what, ours, naive, notes=notes)

    def against_redis(self, name: str, redis_rank: Callable[[str], int]) -> Result:
        """Compare with Redis' ZREVRANK; both must give the same rank."""

        def redis(player: PlayerId) -> int:
            return redis_rank(player.value) + 1

        if self._ours(self._chosen[0]).rank.place != redis(self._chosen[0]):
            raise RuntimeError("Redis ranks otherwise.")
        ours, theirs = self._turns(self._ours, redis)
        what = f"the same on {name}, against Redis' ZREVRANK"
        return Result(f"rank-{self.size}-redis", what, ours, theirs)

    def _turns(
        self, ours: Callable[[PlayerId], object], theirs: Callable[[PlayerId], object]
    ) -> tuple[Times, Times]:
        first, second = cycle(self._chosen), cycle(self._chosen)
        return in_turns(lambda: ours(next(first)), lambda: theirs(next(second)), ROUNDS, SAMPLE)

    def _spent(self, rank: Callable[[PlayerId], object]) -> dict[str, float]:
        with spending(self._store.client) as spent:
            for player in self._chosen:
                rank(player)
        return {"units": round(spent.units / SAMPLE, 1), "calls": round(spent.calls / SAMPLE, 1)}

    def _ours(self, player: PlayerId) -> Placing:
        found = read.rank(self._store, VIEW, player, self._now)
        if found is None:
            raise RuntimeError(f"{player} is not ranked.")
        return found

    def _naive(self, player: PlayerId) -> int:
        (shard,) = schema.shards_of(VIEW)
        index, key = schema.index_of(VIEW)
        query: dict[str, Any] = {
            "TableName": self.deployment.table,
            "IndexName": index,
            "Select": "COUNT",
            "KeyConditionExpression": f"{key} = :shard AND standing > :standing",
            "ExpressionAttributeValues": {
                ":shard": {"S": shard},
                ":standing": {"N": str(self.standings[player.value])},
            },
        }
        number = 0
        while True:
            answer = self._store.client.query(**query)
            number += answer["Count"]
            if "LastEvaluatedKey" not in answer:
                return number + 1
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


@contextmanager
def spending(client: DynamoDBClient) -> Iterator[Spent]:
    """Add up what a client's calls take."""
    spent = Spent()
    client.meta.events.register("provide-client-params.dynamodb", spent.ask)
    client.meta.events.register("after-call.dynamodb", spent.add)
    try:
        yield spent
    finally:
        client.meta.events.unregister("provide-client-params.dynamodb", spent.ask)
        client.meta.events.unregister("after-call.dynamodb", spent.add)


def explained(result: Result) -> str:
    """Return a line on what a rank and the walk before it took; nothing for other results."""
    if "walk" not in result.notes:
        return ""
    ours, naive, walk = (result.notes[name] for name in ("ours", "naive", "walk"))
    if not result.notes["units_are_true"]:
        return f"{result.name}: {ours['calls']} calls; the walk took {walk['seconds']} s"
    return (
        f"{result.name}: {ours['units']} read units in {ours['calls']} calls, "
        f"naively {naive['units']} in {naive['calls']}; "
        f"the walk took {walk['units']} in {walk['calls']} and {walk['seconds']} s"
    )


def _utc_now() -> datetime:
    return datetime.now(UTC)
