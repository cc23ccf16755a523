"""This process's one region: made at the first call, and shared by the pages and the jobs."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache

from flask import Flask

from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.records import Ownership
from leaderboard_app.factory import create_app, make_store
from leaderboard_app.gateway.secrets import with_secret
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.settings import Settings


@dataclass(frozen=True, slots=True)
class Process:
    """One region's store, and the app over it."""

    settings: Settings
    store: DynamoStore
    app: Flask

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
    store = make_store(settings)
    return Process(settings, store, create_app(settings, store=store))
