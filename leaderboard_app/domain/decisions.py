"""What operators decide about players and their scores, and the mending that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.players import PlayerId

MAX_REASON = 500

SETTLING = timedelta(minutes=15)
"""How long after a region first saw a request it keeps mending: what belongs together may arrive in
any order, and what arrives late is mended the next time."""


@dataclass(frozen=True, slots=True)
class Act:
    """One decision of an operator.

    Attributes:
        act_id: tells it from every other.
        by: who decided.
        why: for those who ask later; 1 to 500 characters.
        at: when.
    """

    act_id: str
    by: str
    why: str
    at: datetime

    def __post_init__(self) -> None:
        """Refuse a decision that nobody stands for or explains."""
        for field, text in (("by", self.by), ("why", self.why)):
            if not 1 <= len(text.strip()) <= MAX_REASON:
                raise InvalidValue(
                    field, "Say {field}: 1 to {most} characters.", field=field, most=MAX_REASON
                )


@dataclass(frozen=True, slots=True)
class MendRequest:
    """One region's task to put a player's entries right.

    After an act, wherever it was decided; or because another region took a better score.

    Attributes:
        region: whose task it is.
        player_id: whose entries, on all boards.
        act_id: the act that asks for it, or the submission.
        seen_at: when the region first worked on it; None before.
    """

    region: str
    player_id: PlayerId
    act_id: str
    seen_at: datetime | None = None

    def is_settled(self, now: datetime) -> bool:
        """Say whether all that belongs to the act has had its time to arrive."""
        return self.seen_at is not None and now - self.seen_at >= SETTLING
