"""What the use cases need of a store. The DynamoDB gateway is one; tests may write others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Direction, Row, View
from leaderboard_app.domain.records import EntryWrite, Record
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
    ) -> None:
        """Store a submission, unless its id is taken, and entries, unless higher ones are there."""

    def rows(
        self, view: View, past: int | None, direction: Direction, limit: int, now: datetime
    ) -> tuple[Row, ...]:
        """Return up to `limit` rows past a standing, or from the top; nearest first, one a player."""

    def surroundings(
        self, view: View, standing: int, limit: int, count_limit: int, now: datetime
    ) -> Surroundings:
        """Return up to `limit` rows on either side of a standing; count up to `count_limit`."""

    def ping(self) -> None:
        """Read one small item, within a second."""
