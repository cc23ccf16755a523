"""Submissions: one accepted report of a score each, immutable, known by a UUIDv7."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from leaderboard_app.domain import moments, scores
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.players import Player

OLDEST = timedelta(days=7)
FURTHEST_AHEAD = timedelta(minutes=5)

ENTROPY_BYTES = 10
MAX_METADATA_BYTES = 1024
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, order=True)
class SubmissionId:
    """A UUIDv7 (RFC 9562): made where and when the score was achieved, so it carries the time."""

    value: str

    def __post_init__(self) -> None:
        """Refuse what is no lower-case UUIDv7, or carries a time no standing can hold."""
        if not _UUID7.fullmatch(self.value):
            raise InvalidValue("submission_id", "A submission id is a lower-case UUIDv7.")
        moments.from_ms(self._milliseconds)

    @classmethod
    def make(cls, achieved_at: datetime, entropy: bytes) -> SubmissionId:
        """Return the id of a time and ten bytes that no other submission of that time has."""
        if len(entropy) != ENTROPY_BYTES:
            raise InvalidValue(
                "submission_id", "An id takes {length} bytes of entropy.", length=ENTROPY_BYTES
            )
        high, low = int.from_bytes(entropy[:2]) & 0x0FFF, int.from_bytes(entropy[2:])
        bits = moments.to_ms(achieved_at) << 80 | 0x7000 << 64 | high << 64
        bits |= 0b10 << 62 | low & (1 << 62) - 1
        digits = f"{bits:032x}"
        return cls("-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])))

    @property
    def achieved_at(self) -> datetime:
        """The time inside the id, in UTC, to the millisecond."""
        return moments.from_ms(self._milliseconds)

    @property
    def _milliseconds(self) -> int:
        return int(self.value[:8] + self.value[9:13], 16)

    def __int__(self) -> int:
        """Return the id as a number: a later id is a larger one."""
        return int(self.value.replace("-", ""), 16)

    def check_time(self, now: datetime) -> SubmissionId:
        """Return an id whose time is neither too old nor ahead.

        Raises:
            InvalidValue: over 7 days old, or over 5 minutes ahead of `now`.
        """
        if self.achieved_at < now - OLDEST:
            raise InvalidValue("submission_id", "The submission is over 7 days old.")
        if self.achieved_at > now + FURTHEST_AHEAD:
            raise InvalidValue(
                "submission_id", "The submission lies over 5 minutes ahead: check the clock."
            )
        return self

    def __str__(self) -> str:
        """Return the bare id."""
        return self.value


@dataclass(frozen=True, slots=True)
class Submission:
    """One report of a score.

    Attributes:
        submission_id: its key; the same id sent again is the same submission.
        board_id: the board it is for.
        player: who, as they were called then.
        score: a whole number, |score| <= 10^15.
        writer: the region that took it, or `import`.
        source: what brought it: `form`, `api` or `import`.
        metadata: what the game says beside it, a JSON object as text; empty for nothing.
    """

    submission_id: SubmissionId
    board_id: str
    player: Player
    score: int
    writer: str
    source: str
    metadata: str = ""

    def __post_init__(self) -> None:
        """Refuse a score that no standing can hold, and metadata that is too much."""
        scores.check(self.score)
        if len(self.metadata.encode()) > MAX_METADATA_BYTES:
            raise InvalidValue(
                "metadata", "Metadata takes at most {most} bytes.", most=MAX_METADATA_BYTES
            )

    @property
    def achieved_at(self) -> datetime:
        """When the score was achieved: the time inside the id."""
        return self.submission_id.achieved_at

    def says_the_same_as(self, other: Submission) -> bool:
        """Say whether both report the same: who took them and how does not matter."""
        return self._report == other._report

    @property
    def _report(self) -> tuple[SubmissionId, str, Player, int, str]:
        return self.submission_id, self.board_id, self.player, self.score, self.metadata
