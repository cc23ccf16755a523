"""The operators' corner: decide about what stands there, told where there is nothing to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from leaderboard_app.domain import names
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.errors import InvalidValue, NothingToDecide
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.records import Ownership, Profile
from leaderboard_app.domain.reports import Report, State
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.usecases import moderate
from leaderboard_app.usecases.find import find
from leaderboard_app.usecases.ports import ModeratedStore, Release

Change = Callable[[Profile, datetime], Profile]
"""Returns what a profile becomes by an act of a time."""


def ban(profile: Profile, _: datetime) -> Profile:
    """Let nothing of the player's count, whatever they send."""
    return replace(profile, banned=True)


def unban(profile: Profile, _: datetime) -> Profile:
    """Take a ban back; what was voided stays so."""
    return replace(profile, banned=False)


def void(profile: Profile, at: datetime) -> Profile:
    """Let nothing count that the player achieved up to now."""
    return replace(profile, voided_at=at)


def unvoid(profile: Profile, _: datetime) -> Profile:
    """Let count again what was voided."""
    return replace(profile, voided_at=None)


def report(
    store: ModeratedStore, board: Board, player_id: PlayerId, submission_id: SubmissionId
) -> Report:
    """Return a submission with what was decided about it.

    Raises:
        NothingToDecide: there is none, here or any more.
    """
    found = store.logbook.find(board, player_id, submission_id)
    if found is None:
        raise NothingToDecide(
            "That score is not here: it was never sent, its time is over, or it has yet to arrive "
            "from another region. Nothing was changed."
        )
    return found


def remove(
    store: ModeratedStore, board: Board, found: Report, act: Act, ownership: Ownership
) -> None:
    """Take a score out, a held one for good.

    Raises:
        NothingToDecide: it is out already.
        StoreUnavailable: as `moderate.remove` has it.
    """
    if found.removal and found.state is State.REMOVED:
        removed = found.removal.act
        raise NothingToDecide(
            "That score is removed already by {by} (“{why}”): nothing was changed.",
            by=removed.by,
            why=removed.why,
        )
    one = found.submission
    player_id, submission_id = one.player.player_id, one.submission_id
    moderate.remove(store, board, player_id, submission_id, act, ownership, _held(found, board))


def restore(
    store: ModeratedStore, board: Board, found: Report, act: Act, ownership: Ownership
) -> None:
    """Let a removed or held score count.

    Raises:
        NothingToDecide: nothing holds it back.
        StoreUnavailable: as `moderate.remove` has it.
    """
    if found.removal is None:
        raise NothingToDecide("That score is in the ranking already: nothing was changed.")
    if not found.removal.stands:
        restored = found.removal.act
        raise NothingToDecide(
            "That score is in the ranking already by {by} (“{why}”): nothing was changed.",
            by=restored.by,
            why=restored.why,
        )
    one = found.submission
    player_id, submission_id = one.player.player_id, one.submission_id
    moderate.restore(store, board, player_id, submission_id, act, ownership, _held(found, board))


def change(
    store: ModeratedStore,
    before: Profile,
    player_id: PlayerId,
    how: Change,
    act: Act,
    ownership: Ownership,
) -> None:
    """Decide about all of a player's scores, on all boards.

    Raises:
        NothingToDecide: it stands so already, or somebody else decided meanwhile.
        StoreUnavailable: as `moderate.remove` has it.
    """
    after = how(before, act.at)
    if after == before:
        raise NothingToDecide("It stands so already: nothing was changed.")
    moderate.set_profile(store, player_id, after, act, ownership, instead_of=before)


def look_up(
    store: ModeratedStore, board: Board, text: str, now: datetime
) -> tuple[tuple[Player, ...], bool]:
    """Return who may be meant by an id or a name, and whether there are more.

    Unlike the players' own search it also finds those of whom nothing counts.

    Raises:
        InvalidValue: it can be neither an id nor a name.
    """
    matches = find(store, board, text, now)
    players = {found.player.player_id: found.player for found in matches}
    for player_id in _ids(text):
        if player_id not in players and (player := _whoever(store, board, player_id, now)):
            players[player_id] = player
    return tuple(players.values()), matches.more


def _ids(text: str) -> list[PlayerId]:
    """Return the id that a text is, and the one that it gives as a name."""
    found = []
    for given in (str.strip, lambda name: names.player_id_of(names.normalise(name))):
        try:
            found.append(PlayerId(given(text)))
        except InvalidValue:
            continue
    return found


def _whoever(
    store: ModeratedStore, board: Board, player_id: PlayerId, now: datetime
) -> Player | None:
    record, latest = store.history(board, player_id, 1, now)
    known = [*(one.player for one in latest), *(entry.player for entry in record.entries)]
    return known[0] if known else None


def _held(found: Report, board: Board) -> Release | None:
    return (found.submission, board) if found.state is State.HELD else None
