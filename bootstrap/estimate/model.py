"""Dollars a month, line by line: units of DynamoDB by the calls that the app makes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from bootstrap.estimate.play import DAYS_A_MONTH, Play, Ranking, firsts, rankings
from bootstrap.estimate.sizes import OVERHEAD_BYTES, Sizes, typical, units
from leaderboard_app.domain.boards import MAX_SHARDS, SUBMISSIONS_KEPT, Retention
from leaderboard_app.domain.boundaries import MAX_BOUNDARIES
from leaderboard_app.domain.walks import REST_A_PLAYER, SETTLING
from leaderboard_app.gateway.reaches import REACH
from leaderboard_app.gateway.stretches import shares_of
from leaderboard_app.usecases.pages import PAGE_ROWS

READ_UNIT_BYTES, WRITE_UNIT_BYTES = 4096, 1024
SECONDS_A_MONTH = DAYS_A_MONTH * 86_400
PARTITION_WRITE_UNITS, PARTITION_READ_UNITS = 1_000, 3_000
WALK_EVERY_SECONDS = 300.0
INDEXES = 2
NEW_SUBMISSION_UNITS = 1 + 1
"""Itself, and its place in the operators' list of the latest."""
NEW_ENTRY_UNITS = 1 + INDEXES
RISEN_ENTRY_UNITS = 1 + 2 * INDEXES
"""An index takes a risen entry out at its old place and puts it in at the new one."""
BOUNDARY_BYTES = 16 * 4 / 3
MILLION, GB = 1e6, 1e9
WALKS, WALKS_KEEP = "walks", "walks: what they keep"
WALK_UNITS = 3
"""A walk's writes beside the boundaries: the lease taken and given back, and the winners."""

_KEPT = Retention()


@dataclass(frozen=True, slots=True)
class Prices:
    """Dollars, by AWS's list for us-east-1; other regions are up to a third dearer.

    Attributes:
        writes, reads: a million units.
        storage, backup: a GB and month, of the table and of point-in-time recovery.
        requests: a million requests, API Gateway's 3.50 and Lambda's 0.20.
        compute: a GB and second of Lambda.
    """

    writes: float = 0.625
    reads: float = 0.125
    storage: float = 0.25
    backup: float = 0.20
    requests: float = 3.70
    compute: float = 0.000_016_666_7


@dataclass(frozen=True, slots=True)
class House:
    """How the leaderboard is set up.

    Attributes:
        regions: how many.
        shards: of the board; None for as many as are needed.
        kept: how long past periods stay.
        request_seconds, memory_gb: what a request takes of Lambda.
    """

    regions: int = 2
    shards: int | None = None
    kept: Retention = _KEPT
    request_seconds: float = 0.05
    memory_gb: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is paid for: how much of it a month, in all regions, and its dollars."""

    what: str
    amount: float
    unit: str
    dollars: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a month costs.

    Attributes:
        play, house: of whom.
        lines: what is paid for.
        shards: as many as the busiest list of an index needs at its peak: a ranking, or the
            operators’ list of the latest submissions.
        peak_writes: write units a second that its index takes then.
        peak_reads: read units a second that each shard of the top page takes then, in a region.
    """

    play: Play
    house: House
    lines: tuple[Line, ...]
    shards: int
    peak_writes: float
    peak_reads: float

    @property
    def dollars(self) -> float:
        """The whole."""
        return sum(line.dollars for line in self.lines)

    @property
    def walks(self) -> float:
        """What the walks cost of it."""
        return sum(line.dollars for line in self.lines if line.what in {WALKS, WALKS_KEEP})


def estimate(play: Play, house: House = House(), prices: Prices = Prices()) -> Estimate:
    """Return what a month costs; see docs/costs.md for what is taken for granted."""
    sizes = typical()
    boards = tuple(rankings(play, house.kept))
    # The operators' list of the latest lies in as many shards, and takes every submission.
    listed = play.players * play.submissions * DAYS_A_MONTH
    busiest = max(listed, *(each.new + 2 * each.rises for each in boards))
    peak_writes = busiest / SECONDS_A_MONTH * play.peak
    needed = max(1, math.ceil(peak_writes / PARTITION_WRITE_UNITS))
    shards = house.shards or min(needed, MAX_SHARDS)
    month = _Month(play, house, sizes, boards, shards)
    views = play.players * play.views / 86_400 * play.peak / house.regions
    lines = (
        *(_units(what, n, "write units", prices.writes) for what, n in month.writes()),
        *(_units(what, n, "read units", prices.reads) for what, n in month.reads()),
        *month.stored(prices),
        month.served(prices),
    )
    return Estimate(play, house, lines, needed, peak_writes, views * _page(sizes))


def _units(what: str, number: float, unit: str, price: float) -> Line:
    return Line(what, number, unit, number / MILLION * price)


def _page(sizes: Sizes) -> float:
    """Return the read units of a page of one shard: one row more than it shows."""
    return units([sizes.row * (PAGE_ROWS + 1)], READ_UNIT_BYTES) / 2


