"""Puts the app together: settings in, a Flask app out."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from leaderboard_app import web
from leaderboard_app.domain.records import Ownership
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.settings import Settings
from leaderboard_app.usecases.boards import Boards
from leaderboard_app.usecases.ports import Store
from leaderboard_app.usecases.regions import Regions
from leaderboard_app.usecases.services import Services

MAX_BODY_BYTES = 64 * 1024


def utc_now() -> datetime:
    """Return the time, aware and in UTC."""
    return datetime.now(UTC)


def create_app(
    settings: Settings,
    *,
    store: Store | None = None,
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
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    web.register(app, _services(settings, store or make_store(settings), clock, entropy))
    return app


def make_store(settings: Settings) -> DynamoStore:
    """Return the store of a region, by its settings."""
    return DynamoStore(settings.region, settings.deployment.table, settings.endpoint)


def _services(
    settings: Settings,
    store: Store,
    clock: Callable[[], datetime],
    entropy: Callable[[int], bytes],
) -> Services:
    deployment = settings.deployment
    return Services(
        store=store,
        boards=Boards(store, clock),
        regions=Regions(store.roster, deployment.regions, clock),
        ownership=Ownership(settings.region, deployment.regions),
        clock=clock,
        entropy=entropy,
        places={stage.region: stage.name for stage in deployment.stages},
        sites=settings.sites,
    )
