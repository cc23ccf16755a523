"""A jump to a place or a page of a ranking: what was typed, read as a place or refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from leaderboard_app.domain.errors import InvalidValue, mark
from leaderboard_app.domain.scores import LIMIT
from leaderboard_app.usecases.read import PAGE_ROWS
from leaderboard_app.web.languages.numerals import in_plain_digits
from leaderboard_app.web.languages.sentences import told

LAST = "last"
"""Typed by our own link to the last page."""

FURTHEST = LIMIT
"""No ranking has so many players; past its end is its last page."""

_NUMBER = re.compile(r"[0-9]{1,40}")
# As numbers are written here and elsewhere: `12 345`, `12,345`; all blanks are one by then.
_APART = re.compile(r"(?<=[0-9])[.,\u202f](?=[0-9]{3}(?![0-9]))")


class _Refusals(NamedTuple):
    empty: str
    no_number: str
    too_far: str


_NO_PLACE = _Refusals(
    mark("Enter the number of a place, for example 40."),
    mark("Enter the place as a whole number from 1 up, for example 40."),
    mark("No ranking is so long: enter a place up to {most}."),
)
_NO_PAGE = _Refusals(
    mark("Enter the number of a page, for example 40."),
    mark("Enter the page as a whole number from 1 up, for example 40."),
    mark("No ranking is so long: enter a page up to {most}."),
)


@dataclass(frozen=True, slots=True)
class Jump:
    """Where a reader asks to go.

    Attributes:
        typed: as it was typed; nothing where it came from a link.
        place: the first place to show; None where what was typed is none.
        error: why it is none.
    """

    typed: str
    place: int | None = None
    error: str = ""


def asked(args: Mapping[str, str]) -> Jump | None:
    """Return where `at` asks to go, a place or by `by=page` a page; None without it."""
    typed = args.get("at")
    if typed is None:
        return None
    if typed == LAST:
        return Jump("", FURTHEST)
    try:
        return Jump(typed, _place(typed, by_page=args.get("by") == "page"))
    except InvalidValue as error:
        return Jump(typed, error=told(error))


def _place(typed: str, *, by_page: bool) -> int:
    refusals = _NO_PAGE if by_page else _NO_PLACE
    digits = _APART.sub("", in_plain_digits(typed))
    if not digits:
        raise InvalidValue("at", refusals.empty)
    if not _NUMBER.fullmatch(digits) or not int(digits):
        raise InvalidValue("at", refusals.no_number)
    place = (int(digits) - 1) * PAGE_ROWS + 1 if by_page else int(digits)
    if place > FURTHEST:
        most = (FURTHEST - 1) // PAGE_ROWS + 1 if by_page else FURTHEST
        raise InvalidValue("at", refusals.too_far, most=most)
    return place
