"""Regions of one leaderboard: the real gateway and use cases on the double of a global table."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from bootstrap.table import shape
from leaderboard_app.domain import moments
from leaderboard_app.domain.boards import Board, Operator
from leaderboard_app.domain.decisions import SETTLING
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.errors import PlayerBanned
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Page, Row, View
from leaderboard_app.domain.records import Ownership, Record
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway import items
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.client import make_client
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import moderate, read
from leaderboard_app.usecases.load import load
from leaderboard_app.usecases.ports import StoreUnavailable
from leaderboard_app.usecases.submit import submit
from tests.convergence.emulator import answer
from tests.convergence.global_table import GlobalTable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

T = TypeVar("T")
Decision = Callable[[DynamoStore, Ownership], None]

START = datetime.fromisoformat("2026-11-22T20:00:00Z")
BOARD = Board("b", "Board", minimum=-10, maximum=10, periods=(PeriodKind.ALL, PeriodKind.DAY))
PAGE_ROWS = 2

TABLE = "world-leaderboard"
DROPPABLE = shape.table(TABLE)
DROPPABLE["DeletionProtectionEnabled"] = False
# Nobody reads the stream here, and MiniStack keeps a dropped table's for a day.
del DROPPABLE["StreamSpecification"]


class OneByOne:
    """A fanout that makes its calls one after the other, the writes in an order that is set.

    A crash between any two writes wants an order.
    """

    def __init__(self) -> None:
        self.backwards = False

    def at_once(self, calls: Sequence[Callable[[], T]]) -> list[T]:
        order = reversed(calls) if self.backwards else calls
        answers = [call() for call in order]
        return answers[::-1] if self.backwards else answers


@dataclass(frozen=True)
class Site:
    """What is dear to make and serves one world after the other: a region's clients."""

    fanout: OneByOne
    store: DynamoStore
    loader: BulkLoader
    raw: DynamoDBClient


def minutes() -> Callable[[], datetime]:
    """Return a clock that moves a minute on at each look.

    The loader serves one world after the other: what one marked, the next one marks again.
    """
    passed = itertools.count()
    return lambda: START + next(passed) * timedelta(minutes=1)


@cache
def site_in(region: str) -> Site:
    """Return the one site of a region."""
    fanout = OneByOne()
    site = Site(
        fanout=fanout,
        store=DynamoStore(region, TABLE, fanout=fanout),
        loader=BulkLoader(region, TABLE, pause=lambda _: None, clock=minutes()),
        raw=make_client(region),
    )
    for client in (site.store.client, site.loader.client, site.raw):
        answer(client)
    return site


def store_over(site: Site, region: str) -> DynamoStore:
    """Return a store of a world's own, which has marked no ranking as changed yet."""
    client = site.store.client
    return DynamoStore(region, TABLE, fanout=site.fanout, client=client, clock=lambda: START)


