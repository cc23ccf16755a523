"""Deeds: what operators and the boards' own rules did, as the log keeps it for good."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import NOBODY_SPECIAL, Profile
from leaderboard_app.domain.submissions import SubmissionId


class What(StrEnum):
    """What was done: to a score, or to all of a player's."""

    HELD = "held"
    REMOVED = "removed"
    RESTORED = "restored"
    BANNED = "banned"
    UNBANNED = "unbanned"
    VOIDED = "voided"
    UNVOIDED = "unvoided"
    PARDONED = "pardoned"

    @classmethod
    def between(cls, before: Profile, after: Profile) -> What:
        """Return what makes a profile another one; pardoned where that is several things."""
        changed = before.banned != after.banned, before.voided_at != after.voided_at
        if changed == (True, False):
            return cls.BANNED if after.banned else cls.UNBANNED
        if changed == (False, True):
            return cls.VOIDED if after.voided_at else cls.UNVOIDED
        if after == NOBODY_SPECIAL:
            return cls.PARDONED
        return cls.BANNED if after.banned else cls.VOIDED


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the log.

    Attributes:
        act: who did it, why and when.
        what: what it was.
        player_id: whose scores it concerns.
        board_id, submission_id: the score; None where it concerns all of the player's.
    """

    act: Act
    what: What
    player_id: PlayerId
    board_id: str | None = None
    submission_id: SubmissionId | None = None
