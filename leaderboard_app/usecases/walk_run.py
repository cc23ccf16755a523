"""One walk along one ranking: counts each player once, and puts right what stands there twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from leaderboard_app.domain.boards import Operator
from leaderboard_app.domain.decisions import MendRequest
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.records import Ownership
from leaderboard_app.domain.seen import Met, Seen
from leaderboard_app.domain.walks import Markers, Tally
from leaderboard_app.usecases.moderate import mend
from leaderboard_app.usecases.streams import batches
from leaderboard_app.usecases.walk_ports import Checkpoint, WalkedStore

MAX_MENDED = 2_000
"""So many players are put right in a run; as their ranking changed by it, the next run goes on."""

ACT = "walk"
"""What asks a region to mend a player: one request, however often the walks ask."""

CHECKED_AT_ONCE = 32

AT_LEAST = timedelta(seconds=5)
"""The time that a run leaves itself for keeping the smallest checkpoint."""


@dataclass(slots=True)
class Run:
    """A walk on its way.

    Attributes:
        store, ownership: the region's.
        view: the ranking.
        taken_at, markers, changed_at: as in `Checkpoint`.
        seen: who was met.
        tally: who was counted.
        past: the lowest standing so far.
        pruned: how many players' own entries were put right.
        asked: how many requests to other regions were made.
    """

    store: WalkedStore
    ownership: Ownership
    view: View
    taken_at: datetime
    markers: Markers
    changed_at: datetime
    seen: Seen
    tally: Tally
    past: int | None
    pruned: int = 0
    asked: int = 0

    @classmethod
    def of(
        cls,
        store: WalkedStore,
        ownership: Ownership,
        view: View,
        begin: Checkpoint,
        filter_bytes: int,
        players: int,
    ) -> Run:
        """Return the run that goes on from a checkpoint, of about so many players."""
        if begin.layers:
            seen = Seen.again(begin.room, begin.layers, filter_bytes)
        else:
            # An eighth more than last time, so that a board that grows fits into one layer.
            seen = Seen(players * 9 // 8, filter_bytes)
        taken = begin.taken_at, begin.markers, begin.changed_at
        return cls(store, ownership, view, *taken, seen, begin.tally, begin.past)

    def go(self, clock: Callable[[], datetime], deadline: datetime) -> bool:
        """Walk on until the end, or until it is time to keep a checkpoint; say whether it ended."""
        began = clock()
        read = partial(self.store.walks.pages, self.view, now=began)
        for number, batch in enumerate(batches(read, self.view.board.shards, self.past)):
            now = clock()
            # One batch at least, so that runs that are short of time come to the end together.
            if number and self._is_time_up(began, now, deadline):
                return False
            counted = self._without_repeats(batch, now)
            self.tally = self.tally.then([standing for standing, _ in counted])
            self.past = batch[-1][0]
        return True

    def checkpoint(self) -> Checkpoint:
        """Return how far the walk came."""
        room, layers = self.seen.state()
        taken = self.taken_at, self.past, self.tally
        return Checkpoint(*taken, room, layers, self.markers, self.changed_at)

    def _is_time_up(self, began: datetime, now: datetime, deadline: datetime) -> bool:
        rate = self.store.walks.saving_rate
        saving = AT_LEAST + timedelta(seconds=self.seen.bytes_used / rate)
        # A run too short for keeping a checkpoint has but the hope to come to the end.
        return now >= deadline or (now + saving >= deadline > began + saving)

    def _without_repeats(self, batch: Sequence[Met], now: datetime) -> Sequence[Met]:
        """Return the rows of players who were not met before, and put the others right."""
        suspected = self.seen.suspects(batch)
        if not suspected:
            return batch
        repeats = set(self._repeats(batch, suspected, now))
        return [row for index, row in enumerate(batch) if index not in repeats]

    def _repeats(
        self, batch: Sequence[Met], suspected: Sequence[int], now: datetime
    ) -> Iterator[int]:
        """Yield the indexes of rows whose player stands higher, by what is stored of them."""
        for first in range(0, len(suspected), CHECKED_AT_ONCE):
            some = suspected[first : first + CHECKED_AT_ONCE]
            players = [PlayerId(batch[index][1]) for index in some]
            known = self.store.walks.ranked(self.view, players, now)
            for index, player_id, entries in zip(some, players, known, strict=True):
                # Two writers may know one submission: rows that say the same stand side by side.
                is_twin = index > 0 and batch[index - 1] == batch[index]
                if is_twin or any(standing > batch[index][0] for standing, _ in entries):
                    self._prune(player_id, entries, now)
                    yield index

    def _prune(
        self, player_id: PlayerId, entries: Sequence[tuple[int, str]], now: datetime
    ) -> None:
        """Take the lower entries out: this region's at once, another's by a request to it."""
        if self.pruned + self.asked >= MAX_MENDED:
            return
        # On a board of firsts the higher entry may be the outdone one: each keeper sees to its own.
        is_best = self.view.board.operator is Operator.BEST
        outdone = sorted(entries)[:-1] if is_best else entries
        keepers = {self.ownership.keeper_of(writer) for _, writer in outdone}
        if self.ownership.region in keepers:
            mend(self.store, self.view.board, player_id, self.ownership.covers, now)
            self.pruned += 1
        self._ask(player_id, keepers - {self.ownership.region}, now)

    def _ask(self, player_id: PlayerId, regions: Iterable[str], now: datetime) -> None:
        asks = [MendRequest(region, player_id, ACT) for region in sorted(regions)]
        if asks:
            self.store.keep(self.view.board, None, now, (), asks)
            self.asked += len(asks)
