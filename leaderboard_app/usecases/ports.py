"""What the use cases need of a store. The DynamoDB gateway is one; tests may write others."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.decisions import Act, MendRequest
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Direction, Row, View
from leaderboard_app.domain.records import EntryWrite, Profile, Record
from leaderboard_app.domain.regions import Draining, RegionState
from leaderboard_app.domain.submissions import Submission, SubmissionId


class StoreUnavailable(Exception):
    """The store could not be asked or did not take all of a write; the caller may come back.

    Attributes:
        retry_after: seconds after which another try makes sense.
    """

    def __init__(self, reason: str, retry_after: int = 5) -> None:
        """Keep the reason for the log and the delay for the answer."""
        super().__init__(reason)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows stand above: `number`, or more where not `complete`."""

    number: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies on either side of a standing: rows best first, and how many are above in all."""

    above: tuple[Row, ...]
    below: tuple[Row, ...]
    count_above: Count


class Decisions(Protocol):
    """Where what operators decided is kept; every method raises StoreUnavailable."""

    def remove(
        self,
        board_id: str,
        player_id: PlayerId,
        submission_id: SubmissionId,
        act: Act,
        regions: Iterable[str],
    ) -> None:
        """Let a submission count no more, and ask every region to mend."""

    def restore(
        self,
        board_id: str,
        player_id: PlayerId,
        submission_id: SubmissionId,
        act: Act,
        regions: Iterable[str],
    ) -> None:
        """Let a removed submission count again, and ask every region to mend."""

    def set_profile(
        self, player_id: PlayerId, profile: Profile, act: Act, regions: Iterable[str]
    ) -> None:
        """Ban, void, or take either back, and ask every region to mend."""

    def moderated(self) -> Mapping[PlayerId, Profile]:
        """Return the players whose profile takes something from them, each with it."""

    def mends_asked(self, region: str) -> tuple[MendRequest, ...]:
        """Return a region's mend requests, oldest act first."""

    def note_seen(self, request: MendRequest, at: datetime) -> None:
        """Note when a region first worked on a request of its own."""

    def settle(self, request: MendRequest) -> None:
        """Forget a request."""


class Roster(Protocol):
    """Which regions are alive and which are draining; every method raises StoreUnavailable."""

    def beat(self, region: str, at: datetime, version: str, site: str | None) -> None:
        """Say that a region is alive. Only that region may."""

    def states(self) -> tuple[RegionState, ...]:
        """Return all regions that were ever heard from or drained, as of the last local write."""

    def glance(self) -> tuple[RegionState, ...]:
        """Return the same within a second, for a page that can do without."""

    def draining(self, region: str) -> Draining | None:
        """Return whether a region is draining, within a second."""

    def drain(self, region: str, act: Act) -> None:
        """Mark a region as draining."""

    def readmit(self, region: str, act: Act) -> None:
        """Mark a region as taking traffic again."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of submissions that were loaded: stored now, or there before."""

    stored: int = 0
    present: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        """Return both together."""
        return Loaded(self.stored + other.stored, self.present + other.present)


class Loader(Protocol):
    """Stores submissions of one writer, many at a time."""

    def load(
        self,
        board: Board,
        submissions: Iterable[Submission],
        now: datetime,
        unranked: Container[PlayerId],
    ) -> Iterator[Loaded]:
        """Yield what was done as it is done; leave `unranked` players out of the rankings.

        Raises StoreUnavailable; what was yielded is stored, and loading again completes the rest.
        """


class Store(Protocol):
    """A region's local store. Every method raises StoreUnavailable; each is one round trip.

    A round trip is one step in time: what a method asks for, it asks for at once.
    """

    def boards(self) -> tuple[Board, ...]:
        """Return all boards."""

    def record(
        self,
        board: Board,
        player_id: PlayerId,
        now: datetime,
        submission_id: SubmissionId | None = None,
    ) -> Record:
        """Return what is known of a player on a board, as of the last local write.

        With a submission's id, that submission too.
        """

    def history(
        self, board: Board, player_id: PlayerId, limit: int, now: datetime
    ) -> tuple[Record, tuple[Submission, ...]]:
        """Return a player's record and latest submissions on a board, newest first."""

    def keep(
        self,
        board: Board,
        submission: Submission | None,
        expires_at: datetime,
        writes: Sequence[EntryWrite],
        asks: Sequence[MendRequest] = (),
    ) -> None:
        """Store a submission, unless its id is taken, and entries, unless higher ones are there.

        And ask other regions to mend their own.
        """

    def rows(
        self, view: View, past: int | None, direction: Direction, limit: int, now: datetime
    ) -> tuple[Row, ...]:
        """Return up to `limit` rows past a standing or the top: nearest first, one a player."""

    def surroundings(
        self, view: View, standing: int, limit: int, count_limit: int, now: datetime
    ) -> Surroundings:
        """Return up to `limit` rows on either side of a standing; count up to `count_limit`."""

    @property
    def roster(self) -> Roster:
        """Which regions are alive and which are draining."""


class ModeratedStore(Store, Protocol):
    """A store whose operators can decide what counts."""

    @property
    def moderation(self) -> Decisions:
        """What operators decided."""

    def full_record(
        self, board: Board, player_id: PlayerId, now: datetime
    ) -> tuple[Record, tuple[Submission, ...]]:
        """Return a player's record and all submissions still kept, as of the last local write."""
