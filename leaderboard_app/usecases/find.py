"""Find players of a board by what somebody knows of them: an id, or a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from leaderboard_app.domain import names
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.records import Record
from leaderboard_app.usecases.ports import Store

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A player who may be meant."""

    player: Player


@dataclass(frozen=True, slots=True)
class Matches:
    """All who may be meant.

    Attributes:
        found: whom the id names, whose id the name gives, then who is listed under the name.
        more: whether more are listed than were asked for.
    """

    found: tuple[Found, ...]
    more: bool = False

    def __iter__(self) -> Iterator[Found]:
        """Yield each."""
        return iter(self.found)

    def __len__(self) -> int:
        """Return how many."""
        return len(self.found)


def find(store: Store, board: Board, text: str, now: datetime, limit: int = MOST_FOUND) -> Matches:
    """Return the players whose id or name is a text, in one round trip.

    Names are the same under case folding and NFKC. Whom an id names is found where something of
    theirs counts; a listed player may since have been banned, or have another name: what counts is
    what their page says.

    Raises:
        InvalidValue: it can be neither an id nor a name.
    """
    named = _player_id(text)
    try:
        key = names.player_id_of(names.normalise(text))
    except InvalidValue as error:
        if named is None:
            raise error.renamed("q") from error
        # Longer than a name may be: only an id is.
        key = named.value
    asked = tuple(dict.fromkeys(one for one in (named, PlayerId(key)) if one))
    answer = store.named(board, asked, key, limit, now)
    known = [_player(record) for record in answer.records]
    players: dict[PlayerId, Player] = {}
    for one in (*known, *answer.listed):
        if one:
            players.setdefault(one.player_id, one)
    found = tuple(Found(player) for player in players.values())
    return Matches(found[:limit], more=len(found) > limit or not answer.complete)


def _player_id(text: str) -> PlayerId | None:
    try:
        return PlayerId(text.strip())
    except InvalidValue:
        return None


def _player(record: Record) -> Player | None:
    """Return the player as they were last called on the board; None where nothing counts."""
    latest = max(record.bests().values(), key=lambda entry: entry.achieved_at, default=None)
    return latest.player if latest else None
