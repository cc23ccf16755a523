"""What the use cases need of a store. The DynamoDB gateway is one; tests may write others."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from leaderboard_app.domain.allowances import Client
from leaderboard_app.domain.answers import Named, Surroundings, Wanted
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.decisions import Act, MendRequest
from leaderboard_app.domain.deeds import Deed
from leaderboard_app.domain.keepings import Keeping
from leaderboard_app.domain.keys import Key, KeyId
from leaderboard_app.domain.listings import Listing
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.places import Reach
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Direction, Row, View
from leaderboard_app.domain.records import EntryWrite, Profile, Record
from leaderboard_app.domain.regions import Draining, RegionState
from leaderboard_app.domain.reports import Dossier, Report, Reports
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.domain.walks import Walked


class StoreUnavailable(Exception):
    """The store could not be asked or did not take all of a write; the caller may come back.

    Attributes:
        retry_after: seconds after which another try makes sense.
    """

    def __init__(self, reason: str, retry_after: int = 5) -> None:
        """Keep the reason for the log and the delay for the answer."""
        super().__init__(reason)
        self.retry_after = retry_after


Release = tuple[Submission, Board]
"""A held submission that an operator decides about: it leaves the list of those held."""


class Decisions(Protocol):
    """Where what operators decided is kept; every method raises StoreUnavailable."""

    def remove(
        self,
        board_id: str,
        player_id: PlayerId,
        submission_id: SubmissionId,
        act: Act,
        regions: Iterable[str],
        release: Release | None = None,
    ) -> None:
        """Let a submission count no more, and ask every region to mend.

        This and the next two are noted in the log, in one with the decision; where that was
        overtaken by another one, they raise NothingToDecide and nothing is stored.
        """

    def restore(
        self,
        board_id: str,
        player_id: PlayerId,
        submission_id: SubmissionId,
        act: Act,
        regions: Iterable[str],
        release: Release | None = None,
    ) -> None:
        """Let a removed submission count again, and ask every region to mend."""

    def set_profile(
        self,
        player_id: PlayerId,
        profile: Profile,
        act: Act,
        regions: Iterable[str],
        instead_of: Profile | None = None,
    ) -> None:
        """Ban, void, or take either back, and ask every region to mend.

        With `instead_of`, only where that is what was decided before.
        """

    def moderated(self) -> Mapping[PlayerId, Profile]:
        """Return the players whose profile takes something from them, each with it."""

    def mends_asked(self, region: str) -> tuple[MendRequest, ...]:
        """Return a region's mend requests, oldest act first."""

    def note_seen(self, request: MendRequest, at: datetime) -> None:
        """Note when a region first worked on a request of its own."""

    def settle(self, request: MendRequest) -> None:
        """Forget a request."""


class Reading(Protocol):
    """What operators read; every method raises StoreUnavailable."""

    def latest(self, board: Board, day: date, past: int | None, limit: int) -> Reports:
        """Return submissions achieved on a day in UTC, latest first, from the top or past one."""

    def held(self, board: Board, past: int | None, limit: int) -> Reports:
        """Return submissions that wait for an operator, latest first."""

    def dossier(self, board: Board, player_id: PlayerId, now: datetime) -> Dossier:
        """Return all that is known of a player on a board, as of the last local write."""

    def find(self, board: Board, player_id: PlayerId, submission_id: SubmissionId) -> Report | None:
        """Return a submission with what was decided about it; None where there is none."""

    def acts(
        self, year: int, month: int, past: tuple[datetime, str] | None, limit: int
    ) -> tuple[Deed, ...]:
        """Return what was decided in a month in UTC, latest first.

        With `past`, what was decided before an act, which is named by its time and its id.
        """


