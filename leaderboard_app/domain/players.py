"""Players: an opaque id, a display name and a country."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leaderboard_app.domain import names
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.errors import InvalidValue

# In an address, browsers take these for folders: such a player's page could not be opened.
_NO_PATH = frozenset({".", ".."})
_PLAYER_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


@dataclass(frozen=True, slots=True, order=True)
class PlayerId:
    """An opaque key of 1 to 64 characters out of `A-Z a-z 0-9 _ . : -`."""

    value: str

    def __post_init__(self) -> None:
        """Refuse what is no id."""
        if not _PLAYER_ID.fullmatch(self.value) or self.value in _NO_PATH:
            raise InvalidValue(
                "player_id",
                "A player id has 1 to 64 characters: letters A to Z, digits and _ . : - only.",
            )

    def __str__(self) -> str:
        """Return the bare id."""
        return self.value


@dataclass(frozen=True, slots=True)
class Player:
    """Who a score belongs to: the id counts, name and country are shown.

    `name` must stand in its kept form; `Player.named` takes it as typed.
    """

    player_id: PlayerId
    name: str
    country: Country

    def __post_init__(self) -> None:
        """Refuse a name that is not in its kept form."""
        if names.normalise(self.name) != self.name:
            raise InvalidValue("name", "The name is not normalised.")

    @classmethod
    def named(cls, name: str, country: Country, player_id: PlayerId | None = None) -> Player:
        """Return the player of a typed name; where no id is given, the name gives it.

        Raises:
            InvalidValue: the name is refused (see `names.normalise`).
        """
        kept = names.normalise(name)
        return cls(player_id or PlayerId(names.player_id_of(kept)), kept, country)
