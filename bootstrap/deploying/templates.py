"""The templates as Python modules, so that no cold start has to translate them."""

from __future__ import annotations

from pathlib import Path

from leaderboard_app.deployment import Deployment
from leaderboard_app.factory import create_app
from leaderboard_app.process import COMPILED_TEMPLATES
from leaderboard_app.settings import Settings


def compile_into(folder: Path) -> None:
    """Write the app's templates, as Jinja compiles them, into a package's folder.

    The app's own environment does it, for its filters and its escaping. Its table is not asked.
    """
    deployment = Deployment.read()
    settings = Settings(deployment.regions[0], deployment, secret_key="signs nothing")  # noqa: S106
    app = create_app(settings)
    target = folder / COMPILED_TEMPLATES
    app.jinja_env.compile_templates(str(target), zip=None, ignore_errors=False)
