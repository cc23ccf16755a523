"""The app of one region beside a running sandbox, for a plain `flask run`."""

from __future__ import annotations

import os
from collections.abc import Mapping

from flask import Flask
from flask.cli import NoAppException

from bootstrap.sandbox import environment
from bootstrap.sandbox.place import Place
from leaderboard_app import factory
from leaderboard_app.deployment import Deployment, InvalidDeployment
from leaderboard_app.settings import Settings

REGION_VARIABLE = "LEADERBOARD_REGION"


def create_app() -> Flask:
    """Return the app of the first region, or of LEADERBOARD_REGION, on the sandbox's data.

    Raises:
        NoAppException: no sandbox runs, or no stage runs in the region; a ClickException, which
            the `flask` command says in one line.
    """
    place = Place.of(os.environ)
    running = place.running()
    if running is None:
        raise NoAppException("No sandbox is running. Start one in another terminal: make run")
    try:
        deployment = Deployment.read()
        settings = Settings(
            region=_region(os.environ, deployment),
            deployment=deployment,
            secret_key=place.secret_key(),
            endpoint=running.endpoint,
            sites=running.sites,
            form_is_open=True,
        )
    except InvalidDeployment as cause:
        raise NoAppException(str(cause)) from cause
    environment.enter(environment.local(os.environ, running.endpoint))
    return factory.create_app(settings)


def _region(environ: Mapping[str, str], deployment: Deployment) -> str:
    """Return the region to serve; a shell's AWS_REGION counts only where a stage runs there."""
    named = environ.get(REGION_VARIABLE)
    if named:
        return named
    usual = environ.get("AWS_REGION", "")
    return usual if usual in deployment.regions else deployment.regions[0]
