"""Is this region alive, and shall traffic come here? For load balancers, alarms and people."""

from __future__ import annotations

from flask import Blueprint, Response

from leaderboard_app.usecases.ports import StoreUnavailable
from leaderboard_app.web.context import services
from leaderboard_app.web.machines import answer, unavailable

blueprint = Blueprint("health", __name__)

STORE_AWAY = "The table of this region does not answer."
DRAINING = "This region is draining: lead traffic to another."

DRAINING_RETRY_AFTER = 60
"""Seconds: who drains a region does not readmit it within the minute."""


@blueprint.get("/livez")
def live() -> Response:
    """Say that the process answers; asks nothing of anybody."""
    return answer({"status": "ok", "region": services().region})


@blueprint.get("/healthz")
def healthy() -> Response:
    """Say whether traffic shall come: the table answers in a second, and no operator objects.

    Replication and the other regions have no say in it.
    """
    try:
        draining = services().store.roster.draining(services().region)
    except StoreUnavailable as error:
        return unavailable(STORE_AWAY, error.retry_after)
    if draining:
        return unavailable(DRAINING, DRAINING_RETRY_AFTER)
    return answer({"status": "ok", "region": services().region, "store": "ok"})
