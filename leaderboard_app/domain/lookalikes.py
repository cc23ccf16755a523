"""Lookalikes: names that may be taken for another player's, or for the house's own.

Nobody is refused for it: operators are warned. Two names are confusable where their skeletons are
equal (Unicode's UTS 39), capitals and whatever is no letter or digit aside.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from leaderboard_app.domain.confusables import TABLE
from leaderboard_app.domain.players import Player, PlayerId

RESERVED = (
    "admin", "administrator", "anonymous", "deleted", "developer", "game master", "gm", "help",
    "leaderboard", "mod", "moderator", "official", "operator", "owner", "root", "security",
    "staff", "support", "system", "team",
)  # fmt: skip
"""Names that speak for the house. A studio adds its own, see `Settings.reserved_names`."""

_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Likeness:
    """Whom a name may be taken for: the house, by a name of its own, or another player."""

    name: str
    player_id: PlayerId | None = None


def warnings(
    player: Player, others: Iterable[Player], reserved: Sequence[str] = RESERVED
) -> tuple[Likeness, ...]:
    """Return whom a name may be taken for, as an operator should know.

    Args:
        player: whose name it is.
        others: who may be meant by a name that looks the same.
        reserved: names that nobody shall take for the house's.
    """
    own = skeletons(player.name)
    like = [Likeness(name) for name in reserved if own & skeletons(name)]
    alike = {other.player_id: other for other in others if own & skeletons(other.name)}
    alike.pop(player.player_id, None)
    like += (Likeness(other.name, other.player_id) for other in alike.values())
    return tuple(like)


@lru_cache(_REMEMBERED)
def skeletons(name: str) -> frozenset[str]:
    """Return what a name looks like: as it is, in small letters, in capitals.

    By the case a letter looks like others: `I` like `l`, and `i` does not.
    """
    folded = unicodedata.normalize("NFKC", name)
    return frozenset(_skeleton(form) for form in (folded, folded.casefold(), folded.upper()))


def _skeleton(text: str) -> str:
    table = _table()
    like = "".join(table.get(char, char) for char in unicodedata.normalize("NFD", text))
    folded = unicodedata.normalize("NFD", like).casefold()
    # Where nothing but signs is in a name, they are what it looks like.
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LMN") or folded


@cache
def _table() -> dict[str, str]:
    """Return the table, made when it is first asked for: most processes show no operator a name."""
    pairs = (each.split(":") for each in TABLE.split())
    return {chr(int(char, 16)): _characters(like) for char, like in pairs}


def _characters(codes: str) -> str:
    return "".join(chr(int(code, 16)) for code in codes.split("."))
