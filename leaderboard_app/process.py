"""This process's one region: made at the first call, and shared by the pages and the jobs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path

from flask import Flask
from jinja2 import ChoiceLoader, Environment, ModuleLoader
from werkzeug.test import Client

from leaderboard_app import logs
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.records import Ownership
from leaderboard_app.factory import create_app, make_store
from leaderboard_app.gateway.secrets import with_secret
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.settings import Settings

COMPILED_TEMPLATES = "compiled_templates"
_COMPILED = Path(__file__).resolve().parent.parent / COMPILED_TEMPLATES


@dataclass(frozen=True, slots=True)
class Process:
    """One region's store, and the app over it."""

    settings: Settings
    store: DynamoStore
    app: Flask

    @property
    def root(self) -> str:
        """What API Gateway puts before every path: the region's stage, as `/oregon`."""
        return f"/{self.settings.deployment.stage_in(self.settings.region).name}"

    @property
    def ownership(self) -> Ownership:
        """Which region this is, among which."""
        return Ownership(self.settings.region, self.settings.deployment.regions)


@cache
def process() -> Process:
    """Return the process's region, as the environment and `zappa_settings.json` say.

    Raises:
        MissingSetting: the environment lacks something.
        SecretUnavailable: it names a secret in Parameter Store that can't be read there.
        InvalidDeployment: the file breaks a rule, or no stage runs in the environment's region.
    """
    settings = Settings.from_env(with_secret(os.environ), Deployment.read())
    if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
        logs.configure(settings.region)
    store = make_store(settings)
    return Process(settings, store, create_app(settings, store=store))


def warm_up(app: Flask, root: str = "") -> Flask:
    """Let an app do for the first time what takes longest then; return it.

    Templates are compiled, the client makes its connection, and a page is made. So Lambda does that
    while it initialises, and the first player need not wait for it. A table that is away costs a
    second, by the health check's patience, and is otherwise the requests' to say.

    Args:
        app: what is warmed up.
        root: what stands before every path of the requests to come, as `/oregon`.
    """
    templates = app.jinja_env.list_templates()
    _use_compiled_templates(app.jinja_env)
    for template in templates:
        app.jinja_env.get_template(template)
    # Not Flask's own client: it imports more, and asks for metadata that the package lacks.
    client = Client(app)
    site = f"https://localhost{root}"
    if client.get("/healthz", base_url=site).status_code == HTTPStatus.OK:
        client.get("/", base_url=site, follow_redirects=True)
    return app


def _use_compiled_templates(environment: Environment) -> None:
    """Take templates that lie compiled beside the app, as in a package, rather than translate them.

    To translate them took a fifth of a cold start.
    """
    if _COMPILED.is_dir() and environment.loader:
        loaders = [ModuleLoader(_COMPILED), environment.loader]
        environment.loader = ChoiceLoader(loaders)
