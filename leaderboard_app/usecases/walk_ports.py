"""What the walks need of a store, beside what every use case needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.seen import Met
from leaderboard_app.domain.walks import Markers, Tally, Walked
from leaderboard_app.usecases.ports import ModeratedStore


@dataclass(frozen=True, slots=True)
class Ask:
    """Which page of which shard is wanted.

    Attributes:
        shard: its number.
        past: only what stands below; None from the top.
        after: where the shard's last page ended, as it said itself; None for its first.
    """

    shard: int
    past: int | None
    after: object = None


@dataclass(frozen=True, slots=True)
class IndexPage:
    """What one Query of one shard gave.

    Attributes:
        rows: standing and player, best first.
        end: the standing up to which the shard is known; None where it holds nothing more.
        after: where the next page begins, in the store's own words.
    """

    rows: Sequence[Met]
    end: int | None
    after: object = None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a walk came.

    Attributes:
        taken_at: when it began.
        past: the lowest standing that was counted; None before the first.
        tally: the places counted.
        room, layers: who was met (see `domain.seen`).
        markers, changed_at: as in `Walked`, from when it began.
    """

    taken_at: datetime
    past: int | None
    tally: Tally
    room: int
    layers: Sequence[bytes]
    markers: Markers
    changed_at: datetime

    @classmethod
    def at_the_top(cls, now: datetime, markers: Markers, changed_at: datetime) -> Checkpoint:
        """Return where a walk begins."""
        return cls(now, None, Tally(), 0, (), markers, changed_at)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to walk a ranking in a region, one run's.

    Attributes:
        view: the ranking.
        holder: the run.
        until: when it ends by itself.
    """

    view: View
    holder: str
    until: datetime


class Walks(Protocol):
    """A region's rankings as walks see them; every method raises StoreUnavailable."""

    def pages(self, view: View, asks: Sequence[Ask], now: datetime) -> list[IndexPage]:
        """Return a page of each shard that is asked for, in one round trip."""

    def ranked(
        self, view: View, players: Sequence[PlayerId], now: datetime
    ) -> list[list[tuple[int, str]]]:
        """Return each player's ranked entries in the view's period: standing and writer."""

    def markers(self, board_id: str, now: datetime) -> Mapping[Period, Markers]:
        """Return a board's markers, of all regions: one Query."""

    def walked(self, board_id: str, now: datetime) -> Mapping[Period, Walked]:
        """Return what this region keeps of its walks of a board: one Query."""

    def begin(self, lease: Lease, now: datetime) -> tuple[bool, Checkpoint | None]:
        """Take a lease, unless another run holds it; with it, where an earlier run stopped."""

    def pause(self, lease: Lease, checkpoint: Checkpoint, now: datetime) -> None:
        """Keep how far a walk came, and give the lease back."""

    def leave(self, lease: Lease) -> None:
        """Give a lease back, and leave what an earlier run kept as it is."""

    def finish(self, lease: Lease, boundaries: Boundaries, walked: Walked) -> None:
        """Keep what a walk found, and give the lease back; nothing is left to go on from."""

    @property
    def saving_rate(self) -> int:
        """How many bytes of a checkpoint are kept in a second, so that play is not held up."""


class WalkedStore(ModeratedStore, Protocol):
    """A store whose rankings can be walked."""

    @property
    def walks(self) -> Walks:
        """Its rankings, as walks see them."""
