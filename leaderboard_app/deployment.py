"""The stages of `zappa_settings.json`: the one list of regions, and the prefix of all names."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SETTINGS_FILE = Path(__file__).resolve().parent.parent / "zappa_settings.json"

_PREFIX = re.compile(r"[a-z0-9]{1,20}")
PREFIX_RULE = "lower-case letters and digits only, at most 20"


class InvalidDeployment(ValueError):
    """The settings file can't be used; the message is one line with the cure."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A Zappa stage: one region."""

    name: str
    region: str


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where the leaderboard runs.

    Attributes:
        prefix: what all names begin with: Zappa's `project_name`.
        stages: in the file's order; the region of the first looks after orphaned entries.
    """

    prefix: str
    stages: tuple[Stage, ...]

    def __post_init__(self) -> None:
        """Refuse a prefix that AWS would refuse somewhere, no stages, and a region twice."""
        if not self.stages:
            raise InvalidDeployment("No stage has an aws_region: add one stage for each region.")
        if not _PREFIX.fullmatch(self.prefix):
            raise InvalidDeployment(f"project_name {self.prefix!r}: use {PREFIX_RULE}.")
        if len(set(self.regions)) != len(self.stages):
            raise InvalidDeployment("Two stages share an aws_region: a stage is one region.")

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions, in the file's order."""
        return tuple(stage.region for stage in self.stages)

    @property
    def table(self) -> str:
        """The name of the table, the same in every region."""
        return f"{self.prefix}-leaderboard"

    def stage_in(self, region: str) -> Stage:
        """Return the stage of a region.

        Raises:
            InvalidDeployment: no stage names the region.
        """
        for stage in self.stages:
            if stage.region == region:
                return stage
        known = ", ".join(self.regions)
        raise InvalidDeployment(f"No stage runs in {region!r}: the regions are {known}.")

    @classmethod
    def read(cls, path: Path = SETTINGS_FILE) -> Deployment:
        """Return what a settings file says.

        Raises:
            InvalidDeployment: the file is missing, no JSON, or breaks a rule.
        """
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as cause:
            raise InvalidDeployment(f"{path.name} is missing: run from the checkout.") from cause
        except ValueError as cause:
            raise InvalidDeployment(f"{path.name} is no JSON: {cause}.") from cause
        return cls.parse(content)

    @classmethod
    def parse(cls, content: object) -> Deployment:
        """Return what the parsed content of a settings file says.

        Raises:
            InvalidDeployment: it breaks a rule.
        """
        if not isinstance(content, dict) or not all(isinstance(s, dict) for s in content.values()):
            raise InvalidDeployment("The settings must be an object with an object a stage.")
        resolved = {name: resolve(content, name) for name in content}
        staged = {name: stage for name, stage in resolved.items() if "aws_region" in stage}
        prefixes = {str(stage.get("project_name", "")) for stage in staged.values()}
        if len(prefixes) > 1:
            raise InvalidDeployment(f"The stages differ in project_name: {sorted(prefixes)}.")
        stages = (Stage(name, str(stage["aws_region"])) for name, stage in staged.items())
        return cls(prefixes.pop() if prefixes else "", tuple(stages))


def resolve(content: Mapping[str, dict[str, Any]], name: str) -> dict[str, Any]:
    """Return a stage's settings with what it extends, merged as Zappa merges: key by key, shallow.

    Raises:
        InvalidDeployment: it extends what is missing, or itself.
    """
    merged: dict[str, Any] = {}
    # From the stage itself to what it extends in the end: who comes first, is heard.
    for _ in content:
        merged = content[name] | merged
        parent = content[name].get("extends")
        if parent is None:
            return merged
        if parent not in content:
            break
        name = parent
    raise InvalidDeployment(
        f"Stage {name!r} extends {content[name]['extends']!r}, which is missing or a loop."
    )
