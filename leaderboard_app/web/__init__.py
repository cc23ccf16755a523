"""The pages: the only package of the app that knows Flask."""

from __future__ import annotations

from flask import Flask

from leaderboard_app.usecases.services import Services
from leaderboard_app.web import (
    assets,
    boards,
    context,
    converters,
    cursors,
    errors,
    headers,
    health,
    keys,
    players,
    presentation,
    regions,
    requests,
    scores,
    sessions,
    status,
)

_PARTS = (
    requests,
    keys,
    cursors,
    sessions,
    converters,
    presentation,
    assets,
    regions,
    errors,
    headers,
)
_PAGES = (boards, scores, players, status, health)


def register(app: Flask, services: Services) -> None:
    """Give an app its pages, and the pages what they work with.

    The app's `SECRET_KEY` must be set: it signs cursors, form tokens and the session.
    """
    context.register(app, services)
    for part in _PARTS:
        part.register(app)
    for page in _PAGES:
        app.register_blueprint(page.blueprint)
