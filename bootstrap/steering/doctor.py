"""`doctor`: what is known to go wrong, looked for one after the other, each with its cure."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bootstrap.exits import Denied, Problem
from bootstrap.secret.parameters import Found, Vault, digest
from bootstrap.steering import findings
from bootstrap.steering.findings import Finding
from bootstrap.steering.survey import Seen, foreign, is_foreign, survey
from leaderboard_app.deployment import SETTINGS_FILE, Deployment

MAX_SKEW_SECONDS = 30.0
"""Of two regions' heartbeats and of a submission's time, half a minute is seen; at five minutes
AWS refuses every signature."""

_REGION_VARIABLES = ("AWS_DEFAULT_REGION", "AWS_REGION")
_DENIED_CURE = (
    "Sign in again (aws sso login), or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and "
    "AWS_SECRET_ACCESS_KEY; then see that they may use DynamoDB."
)


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine that the command runs on.

    Attributes:
        environ: its variables.
        python: this Python, as `python3.13`.
        runtimes: the Lambda runtimes that `zappa_settings.json` names.
    """

    environ: Mapping[str, str]
    python: str
    runtimes: frozenset[str]

    @classmethod
    def of(cls, environ: Mapping[str, str], settings: Path = SETTINGS_FILE) -> Machine:
        """Return this machine."""
        python = f"python{sys.version_info.major}.{sys.version_info.minor}"
        return cls(environ, python, _runtimes(settings))


@dataclass(frozen=True, slots=True)
class Doctor:
    """Looks for what is wrong with a deployment, from a machine."""

    deployment: Deployment
    machine: Machine
    clock: Callable[[], datetime]

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong, as it is found; nothing where all is well."""
        yield from of_region_variables(self.machine)
        for runtime in sorted(self.machine.runtimes):
            yield from of_runtime(self.machine, runtime)
        try:
            found = survey(self.deployment, self.clock)
        except Problem as problem:
            yield _of_problem(problem)
            return
        yield from _of_clock(found)
        denied = [s.problem for s in found.values() if isinstance(s.problem, Denied)]
        if denied:
            # Nothing else can be seen without them, and once is enough.
            yield Finding(denied[0].message.rstrip("."), _DENIED_CURE)
            return
        yield from self._of_tables(found)
        yield from self._of_secrets()

    def _of_tables(self, found: Mapping[str, Seen]) -> Iterator[Finding]:
        problems = {r: seen.problem for r, seen in found.items() if seen.problem}
        yield from findings.of_problems(problems)
        strangers = [r for r, seen in found.items() if seen.table and is_foreign(seen.table)]
        for region in strangers:
            what, _, cure = foreign(self.deployment, region).partition(". ")
            yield Finding(what, cure)
        if problems or strangers:
            return
        boards = next((s.boards for s in found.values() if s.boards is not None), None)
        tables = {region: seen.table for region, seen in found.items()}
        yield from findings.of_table(self.deployment, tables, boards)
        states = next((seen.states for seen in found.values() if seen.states), ())
        yield from findings.of_heartbeats(self.deployment, states, self.clock())

    def _of_secrets(self) -> Iterator[Finding]:
        try:
            found = Vault.of(self.deployment).look()
        except Problem as problem:
            yield _of_problem(problem)
            return
        yield from _of_keys(found)


def of_region_variables(machine: Machine) -> Iterator[Finding]:
    """Yield the variables that lead Zappa to other regions than the settings."""
    for name in _REGION_VARIABLES:
        if name in machine.environ:
            yield Finding(
                f"{name} is set to {machine.environ[name]}: with it, Zappa can deploy a stage's "
                "parts to different regions",
                f"unset {name}: the regions are those of zappa_settings.json.",
            )


def of_runtime(machine: Machine, runtime: str) -> Iterator[Finding]:
    """Yield that a runtime is not this Python."""
    if runtime != machine.python:
        yield Finding(
            f"This is {machine.python}, and zappa_settings.json names the runtime {runtime}: what "
            "is packaged here would not run there",
            f"Deploy from an environment of {runtime}: make clean, then make PYTHON={runtime}.",
        )


def _of_keys(found: Found) -> Iterator[Finding]:
    lacking = [region for region, secret in found.items() if not secret.key]
    if lacking:
        yield Finding(
            f"The secret key is missing in {', '.join(lacking)}",
            "Run python -m bootstrap secret apply, or see that the app has SECRET_KEY otherwise.",
        )
    if any(secret.coming for secret in found.values()):
        yield Finding(
            "A rotation of the secret key is under way",
            "Complete it: python -m bootstrap secret rotate.",
        )
        return
    if len({secret for secret in found.values() if secret.key}) > 1:
        shown = ", ".join(f"{r} {digest(s.key)}" for r, s in found.items() if s.key)
        yield Finding(
            f"The regions differ in their secret key or its fallbacks (digests: {shown}), so a "
            "form of one is refused by another",
            "Run python -m bootstrap secret rotate, then update every stage.",
        )


def _of_clock(found: Mapping[str, Seen]) -> Iterator[Finding]:
    for region, seen in found.items():
        skew = seen.skew_seconds or 0.0
        if abs(skew) > MAX_SKEW_SECONDS:
            side = "ahead of" if skew > 0 else "behind"
            yield Finding(
                f"This machine's clock is {abs(skew):.0f} s {side} that of {region}",
                "Set the clock by NTP: AWS refuses signatures that are 5 minutes off.",
            )


def _of_problem(problem: Problem) -> Finding:
    return next(findings.of_problems({"": problem}))


def _runtimes(settings: Path) -> frozenset[str]:
    """Return the runtimes that a settings file names; none where it can't be read."""
    try:
        content: Any = json.loads(settings.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return frozenset()
    stages = content.values() if isinstance(content, dict) else ()
    named = (stage.get("runtime") for stage in stages if isinstance(stage, dict))
    return frozenset(str(runtime) for runtime in named if runtime)
