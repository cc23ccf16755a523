"""What a view works with: the services of its app."""

from __future__ import annotations

from flask import Flask, current_app

from leaderboard_app.usecases.services import Services

_KEY = "leaderboard"


def register(app: Flask, services: Services) -> None:
    """Keep the services with the app."""
    app.extensions[_KEY] = services


def services() -> Services:
    """Return the services of the app that answers this request."""
    found: Services = current_app.extensions[_KEY]
    return found
