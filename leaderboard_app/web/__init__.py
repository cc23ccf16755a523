"""The pages: the only package of the app that knows Flask."""

from __future__ import annotations

from flask import Flask

from leaderboard_app.usecases.services import Services
from leaderboard_app.web import (
    access,
    api,
    assets,
    boards,
    context,
    converters,
    counts,
    crawlers,
    cursors,
    embeds,
    errors,
    finding,
    head,
    headers,
    health,
    hosts,
    keys,
    links,
    number_ones,
    past,
    players,
    presentation,
    regions,
    requests,
    score_hints,
    scores,
    sessions,
    sharing,
    sheets,
    spreads,
    status,
)
from leaderboard_app.web.languages import asked as languages
from leaderboard_app.web.languages import sentences
from leaderboard_app.web.operators import pages as operators

_PARTS = (
    access,
    hosts,
    requests,
    keys,
    cursors,
    sessions,
    converters,
    languages,
    sentences,
    presentation,
    score_hints,
    links,
    assets,
    head,
    sharing,
    regions,
    errors,
    counts,
    headers,
    operators,
)
_PAGES = (
    *(boards, spreads, past, finding, scores, players, status, health, operators, api),
    *(sheets, number_ones, embeds, crawlers),
)


def register(app: Flask, services: Services) -> None:
    """Give an app its pages, and the pages what they work with.

    The app's `SECRET_KEY` must be set: it signs cursors, form tokens and the session.
    """
    context.register(app, services)
    for part in _PARTS:
        part.register(app)
    for page in _PAGES:
        app.register_blueprint(page.blueprint)
