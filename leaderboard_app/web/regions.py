"""Which region serves a page, where the same page is in the others, and how fresh their data is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from leaderboard_app.domain.entries import IMPORT
from leaderboard_app.domain.errors import mark
from leaderboard_app.domain.regions import Freshness, RegionState
from leaderboard_app.web import links
from leaderboard_app.web.context import services
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.presentation import span

_IMPORT = mark("Import")
UNREADABLE = mark("its heartbeat can’t be read just now")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another region: this page there, if its web address is known, and when it was heard from."""

    place: str
    region: str
    url: str
    news: str


def register(app: Flask) -> None:
    """Let templates say where they are served from, and what is known of the other regions."""
    app.add_template_global(here)
    app.add_template_global(place_of)
    app.add_template_global(elsewhere)
    app.add_template_global(is_draining)


def here() -> str:
    """Return the region that serves."""
    return services().region


def place_of(region: str) -> str:
    """Return what people call a region: `Oregon`; for a writer that is no region, its name."""
    if region == IMPORT:
        return say(_IMPORT)
    return services().places.get(region, region).capitalize()


def site_of(state: RegionState) -> str:
    """Return a region's web address, as we were told or as it told; empty where neither was."""
    return services().sites.get(state.region) or state.site or ""


def is_draining() -> bool:
    """Say whether the region that serves is being emptied."""
    return services().regions.seen().is_draining(here())


def elsewhere() -> tuple[Elsewhere, ...]:
    """Return the other regions, each with this page's address there and the age of its data."""
    seen, now = services().regions.seen(), services().clock()
    address = links.below_the_root()
    return tuple(
        Elsewhere(
            place_of(state.region),
            state.region,
            site and site + address,
            news(state, now) if seen.is_known else say(UNREADABLE),
        )
        for state in seen.states
        if state.region != here()
        for site in [site_of(state)]
    )


@dataclass(frozen=True, slots=True)
class Passing:
    """News of a region that change by the second while all is well, and what of them stays."""

    region: str
    words: str
    heartbeat: datetime | None


def passing() -> tuple[Passing, ...]:
    """Return the news that pass: those of the other regions that beat as they should."""
    seen, now = services().regions.seen(), services().clock()
    return tuple(
        Passing(state.region, news(state, now), state.heartbeat)
        for state in seen.states
        if seen.is_known and state.region != here() and state.freshness(now) is Freshness.FRESH
    )


def news(state: RegionState, now: datetime) -> str:
    """Return when a region was last heard from: `heard from 2 s ago`, `silent for 5 min`."""
    said = heard(state, now)
    return say("draining, {heard}", heard=said) if state.draining else said


def heard(state: RegionState, now: datetime) -> str:
    """Return the age of a region's heartbeat in words."""
    age, freshness = state.age(now), state.freshness(now)
    if age is None:
        return say("not heard from yet")
    if freshness is Freshness.SILENT:
        return say("silent for {time}", time=span(age))
    said = say("heard from {time} ago", time=span(age))
    return say("late, {heard}", heard=said) if freshness is Freshness.LATE else said
