"""Entries: a player's best on one board in one period, as known to one writer; and their merge.

Each writer raises its own entries alone, so no two regions write the same item. A player's best is
the highest of the entries: a merge that needs no clock, no lock and no other region. Which of two
is the higher, the board's operator says: the one that stands higher, or the one submitted first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from leaderboard_app.domain import scores, standings
from leaderboard_app.domain.boards import Board, Operator, Order
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.players import Player
from leaderboard_app.domain.submissions import Submission, SubmissionId

IMPORT = "import"
"""The writer of imported entries: no region, so an import never meets live play in one item."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A player's best on one board in one period, as known to one writer.

    Attributes:
        player: who, as they were called when they achieved it.
        board_id, period: the ranking.
        writer: the region that owns it, or `import`.
        score: a whole number.
        submission_id: the submission it came from; its time is when the score was achieved.
        standing: what orders it (see `standings`).
        expires_at: when it may go; None for never.
        ranked: whether it stands in the indexes.
    """

    player: Player
    board_id: str
    period: Period
    writer: str
    score: int
    submission_id: SubmissionId
    standing: int
    expires_at: datetime | None = None
    ranked: bool = True

    def __post_init__(self) -> None:
        """Refuse a score that no standing can hold."""
        scores.check(self.score)

    @classmethod
    def of(
        cls, submission: Submission, board: Board, period: Period, *, ranked: bool = True
    ) -> Entry:
        """Return the entry that a submission alone would give in a period of its board."""
        return cls(
            player=submission.player,
            board_id=board.board_id,
            period=period,
            writer=submission.writer,
            score=submission.score,
            submission_id=submission.submission_id,
            standing=standing_of(submission, board.order),
            expires_at=board.expires_at(period),
            ranked=ranked,
        )

    @property
    def achieved_at(self) -> datetime:
        """When the score was achieved."""
        return self.submission_id.achieved_at

    @property
    def key(self) -> tuple[str, str]:
        """What tells a player's entries on a board apart: period and writer."""
        return self.period.key, self.writer

    def height(self, operator: Operator = Operator.BEST) -> Height:
        """Return what orders the entries of one player in one period: the highest one counts.

        On a board of bests that is the standing. On one of firsts it is how early the submission
        is, by its id; should one id carry two scores, the better one. Two writers may know the
        same submission; their names decide between them, everywhere alike.
        """
        match operator:
            case Operator.BEST:
                return self.standing, 0, self.writer
            case Operator.FIRST:
                return -int(self.submission_id), self.standing, self.writer
            case _:
                assert_never(operator)

    def with_rank(self, *, ranked: bool) -> Entry:
        """Return the entry, in the indexes or out of them."""
        return replace(self, ranked=ranked)


def standing_of(submission: Submission, order: Order) -> int:
    """Return the standing of a submission."""
    return standings.standing_of(
        submission.score, submission.achieved_at, submission.player.player_id, order
    )


Height = tuple[int, int, str]
"""What orders entries of one player; compared on one board alone."""

Entries = Mapping[tuple[str, str], Entry]
"""A player's entries on one board, by period key and writer: the state that regions merge."""


def merge(
    left: Entries, right: Entries, operator: Operator = Operator.BEST
) -> dict[tuple[str, str], Entry]:
    """Return what two regions know together: by period and writer, the higher entry.

    Commutative, associative and idempotent over entries whose writer raises them alone: a
    join-semilattice, so that any order and repetition of exchanges ends the same.
    """
    merged = dict(left)
    for key, entry in right.items():
        if key not in merged or merged[key].height(operator) < entry.height(operator):
            merged[key] = entry
    return merged


def bests(entries: Iterable[Entry], operator: Operator = Operator.BEST) -> dict[str, Entry]:
    """Return the highest entry of each period, by period key."""
    found: dict[str, Entry] = {}
    for entry in entries:
        best = found.get(entry.period.key)
        if best is None or best.height(operator) < entry.height(operator):
            found[entry.period.key] = entry
    return found