class World:
    """Some regions, a clock for each, and a global table under them."""

    def __init__(
        self, regions: Sequence[str], skews: Sequence[int], operator: Operator = Operator.BEST
    ) -> None:
        self.now = START
        self.board = replace(BOARD, operator=operator)
        self.regions = tuple(regions)
        self.sites = {region: site_in(region) for region in regions}
        self.stores = {region: store_over(site, region) for region, site in self.sites.items()}
        self._skews = dict(zip(regions, skews, strict=True))
        self._ticks = itertools.count()
        for site in self.sites.values():
            site.raw.create_table(**DROPPABLE)
            site.raw.put_item(TableName=TABLE, Item=items.board_item(self.board))
        clients = {region: site.store.client for region, site in self.sites.items()}
        raw = {region: site.raw for region, site in self.sites.items()}
        self.table = GlobalTable(TABLE, clients, raw, self._clock_of)
        self.table.open()

    def close(self) -> None:
        """Drop the tables."""
        self.table.close()
        for site in self.sites.values():
            site.raw.delete_table(TableName=TABLE)

    def ownership(self, region: str) -> Ownership:
        """Return which region a region is."""
        return Ownership(region, self.regions)

    def submit(
        self, region: str, one: Submission, crash_after: int | None, ownership: Ownership
    ) -> bool:
        """Submit in a region; say whether it was answered with success."""
        with self._only(region), self.table.crashing_after(crash_after):
            try:
                submit(self.stores[region], self.board, one, ownership, self.now)
            except (StoreUnavailable, PlayerBanned):
                return False
        return True

    def load(self, many: Sequence[Submission]) -> None:
        """Import, in the first region."""
        region = self.regions[0]
        loader = self.sites[region].loader
        with self._only(region), self.table.watching(region, loader.client):
            ownership = self.ownership(region)
            for _ in load(self.stores[region], loader, self.board, many, ownership, self.now):
                pass

    def decide(self, region: str, decision: Decision, crash_after: int | None) -> bool:
        """Let an operator decide in a region; say whether it was answered with success."""
        with self._only(region), self.table.crashing_after(crash_after):
            try:
                decision(self.stores[region], self.ownership(region))
            except StoreUnavailable:
                return False
        return True

    def run_jobs(self, region: str) -> None:
        """Mend what was asked of a region."""
        with self._only(region):
            moderate.mend_what_was_asked(self.stores[region], self.ownership(region), self.now)

    def prune(self, region: str, player_id: PlayerId) -> bool:
        """Put a region's own entries of a player right; say whether anything was to do."""
        with self._only(region):
            covers = self.ownership(region).covers
            return moderate.mend(self.stores[region], self.board, player_id, covers, self.now)

    def settle(self, players: Sequence[PlayerId]) -> None:
        """Heal every partition and let all regions do their work until nothing is left to do."""
        self.table.heal()
        for _ in range(8):
            self.table.deliver_all()
            for region in self.regions:
                self.run_jobs(region)
            self.table.deliver_all()
            mended = [self.prune(r, player) for r in self.regions for player in players]
            if not any(mended) and not self.table.on_the_way and not self._requests():
                return
            self.now += SETTLING
        raise AssertionError("the regions did not come to rest")

    def record(self, region: str, player_id: PlayerId) -> Record:
        """Return what a region knows of a player."""
        return self.stores[region].record(self.board, player_id, self.now)

    def ranking(self, region: str, period: Period) -> list[Row]:
        """Return all rows of a ranking, turned page by page."""
        view = View(self.board, period)
        with self._only(region):
            page = read.top(self.stores[region], view, self.now, PAGE_ROWS)
            rows = list(page.rows)
            while page.next:
                page = read.turn(self.stores[region], view, page.next, self.now, PAGE_ROWS)
                rows += page.rows
        return rows

    def top(self, region: str, period: Period) -> Page:
        """Return a ranking's first page."""
        with self._only(region):
            return read.top(self.stores[region], View(self.board, period), self.now, PAGE_ROWS)

    def entries(self, region: str) -> list[Entry]:
        """Return all entries of a region that have not expired."""
        kept = self.table.replicas[region].items.items()
        found = (item for (_, sort), item in kept if "#entry#" in sort)
        return [items.entry_of(i) for i in found if not items.is_expired(i, self.now)]

    @contextmanager
    def _only(self, region: str) -> Iterator[None]:
        """Hold a request to its own region's table (invariant 6)."""
        self.table.touched.clear()
        yield
        assert self.table.touched <= {region}, f"invariant 6: {region} asked another region"

    def _requests(self) -> bool:
        return any(
            partition.startswith("mend#")
            for replica in self.table.replicas.values()
            for partition, _ in replica.items
        )

    def _clock_of(self, region: str) -> int:
        # Ticks tell writes of one millisecond apart, as one region's writes are in order.
        return (moments.to_ms(self.now) + self._skews[region]) * 10**6 + next(self._ticks)
