"""Chunks: as many submissions as fit into a transaction, with the entries that they raise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import compress, islice
from typing import Any

from leaderboard_app.domain.boards import SUBMISSIONS_KEPT, Board
from leaderboard_app.domain.entries import Entry, merge
from leaderboard_app.domain.listings import Listing, listings_of
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import EntryWrite
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway import conditions, items
from leaderboard_app.gateway.directory import listing_item

MAX_ACTIONS = 100
"""As many actions fit into a transaction."""

WINDOW = 5_000
"""Within so many submissions, those of one player are brought together."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Submissions that go into one transaction, with the entries that they raise together.

    Attributes:
        board: theirs.
        submissions: each once.
        entries: the highest of each, by player and period.
        listings: of the names that entries bring, by what tells them apart.
        now: decides which periods are still kept.
        unranked: the players whose entries are left out of the indexes.
    """

    board: Board
    submissions: tuple[Submission, ...]
    entries: Mapping[tuple[str, str], Entry]
    listings: Mapping[tuple[str, str, str], Listing]
    now: datetime
    unranked: Container[PlayerId] = ()

    @classmethod
    def of(
        cls,
        board: Board,
        submissions: Iterable[Submission],
        now: datetime,
        unranked: Container[PlayerId] = (),
    ) -> Chunk:
        """Return the chunk of submissions and of all that they raise."""
        taken = tuple(submissions)
        highest: dict[tuple[str, str], Entry] = {}
        for submission in taken:
            player_id = submission.player.player_id
            ranked = player_id not in unranked
            for period in board.open_periods(submission.achieved_at, now):
                entry = Entry.of(submission, board, period, ranked=ranked)
                key = player_id.value, period.key
                before = highest.get(key)
                if before is None or before.height(board.operator) < entry.height(board.operator):
                    highest[key] = entry
        return cls(board, taken, highest, listings_of(highest.values()), now, unranked)

    def __len__(self) -> int:
        """Return how many actions it takes."""
        return len(self.submissions) + len(self.entries) + len(self.listings)

    @property
    def periods(self) -> list[Period]:
        """The periods in which its entries stand."""
        return list({entry.period.key: entry.period for entry in self.entries.values()}.values())

    def joined_by(self, other: Chunk) -> Chunk:
        """Return both as one."""
        together = merge(self.entries, other.entries, self.board.operator)
        return replace(
            self,
            submissions=self.submissions + other.submissions,
            entries=together,
            listings={**self.listings, **other.listings},
        )

    def actions(self, table: str) -> list[Any]:
        """Return the transaction's actions: the submissions, the entries, then the listings."""
        expires_at = self.now + SUBMISSIONS_KEPT
        puts = [
            (items.submission_item(submission, expires_at), conditions.if_new())
            for submission in self.submissions
        ]
        rising = partial(conditions.if_it_rises, operator=self.board.operator)
        puts += (
            (items.entry_item(entry, self.board), rising(EntryWrite(entry)))
            for entry in self.entries.values()
        )
        puts += ((listing_item(one, self.board), {}) for one in self.listings.values())
        return [{"Put": {"TableName": table, "Item": item, **only}} for item, only in puts]

    def without(self, refused: Sequence[bool]) -> Chunk:
        """Return the chunk without the actions that were refused, as there is more already."""
        passed = [not no for no in refused]
        count = len(self.submissions)
        left = self
        if not all(passed[:count]):
            left = Chunk.of(self.board, compress(self.submissions, passed), self.now, self.unranked)
        # What was outdone once stays out, whichever submission would raise it now.
        rising = frozenset(compress(self.entries, passed[count:]))
        entries = {key: entry for key, entry in left.entries.items() if key in rising}
        return replace(left, entries=entries)


def chunks_of(
    board: Board,
    submissions: Iterable[Submission],
    now: datetime,
    unranked: Container[PlayerId] = (),
) -> Iterator[Chunk]:
    """Yield chunks that each fill a transaction."""
    taken = Chunk.of(board, (), now, unranked)
    # So few of a player that they fit into a transaction, whatever they raise and are called.
    for some in _by_player(submissions, MAX_ACTIONS // (2 + len(board.periods))):
        more = Chunk.of(board, some, now, unranked)
        if len(taken) + len(more) > MAX_ACTIONS:
            yield taken
            taken = more
        else:
            taken = taken.joined_by(more)
    if taken:
        yield taken


def _by_player(submissions: Iterable[Submission], most: int) -> Iterator[Sequence[Submission]]:
    """Yield submissions, each once, those of a player together: at most `most`.

    Two transactions that raise one entry would cancel one another, which costs each another try.
    """
    coming = iter(submissions)
    while window := list(islice(coming, WINDOW)):
        players: dict[str, dict[str, Submission]] = defaultdict(dict)
        for one in window:
            players[one.player.player_id.value][one.submission_id.value] = one
        for own in players.values():
            each = list(own.values())
            yield from (each[first : first + most] for first in range(0, len(each), most))
