"""A stage as `zappa_settings.json` has it: what Zappa reads there, and what our hooks do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from bootstrap.exits import Problem
from leaderboard_app.deployment import SETTINGS_FILE, Deployment, Stage, resolve
from leaderboard_app.gateway.secrets import VARIABLE

POLICY_FILE = Path(__file__).with_name("policy.json")
TAG, TAGGED = "application", "leaderboard"
"""The tag, among `tags`, by which a function is known as ours."""


@dataclass(frozen=True, slots=True)
class DeployedStage:
    """A stage to deploy.

    Attributes:
        deployment: all stages.
        stage: this one.
        settings: its settings, with those that it extends.
    """

    deployment: Deployment
    stage: Stage
    settings: Mapping[str, Any]

    @classmethod
    def read(cls, name: str, path: Path = SETTINGS_FILE) -> DeployedStage:
        """Return the stage of a name, as a settings file has it.

        Raises:
            InvalidDeployment: the file can't be used.
            Problem: it has no such stage.
        """
        return cls.of(Deployment.read(path), name, path)

    @classmethod
    def of(cls, deployment: Deployment, name: str, path: Path = SETTINGS_FILE) -> DeployedStage:
        """Return a stage of a deployment that was read from a settings file. Raises as `read`."""
        for stage in deployment.stages:
            if stage.name == name:
                content = json.loads(path.read_text(encoding="utf-8"))
                return cls(deployment, stage, resolve(content, name))
        known = ", ".join(stage.name for stage in deployment.stages)
        raise Problem(f"There is no stage {name!r} in {path.name}: the stages are {known}.")

    @property
    def region(self) -> str:
        """Where it runs."""
        return self.stage.region

    @property
    def function(self) -> str:
        """The name that Zappa gives its function, its API and its stack."""
        return f"{self.deployment.prefix}-{self.stage.name}".lower().replace("_", "-")

    @property
    def log_group(self) -> str:
        """Where its function logs."""
        return f"/aws/lambda/{self.function}"

    @property
    def bucket(self) -> str:
        """What its packages are uploaded to; empty where the settings name none."""
        return str(self.settings.get("s3_bucket", ""))

    @property
    def runtime(self) -> str:
        """The Python that it runs on, as `python3.13`."""
        return str(self.settings.get("runtime", ""))

    @property
    def secret_parameter(self) -> str:
        """What the names of its secret's parameters begin with, as its function is told."""
        variables = self.settings.get("aws_environment_variables", {})
        return str(variables.get(VARIABLE, ""))

    def own(self, name: str) -> int:
        """Return a number of the settings that are ours alone; Zappa does not read them.

        Raises:
            Problem: it is missing, or no whole number above 0.
        """
        value = self.settings.get("leaderboard", {}).get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise Problem(
                f"zappa_settings.json: leaderboard.{name} of stage {self.stage.name} is {value!r}: "
                "give it a whole number above 0."
            )
        return value

    def policy(self, account: str) -> str:
        """Return what its function may do, as JSON: in its region and account, on its own table.

        Written out by us, as Zappa takes a policy as it stands. A deployment past our hook would
        give the role names that lead nowhere: the app could do nothing, rather than anything.
        """
        return Template(POLICY_FILE.read_text(encoding="utf-8")).substitute(
            region=self.region,
            account=account,
            table=self.deployment.table,
            prefix=self.deployment.prefix,
            function=self.function,
        )
