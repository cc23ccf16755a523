"""What the corner says: the states of scores, and each choice with what will come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from leaderboard_app.domain.deeds import What
from leaderboard_app.domain.reports import State
from leaderboard_app.usecases import corner
from leaderboard_app.usecases.corner import Change


class StateWords(NamedTuple):
    """A state in words, and how much it stands out: `""`, `out` or `waits`."""

    label: str
    kind: str


STATES: Mapping[State, StateWords] = {
    State.COUNTS: StateWords("counts", ""),
    State.HELD: StateWords("held", "waits"),
    State.REMOVED: StateWords("removed", "out"),
    State.BANNED: StateWords("player banned", "out"),
    State.VOIDED: StateWords("voided", "out"),
}

DEEDS: Mapping[What, str] = {
    What.HELD: "held a score",
    What.REMOVED: "removed a score",
    What.RESTORED: "let a score count",
    What.BANNED: "banned the player",
    What.UNBANNED: "took the ban back",
    What.VOIDED: "voided all up to then",
    What.UNVOIDED: "took the voiding back",
    What.PARDONED: "took everything back",
}

_SOON = "It shows here at once, and in the other regions usually within seconds."


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to decide.

    Attributes:
        title: what it is.
        button: the same, as short as a button.
        comes_of_it: what will happen, in whole sentences.
        done: what is said once it is done.
        change: what becomes of a player's profile by it; None where it is about one score.
        restores: whether a score counts by it.
    """

    title: str
    button: str
    comes_of_it: tuple[str, ...]
    done: str
    change: Change | None = None
    restores: bool = False


SCORES: Mapping[str, Choice] = {
    "remove": Choice(
        "Remove this score",
        "Remove",
        (
            "The score counts no more, in any period.",
            "Where it was the player’s best, their next best takes its place.",
            _SOON,
            "The player is not told. The score can be restored.",
        ),
        "The score is removed.",
    ),
    "restore": Choice(
        "Restore this score",
        "Restore",
        (
            "The score counts again, unless its player is banned or it was voided.",
            _SOON,
        ),
        "The score is restored.",
        restores=True,
    ),
    "approve": Choice(
        "Approve this score",
        "Approve",
        ("The score leaves the list of those held, and counts from when it was achieved.", _SOON),
        "The score is approved, and counts.",
        restores=True,
    ),
    "refuse": Choice(
        "Refuse this score",
        "Refuse",
        (
            "The score leaves the list of those held, and goes on to count nowhere.",
            "The player is not told. The score can be restored.",
        ),
        "The score is refused.",
    ),
}

PLAYERS: Mapping[str, Choice] = {
    "ban": Choice(
        "Ban this player",
        "Ban",
        (
            "Nothing of the player’s counts any more, on all boards.",
            "What they send from now on is refused, and they are told so.",
            _SOON,
            "A player of the form can come back under another name.",
            "The ban can be taken back: then all counts as before.",
        ),
        "The player is banned.",
        corner.ban,
    ),
    "unban": Choice(
        "Take the ban back",
        "Take the ban back",
        ("The player may send scores, and theirs count again, but what was removed or voided.",),
        "The ban is taken back.",
        corner.unban,
    ),
    "void": Choice(
        "Void all up to now",
        "Void all up to now",
        (
            "Nothing counts that the player achieved up to this moment, on all boards.",
            "What they achieve from now on does.",
            _SOON,
            "It can be taken back.",
        ),
        "All that the player achieved up to now is voided.",
        corner.void,
    ),
    "unvoid": Choice(
        "Take the voiding back",
        "Take the voiding back",
        ("What was voided counts again, but single scores that were removed.", _SOON),
        "The voiding is taken back.",
        corner.unvoid,
    ),
}


def choices_for(state: State) -> dict[str, Choice]:
    """Return what can be decided about a score in a state."""
    words = {State.HELD: ("approve", "refuse"), State.REMOVED: ("restore",)}
    return {word: SCORES[word] for word in words.get(state, ("remove",))}
