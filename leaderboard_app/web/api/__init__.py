"""The API of game servers, `/api/v1`: JSON in and out, API keys, and no cookies."""

from __future__ import annotations

from flask import Blueprint

from leaderboard_app.web.api import docs, problems, reading, submissions
from leaderboard_app.web.api.problems import of_http

__all__ = ["PREFIX", "blueprint", "of_http"]

PREFIX = "/api/"

blueprint = Blueprint("api", __name__, url_prefix=f"{PREFIX}v1")

problems.register(blueprint)
for _views in (submissions, reading, docs):
    _views.register(blueprint)
