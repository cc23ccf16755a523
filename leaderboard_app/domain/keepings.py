"""What is to be stored of one player at once."""

from __future__ import annotations

from dataclasses import dataclass

from leaderboard_app.domain.decisions import MendRequest
from leaderboard_app.domain.holds import Hold
from leaderboard_app.domain.listings import Listing
from leaderboard_app.domain.records import EntryWrite
from leaderboard_app.domain.submissions import Submission


@dataclass(frozen=True, slots=True)
class Keeping:
    """Submissions of one player, and what follows from them.

    Attributes:
        submissions: new ones, each with an id of its own.
        writes: entries, each of another period or writer.
        asks: to other regions, to mend their own.
        listings: under names that the player is new to.
        holds: of other new submissions, which wait for an operator.
    """

    submissions: tuple[Submission, ...] = ()
    writes: tuple[EntryWrite, ...] = ()
    asks: tuple[MendRequest, ...] = ()
    listings: tuple[Listing, ...] = ()
    holds: tuple[Hold, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to store."""
        return not (self.submissions or self.writes or self.asks or self.listings or self.holds)
