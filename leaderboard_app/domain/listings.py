"""Listings: under which names the players of a board are found.

Of a form's player the name gives the id, so nothing has to be kept. A game server sends an opaque
id beside the name: who comes by a name anew is listed under it. A listing is a hint and no truth:
it leads to a player, whose record says what they are called and what counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leaderboard_app.domain import names
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.players import Player
from leaderboard_app.domain.records import EntryWrite, Record


@dataclass(frozen=True, slots=True)
class Listing:
    """A player, listed under their name by one writer.

    Attributes:
        player: as they were called then.
        writer: who lists them: no two regions write the same item (invariant 1).
    """

    player: Player
    writer: str

    @property
    def key(self) -> str:
        """What all names have in common that differ by case or form alone."""
        return names.player_id_of(self.player.name)


def listings_of(entries: Iterable[Entry]) -> dict[tuple[str, str, str], Listing]:
    """Return the listings without which an entry's player could not be found, by what is unique."""
    found: dict[tuple[str, str, str], Listing] = {}
    for entry in entries:
        player_id, key = entry.player.player_id.value, names.player_id_of(entry.player.name)
        if key != player_id:
            found[player_id, key, entry.writer] = Listing(entry.player, entry.writer)
    return found


def new_listings(record: Record, writes: Sequence[EntryWrite]) -> tuple[Listing, ...]:
    """Return the listings of names that the writes bring, and no entry of the player had yet.

    Of a submission that is sent again, those that it brought: perhaps it is sent again because they
    could not be stored, when all else could.
    """
    again = record.submission.submission_id if record.submission else None
    known = {entry.player.name for entry in record.entries if entry.submission_id != again}
    brought = [write.entry for write in writes]
    brought += (entry for entry in record.entries if entry.submission_id == again)
    return tuple(listings_of(e for e in brought if e.player.name not in known).values())
