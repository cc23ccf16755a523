"""All regions as seen from this one: a page for people, JSON for machines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint, Response, make_response, render_template, request, url_for

from leaderboard_app import __version__
from leaderboard_app.domain.errors import mark
from leaderboard_app.domain.regions import Freshness, RegionState
from leaderboard_app.usecases.regions import MAX_AGE, Seen
from leaderboard_app.web.context import services
from leaderboard_app.web.head import JSON, Alternate, Head
from leaderboard_app.web.health import STORE_AWAY
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.links import machine_url
from leaderboard_app.web.machines import answer, unavailable
from leaderboard_app.web.regions import heard, here, place_of, site_of

blueprint = Blueprint("status", __name__)

_HTML = "text/html"
_RETRY_AFTER = MAX_AGE.seconds

ALL_IS_WELL = mark("All regions are heard from and in service.")
NOTHING_KNOWN = mark(
    "This region’s table does not answer, so nothing is known of any region just now."
)


@dataclass(frozen=True, slots=True)
class Line:
    """A region as the page shows it."""

    state: RegionState
    now: datetime

    @property
    def place(self) -> str:
        """What people call it."""
        return place_of(self.state.region)

    @property
    def is_here(self) -> bool:
        """Whether it serves this page."""
        return self.state.region == here()

    @property
    def heard(self) -> str:
        """The age of its heartbeat in words."""
        return heard(self.state, self.now)

    @property
    def is_fresh(self) -> bool:
        """Whether that is as it should be."""
        return self.state.freshness(self.now) is Freshness.FRESH

    @property
    def heartbeat(self) -> str:
        """When the heartbeat was, for machines; empty without one."""
        return _iso(self.state.heartbeat) or ""


@blueprint.get("/status")
def show() -> Response:
    """Show all regions, as a page or as JSON, whichever is asked for."""
    if request.accept_mimetypes.best_match([_HTML, JSON], _HTML) == JSON:
        response = show_json()
    else:
        response = _page(services().regions.seen(), services().clock())
    response.vary.add("Accept")
    return response


@blueprint.get("/status.json")
def show_json() -> Response:
    """Return all regions; a problem where they can't be read."""
    seen, now = services().regions.seen(), services().clock()
    if not seen.is_known:
        return unavailable(STORE_AWAY, _RETRY_AFTER)
    regions = [_for_machines(state, now) for state in seen.states]
    return answer({"region": here(), "version": __version__, "at": _iso(now), "regions": regions})


def _page(seen: Seen, now: datetime) -> Response:
    lines = [Line(state, now) for state in seen.states] if seen.is_known else []
    verdict = list(_verdict(lines)) if lines else [say(NOTHING_KNOWN)]
    html = render_template(
        "status.html",
        lines=lines,
        verdict=verdict or [say(ALL_IS_WELL)],
        version=__version__,
        head=_head(),
    )
    if seen.is_known:
        return make_response(html)
    return make_response(html, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": str(_RETRY_AFTER)})


def _head() -> Head:
    said = say("Which regions serve the leaderboard, and when each was last heard from.")
    data = Alternate(JSON, "status.json", machine_url("status.show_json"))
    return Head(say("Status"), said, url_for("status.show"), (data,))


def _verdict(lines: list[Line]) -> Iterator[str]:
    """Yield a sentence for all that is not as on a quiet day."""
    for line in lines:
        if not line.is_fresh:
            yield say("{place}: {heard}.", place=line.place, heard=line.heard)
        if line.state.draining:
            yield say("{place} is draining: traffic is led to the others.", place=line.place)


def _for_machines(state: RegionState, now: datetime) -> dict[str, object]:
    # Who drains a region, and why, is for operators: this page is everybody's.
    age, draining = state.age(now), state.draining
    return {
        "region": state.region,
        "place": place_of(state.region),
        "here": state.region == here(),
        "site": site_of(state) or None,
        "state": str(state.freshness(now)),
        "heartbeat": _iso(state.heartbeat),
        "age_seconds": None if age is None else age.total_seconds(),
        "version": state.version or None,
        "draining": draining is not None,
        "draining_since": _iso(draining.since) if draining else None,
    }


def _iso(moment: datetime | None) -> str | None:
    """Return a UTC time as `2026-11-23T12:00:00Z`; None for none."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None
