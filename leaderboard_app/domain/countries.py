"""Countries: their codes, the names people know them by, and their flags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from leaderboard_app.domain.country_names import NAMES_BY_CODE
from leaderboard_app.domain.errors import InvalidValue

NAMES: Mapping[str, str] = MappingProxyType(NAMES_BY_CODE)
"""English name (CLDR) by ISO 3166-1 alpha-2 code, in the order a list of names shows them."""

_REGIONAL_INDICATOR_A = 0x1F1E6
_QUOTED_AT_MOST = 20


@dataclass(frozen=True, slots=True, order=True)
class Country:
    """A country by its ISO 3166-1 alpha-2 code in capitals; XK (Kosovo) counts as one.

    Raises:
        InvalidValue: the code is none of `NAMES`.
    """

    code: str

    def __post_init__(self) -> None:
        """Refuse what is no country's code."""
        if self.code not in NAMES:
            raise _unknown(self.code)

    @classmethod
    def parse(cls, text: str) -> Country:
        """Return the country of a typed code: any case, blanks around it allowed, nothing else.

        Raises:
            InvalidValue: the text is no country's code.
        """
        code = text.strip()
        # Only ASCII: the capitals of "ß" are "SS", which would be South Sudan.
        if not code.isascii() or code.upper() not in NAMES:
            raise _unknown(text)
        return cls(code.upper())

    @property
    def name(self) -> str:
        """The English name, as people know it: "South Korea", not the formal one."""
        return NAMES[self.code]

    @property
    def flag(self) -> str:
        """The flag emoji; Windows shows the two letters, so print the name beside it."""
        return flag(self.code)

    def __str__(self) -> str:
        """Return the bare code."""
        return self.code


def flag(code: str) -> str:
    """Return the flag emoji of a country: its code in regional indicator symbols.

    Raises:
        InvalidValue: the code is none of `NAMES`.
    """
    if code not in NAMES:
        raise _unknown(code)
    return "".join(chr(_REGIONAL_INDICATOR_A + ord(letter) - ord("A")) for letter in code)


def _unknown(text: str) -> InvalidValue:
    shown = text if len(text) <= _QUOTED_AT_MOST else text[:_QUOTED_AT_MOST] + "…"
    return InvalidValue(
        "country",
        "Choose a country by the two letters of ISO 3166-1, such as FI: “{typed}” is none.",
        # As a literal: what can be turned or not be seen is escaped.
        typed=repr(shown)[1:-1],
    )
