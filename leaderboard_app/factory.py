"""Puts the app together: settings in, a Flask app out."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime

from flask import Flask

from leaderboard_app import web
from leaderboard_app.domain.lookalikes import RESERVED
from leaderboard_app.domain.records import Ownership
from leaderboard_app.gateway.clock import utc_now
from leaderboard_app.gateway.reaches import DIRECT_READ_UNITS, reach_of
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.metrics import Metrics
from leaderboard_app.settings import Settings
from leaderboard_app.usecases.allowances import Allowances
from leaderboard_app.usecases.boards import Boards
from leaderboard_app.usecases.keys import Keys
from leaderboard_app.usecases.ports import ModeratedStore
from leaderboard_app.usecases.regions import Regions
from leaderboard_app.usecases.services import Services
from leaderboard_app.usecases.tops import Tops

MAX_BODY_BYTES = 64 * 1024


def create_app(
    settings: Settings,
    *,
    store: ModeratedStore | None = None,
    clock: Callable[[], datetime] = utc_now,
    entropy: Callable[[int], bytes] = os.urandom,
) -> Flask:
    """Return one region's app.

    Args:
        settings: where it runs and with which secret.
        store: the region's store; None for the table of the settings.
        clock: what time it is.
        entropy: where new ids come from.
    """
    app = Flask(__name__, template_folder="../templates", static_folder="../static")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_BODY_BYTES,
        LEADERBOARD_HOSTS=settings.hosts,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    web.register(app, _services(settings, store or make_store(settings), clock, entropy))
    return app


def make_store(settings: Settings) -> DynamoStore:
    """Return the store of a region, by its settings."""
    reach = reach_of(settings.direct_read_units or DIRECT_READ_UNITS)
    return DynamoStore(settings.region, settings.deployment.table, settings.endpoint, reach=reach)


def _services(
    settings: Settings,
    store: ModeratedStore,
    clock: Callable[[], datetime],
    entropy: Callable[[int], bytes],
) -> Services:
    deployment = settings.deployment
    return Services(
        store=store,
        boards=Boards(store, clock),
        tops=Tops(store, clock, settings.tops_kept),
        regions=Regions(store.roster, deployment.regions, clock),
        keys=Keys(store.keys, clock),
        allowances=Allowances(store.counters, clock),
        limits=settings.limits,
        metrics=Metrics(deployment.prefix, settings.region),
        ownership=Ownership(settings.region, deployment.regions),
        clock=clock,
        entropy=entropy,
        places={stage.region: stage.name for stage in deployment.stages},
        sites=settings.sites,
        form_is_open=settings.form_is_open,
        reserved_names=(*RESERVED, *settings.reserved_names),
        embedders=" ".join(settings.embedders),
    )
