"""What the corner says: the states of scores, and each choice with what will come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from leaderboard_app.domain import holds
from leaderboard_app.domain.deeds import What
from leaderboard_app.domain.errors import mark
from leaderboard_app.domain.reports import State
from leaderboard_app.usecases import corner
from leaderboard_app.usecases.corner import Change
from leaderboard_app.web.languages.sentences import say


class StateWords(NamedTuple):
    """A state in words, and how much it stands out: `""`, `out` or `waits`."""

    label: str
    kind: str


STATES: Mapping[State, StateWords] = {
    State.COUNTS: StateWords(mark("counts"), ""),
    State.HELD: StateWords(mark("held"), "waits"),
    State.REMOVED: StateWords(mark("removed"), "out"),
    State.BANNED: StateWords(mark("player banned"), "out"),
    State.VOIDED: StateWords(mark("voided"), "out"),
}

SOURCES: Mapping[str, str] = {
    "form": mark("form"),
    "api": mark("API"),
    "import": mark("import"),
}
"""How scores come in."""

DEEDS: Mapping[What, str] = {
    What.HELD: mark("held a score"),
    What.REMOVED: mark("removed a score"),
    What.RESTORED: mark("let a score count"),
    What.BANNED: mark("banned the player"),
    What.UNBANNED: mark("took the ban back"),
    What.VOIDED: mark("voided all up to then"),
    What.UNVOIDED: mark("took the voiding back"),
    What.PARDONED: mark("took everything back"),
}

_SOON = mark("It shows here at once, and in the other regions usually within seconds.")


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
        mark("Remove this score"),
        mark("Remove"),
        (
            mark("The score counts no more, in any period."),
            mark("Where it was the player’s best, their next best takes its place."),
            _SOON,
            mark("The player is not told. The score can be restored."),
        ),
        mark("The score is removed."),
    ),
    "restore": Choice(
        mark("Restore this score"),
        mark("Restore"),
        (
            mark("The score counts again, unless its player is banned or it was voided."),
            _SOON,
        ),
        mark("The score is restored."),
        restores=True,
    ),
    "approve": Choice(
        mark("Approve this score"),
        mark("Approve"),
        (
            mark("The score leaves the list of those held, and counts from when it was achieved."),
            _SOON,
        ),
        mark("The score is approved, and counts."),
        restores=True,
    ),
    "refuse": Choice(
        mark("Refuse this score"),
        mark("Refuse"),
        (
            mark("The score leaves the list of those held, and goes on to count nowhere."),
            mark("The player is not told. The score can be restored."),
        ),
        mark("The score is refused."),
    ),
}

PLAYERS: Mapping[str, Choice] = {
    "ban": Choice(
        mark("Ban this player"),
        mark("Ban"),
        (
            mark("Nothing of the player’s counts any more, on all boards."),
            mark("What they send from now on is refused, and they are told so."),
            _SOON,
            mark("A player of the form can come back under another name."),
            mark("The ban can be taken back: then all counts as before."),
        ),
        mark("The player is banned."),
        corner.ban,
    ),
    "unban": Choice(
        mark("Take the ban back"),
        mark("Take the ban back"),
        (
            mark(
                "The player may send scores, and theirs count again, "
                "but what was removed or voided."
            ),
        ),
        mark("The ban is taken back."),
        corner.unban,
    ),
    "void": Choice(
        mark("Void all up to now"),
        mark("Void all up to now"),
        (
            mark("Nothing counts that the player achieved up to this moment, on all boards."),
            mark("What they achieve from now on does."),
            _SOON,
            mark("It can be taken back."),
        ),
        mark("All that the player achieved up to now is voided."),
        corner.void,
    ),
    "unvoid": Choice(
        mark("Take the voiding back"),
        mark("Take the voiding back"),
        (mark("What was voided counts again, but single scores that were removed."), _SOON),
        mark("The voiding is taken back."),
        corner.unvoid,
    ),
}


def who(by: str) -> str:
    """Return who decided: an operator by name, or the board's rule."""
    return say(by) if by == holds.BY else by


def choices_for(state: State) -> dict[str, Choice]:
    """Return what can be decided about a score in a state."""
    words = {State.HELD: ("approve", "refuse"), State.REMOVED: ("restore",)}
    return {word: SCORES[word] for word in words.get(state, ("remove",))}