class KeyRing(Protocol):
    """Where API keys are kept; every method is one round trip and raises StoreUnavailable."""

    def find(self, key_id: KeyId) -> Key | None:
        """Return a key, as of the last local write; None where there is none."""

    def all(self) -> tuple[Key, ...]:
        """Return all keys, revoked ones too."""

    def add(self, key: Key) -> bool:
        """Store a new key and say so; False where its id is taken."""

    def replace(self, key: Key, instead_of: Key) -> bool:
        """Store a rotated key and say so; False where somebody else rotated it meanwhile."""

    def revoke(self, key_id: KeyId, act: Act) -> bool:
        """Let a key be good for nothing, for ever, and say so; False where it was so already."""


class Counters(Protocol):
    """Counts what clients do; each count is one round trip."""

    def count(self, client: Client, minute: datetime, number: int) -> Callable[[], int]:
        """Begin to add to what a client did in a minute; return what waits for the sum.

        That call raises StoreUnavailable.
        """


class Batches(Protocol):
    """Many players at once; each method is one round trip."""

    def records(
        self, board: Board, asked: Mapping[PlayerId, Sequence[SubmissionId]], now: datetime
    ) -> Mapping[PlayerId, tuple[Record, Mapping[SubmissionId, Submission]]]:
        """Return what is known of players on a board, and which of the submissions are stored.

        As of the last local write; raises StoreUnavailable.
        """

    def keep(
        self, board: Board, keepings: Sequence[Keeping], expires_at: datetime
    ) -> Sequence[StoreUnavailable | None]:
        """Store what is to be stored of each player; return why not all of it is, for each."""


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


class Past(Protocol):
    """What walks of this region kept."""

    def walked(self, board_id: str, now: datetime) -> Mapping[Period, Walked]:
        """Return what is kept of each ranking of a board: one Query. Raises StoreUnavailable."""


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
        listings: Sequence[Listing] = (),
    ) -> None:
        """Store a submission, unless its id is taken, and entries, unless higher ones are there.

        And ask other regions to mend their own, and list players under their names.
        """

    def rows(
        self, view: View, past: int | None, direction: Direction, limit: int, now: datetime
    ) -> tuple[Row, ...]:
        """Return up to `limit` rows past a standing or the top: nearest first, one a player."""

    def known(
        self, view: View, player_id: PlayerId, now: datetime
    ) -> tuple[Record, Boundaries | None]:
        """Return what is known of a player, and of their ranking as a whole."""

    def boundaries(self, view: View) -> Boundaries | None:
        """Return what the last walk found; None before the first, and for a country."""

    def surroundings(self, view: View, wanted: Wanted, now: datetime) -> Surroundings:
        """Return rows on either side of a standing, and counts."""

    def many(self, view: View, past: int | None, limit: int, now: datetime) -> tuple[Row, ...]:
        """Return up to `limit` rows below a standing or from the top, best first, one a player.

        Of each shard its share is asked for; where few shards hold most of the rows, it takes a
        few round trips.
        """

    def named(
        self,
        board: Board,
        player_ids: Sequence[PlayerId],
        key: str,
        limit: int,
        now: datetime,
    ) -> Named:
        """Return the records of players, and up to `limit` who are listed under a name's key."""

    @property
    def reach(self) -> Reach:
        """How many rows one answer may count or read."""

    @property
    def roster(self) -> Roster:
        """Which regions are alive and which are draining."""

    @property
    def counters(self) -> Counters:
        """What clients did lately."""

    @property
    def batches(self) -> Batches:
        """Many players at once."""

    @property
    def keys(self) -> KeyRing:
        """The API keys."""

    @property
    def walks(self) -> Past:
        """What walks kept."""


class ModeratedStore(Store, Protocol):
    """A store whose operators can decide what counts."""

    @property
    def moderation(self) -> Decisions:
        """What operators decided."""

    @property
    def logbook(self) -> Reading:
        """What operators read."""

    def full_record(
        self, board: Board, player_id: PlayerId, now: datetime
    ) -> tuple[Record, tuple[Submission, ...]]:
        """Return a player's record and all submissions still kept, as of the last local write."""
