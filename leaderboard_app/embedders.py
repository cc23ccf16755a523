"""Who may show our boards in a frame of their own page, as a setting says it."""

from __future__ import annotations

import re

ANYBODY = "*"
NOBODY = "'none'"

_ORIGIN = re.compile(r"https?://(?:\*\.)?[a-z0-9.-]{1,253}(?::(?:[0-9]{1,5}|\*))?")


def embedders(text: str) -> tuple[str, ...]:
    """Return the sources of `frame-ancestors`: `*`, or origins apart by blanks; nobody where empty.

    Raises:
        ValueError: something in it is no origin, such as an address with a path.
    """
    named = tuple(text.split())
    if named in {(), (ANYBODY,)}:
        return named or (NOBODY,)
    for one in named:
        # Anything else might end the directive, and with it the policy.
        if not _ORIGIN.fullmatch(one):
            raise ValueError(f"{one!r} is no origin, such as https://game.example")
    return named
