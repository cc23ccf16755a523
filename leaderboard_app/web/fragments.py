"""Pieces of a board's page that many readers get alike: written out once and then remembered."""

from __future__ import annotations

from functools import lru_cache

from flask import get_template_attribute
from markupsafe import Markup

from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.periods import PeriodKind
from leaderboard_app.web import tabs
from leaderboard_app.web.links import BoardLinks
from leaderboard_app.web.tabs import Tab

# Their keys come from addresses: few are remembered, so that no reader can fill the memory.
_remembered = lru_cache(maxsize=128)


@_remembered
def tab_bar(
    links: BoardLinks, kinds: tuple[PeriodKind, ...], current: PeriodKind, country: Country | None
) -> Markup:
    """Return the tabs that lead to the rankings of now, one of a kind of period each."""
    shown = tabs.of(kinds, current, lambda word: links.ranking(word, country))
    return written("_band.html", "tab_links", shown)


@_remembered
def board_bar(boards: tuple[Tab, ...]) -> Markup:
    """Return the links to other boards."""
    return written("_band.html", "boards_beside", boards)


@_remembered
def forms(links: BoardLinks, period: str, country: str) -> Markup:
    """Return the forms that look for a player and choose a country."""
    return written("_forms.html", "above", links, period, country)


@_remembered
def jump_form(links: BoardLinks, period: str, country: str) -> Markup:
    """Return the form that leads to any place, with nothing typed into it."""
    return written("_forms.html", "jump_form", links.board, period, country)


def written(template: str, macro: str, *values: object) -> Markup:
    """Return what a macro writes, remembered by nobody."""
    made: Markup = get_template_attribute(template, macro)(*values)
    return made