@dataclass(frozen=True, slots=True)
class _Month:
    """One month of play."""

    play: Play
    house: House
    sizes: Sizes
    rankings: tuple[Ranking, ...]
    shards: int

    @property
    def submissions(self) -> float:
        return self.play.players * self.play.submissions * DAYS_A_MONTH

    def writes(self) -> Iterator[tuple[str, float]]:
        """Yield write units: each write is paid for in every region."""
        new, rises = sum(r.new for r in self.rankings), sum(r.rises for r in self.rankings)
        others = self.house.regions - 1
        stored = self.submissions * NEW_SUBMISSION_UNITS
        yield "submissions stored", stored * self.house.regions
        yield "counted against allowances", self.submissions * self.house.regions
        raised = new * NEW_ENTRY_UNITS + rises * RISEN_ENTRY_UNITS
        yield "entries raised, with two indexes", raised * self.house.regions
        # What expires is deleted for nothing in one region, and by replicated writes in the others.
        gone = (NEW_SUBMISSION_UNITS + 1) * self.submissions + new * NEW_ENTRY_UNITS
        yield "expiry, in the other regions", gone * others
        kept = sum(self._walked(each) * _kept(each) for each in self.rankings)
        # Each region walks, and what each keeps goes to all.
        yield WALKS_KEEP, kept * self.house.regions**2

    def reads(self) -> Iterator[tuple[str, float]]:
        """Yield read units: each request asks its own region alone; each region walks."""
        a_month = self.play.players * DAYS_A_MONTH
        yield "submissions: what is known of a player", self.submissions * (self._record() + 2)
        yield "pages", a_month * self.play.views * self.shards * _page(self.sizes)
        yield "ranks", a_month * self.play.ranks * (self._record() + 1 + self._rank())
        yield WALKS, sum(map(self._walks, self.rankings)) * self.house.regions

    def stored(self, prices: Prices) -> Iterator[Line]:
        """Yield what is stored, after a year or more."""
        entries = sum(each.kept for each in self.rankings)
        an_entry = self.sizes.entry + INDEXES * (self.sizes.row + OVERHEAD_BYTES) + OVERHEAD_BYTES
        kept = self.play.players * self.play.submissions * SUBMISSIONS_KEPT.days
        a_submission = self.sizes.submission + self.sizes.row + 2 * OVERHEAD_BYTES
        in_all = entries * an_entry + kept * a_submission
        gigabytes = in_all * self.house.regions / GB
        yield Line("storage", gigabytes, "GB", gigabytes * prices.storage)
        yield Line("point-in-time recovery", gigabytes, "GB", gigabytes * prices.backup)

    def served(self, prices: Prices) -> Line:
        """Return what API Gateway and Lambda take for the requests."""
        each = self.play.submissions + self.play.views + self.play.ranks
        requests = self.play.players * each * DAYS_A_MONTH
        computed = self.house.request_seconds * self.house.memory_gb * prices.compute
        dollars = requests * (prices.requests / MILLION + computed)
        return Line("API Gateway and Lambda", requests, "requests", dollars)

    def _record(self) -> float:
        """Return the read units of a player's entries on the board, read consistently."""
        entries = round(sum(each.kept for each in self.rankings) / max(1, self.play.players))
        return units([self.sizes.entry * entries], READ_UNIT_BYTES)

    def _rank(self) -> float:
        """Return the read units of the boundaries and of a count from the one just above."""
        total = self.play.players
        step = 2 ** max(0, math.ceil(math.log2(max(1, total) / MAX_BOUNDARIES)))
        boundaries = units([round(total / step * BOUNDARY_BYTES)], READ_UNIT_BYTES) / 2
        is_small = total <= REACH.direct
        # Shards share what may be counted; each share holds some more than the mean.
        most = next(shares_of(REACH.between, self.shards)) * self.shards
        counted = float(total) if is_small else min(step / 2, most)
        a_shard = units([round(counted * self.sizes.row / self.shards)], READ_UNIT_BYTES) / 2
        return boundaries + self.shards * a_shard

    def _walks(self, ranking: Ranking) -> float:
        """Return the read units of one region's walks of a ranking."""
        a_walk = units([round(ranking.players * self.sizes.row)], READ_UNIT_BYTES) / 2
        return self._walked(ranking) * a_walk

    def _walked(self, ranking: Ranking) -> float:
        """Return how often one region walks a ranking: never while nothing changes."""
        rest = ranking.players * REST_A_PLAYER.total_seconds()
        pause = max(WALK_EVERY_SECONDS, rest)
        changes = (ranking.new + ranking.rises) / SECONDS_A_MONTH
        is_due = firsts(changes * (pause + SETTLING.total_seconds()))
        return SECONDS_A_MONTH / pause * is_due


def _kept(ranking: Ranking) -> int:
    """Return the write units of what a walk keeps, with as many boundaries as there may be."""
    boundaries = min(ranking.players, MAX_BOUNDARIES)
    return units([round(boundaries * BOUNDARY_BYTES)], WRITE_UNIT_BYTES) + WALK_UNITS
