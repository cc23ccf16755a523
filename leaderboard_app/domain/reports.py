"""Reports: submissions as operators see them, each with what was decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.records import NOBODY_SPECIAL, Profile, Record
from leaderboard_app.domain.submissions import Submission


class State(StrEnum):
    """What became of a submission."""

    COUNTS = "counts"
    HELD = "held"
    REMOVED = "removed"
    BANNED = "banned"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class Removal:
    """A removal of a submission.

    Attributes:
        act: who removed it, or restored it last, why and when.
        stands: whether the submission counts nowhere by it.
        held: whether the board's rule made it, and no operator has looked at it yet.
    """

    act: Act
    stands: bool = True
    held: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A submission with what was decided about it and its player."""

    submission: Submission
    removal: Removal | None = None
    profile: Profile = NOBODY_SPECIAL

    @property
    def state(self) -> State:
        """What became of it: held before removed, and what is about it before its player."""
        if self.removal and self.removal.stands:
            return State.HELD if self.removal.held else State.REMOVED
        if self.profile.banned:
            return State.BANNED
        voided_at = self.profile.voided_at
        is_void = voided_at is not None and self.submission.achieved_at <= voided_at
        return State.VOIDED if is_void else State.COUNTS


@dataclass(frozen=True, slots=True)
class Reports:
    """Some reports, latest first.

    Attributes:
        reports: those that are there.
        past: where the next ones follow; None where there are no more.
    """

    reports: tuple[Report, ...]
    past: int | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is known of a player on a board.

    Attributes:
        record: entries, removals and profile.
        decided: who decided last about all of the player's scores; None where nobody did.
        reports: all submissions that are still kept, latest first.
    """

    record: Record
    decided: Act | None
    reports: tuple[Report, ...]
