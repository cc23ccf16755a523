"""Tabs: links to the kinds of period that a board keeps, each to the one of now."""

from __future__ import annotations

from collections.abc import Callable, Container
from datetime import datetime
from typing import NamedTuple

from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.presentation import TABS


class Tab(NamedTuple):
    """A link to another period of the same board."""

    label: str
    url: str
    is_current: bool = False


def of(
    kinds: Container[PeriodKind], current: PeriodKind, leads_to: Callable[[str], str]
) -> tuple[Tab, ...]:
    """Return a board's tabs.

    Args:
        kinds: the kinds of period that it keeps.
        current: the kind that is shown.
        leads_to: returns the address for a period's word.
    """
    return tuple(
        Tab(say(label), leads_to(word(kind)), kind is current)
        for kind, label in TABS.items()
        if kind in kinds
    )


def word(kind: PeriodKind) -> str:
    """Return what `period` says for the period of now: a link with it lasts."""
    return "" if kind is PeriodKind.ALL else str(kind)


def word_of(period: Period, now: datetime) -> str:
    """Return what `period` says for a period: a word where it is now's, else its key."""
    is_current = period == Period.containing(period.kind, now)
    return word(period.kind) if is_current else period.key
