"""Made-up players: names put together from the parts in names.json, in many scripts.

names.json holds *voices*: the name parts of one language, how many players each of its countries
gets, and which *shapes* its names take. First parts are given names or words, second parts are
words ("lightning", "hedgehog"): nobody is called so, and everybody could be in a game. *Singles*
are whole names which try something that parts can't: emoji, quotes, one character, 32 characters.
"""

from __future__ import annotations

import itertools
import json
import random
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

SOURCE = Path(__file__).with_name("names.json")

# Numbers that players put behind a name; those which some groups use as a sign are left out.
NUMBERS = (2, 3, 4, 5, 7, 8, 9, 11, 12, 21, 23, 27, 42, 55, 64, 72, 77, 99, 101, 256, 404, 2048)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Voice:
    """The names of one language.

    Attributes:
        countries: how many players to make, by ISO 3166-1 alpha-2 code.
        shapes: templates with `{first}`, `{second}`, `{number}`.
        first, second: the parts.
    """

    countries: Mapping[str, int]
    shapes: Sequence[str]
    first: Sequence[str]
    second: Sequence[str]


@dataclass(frozen=True, slots=True)
class MadePlayer:
    """A name and the country it is plausible in."""

    name: str
    country: str


class Dice:
    """Random draws that come out the same in every Python.

    `random.Random` promises that for `random()` alone, not for `choice` or `shuffle`.
    """

    def __init__(self, seed: int) -> None:
        """Start the sequence that belongs to the seed."""
        self._random = random.Random(seed)

    def fraction(self) -> float:
        """Draw from 0 (included) to 1 (not included)."""
        return self._random.random()

    def below(self, end: int) -> int:
        """Draw a whole number from 0 to `end` - 1."""
        return int(self.fraction() * end)

    def pick(self, choices: Sequence[_T]) -> _T:
        """Draw one of the choices."""
        return choices[self.below(len(choices))]

    def shuffled(self, items: Sequence[_T]) -> list[_T]:
        """Return the items in a random order."""
        order = sorted((self.fraction(), place) for place in range(len(items)))
        return [items[place] for _, place in order]


def made_players(dice: Dice, source: Path = SOURCE) -> list[MadePlayer]:
    """Return all players that the source asks for, no two the same under NFKC and case folding.

    Raises:
        ValueError: a voice has too few parts for the players that its countries ask for.
    """
    document = json.loads(source.read_text(encoding="utf-8"))
    players = [MadePlayer(single["name"], single["country"]) for single in document["singles"]]
    taken = {folded(player.name) for player in players}
    for entry in document["voices"]:
        players += _players_of(_voice(entry, document["shapes"]), taken, dice)
    return players


def folded(name: str) -> str:
    """Return what two names have in common when they belong to the same player."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _voice(entry: Mapping[str, Any], shapes: Mapping[str, Sequence[str]]) -> Voice:
    return Voice(
        countries=entry["countries"],
        shapes=shapes[entry["shapes"]],
        first=entry["first"].split(", "),
        second=entry["second"].split(", "),
    )


def _players_of(voice: Voice, taken: set[str], dice: Dice) -> Iterator[MadePlayer]:
    names = _names(voice, dice)
    for country, count in voice.countries.items():
        for _ in range(count):
            name = next((name for name in names if folded(name) not in taken), None)
            if name is None:
                raise ValueError(f"Too few name parts for the players of {country}: add some.")
            taken.add(folded(name))
            yield MadePlayer(name, country)


def _names(voice: Voice, dice: Dice) -> Iterator[str]:
    for first, second in dice.shuffled(list(itertools.product(voice.first, voice.second))):
        shape = dice.pick(voice.shapes)
        yield shape.format(first=first, second=second, number=dice.pick(NUMBERS))
