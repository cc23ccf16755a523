"""Two packages of this checkout: ours, and what Zappa makes of it by its defaults."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bootstrap.deploying.offline import pythons as offline
from bootstrap.deploying.offline.copy import copy_checkout
from bootstrap.deploying.stages import DeployedStage
from leaderboard_app.deployment import SETTINGS_FILE, Deployment

_NOWHERE = "http://127.0.0.1:9"
"""Where Zappa's question for a newer release goes: a port for what is thrown away."""

_KEPT_OF_SETTINGS = ("project_name", "app_function", "runtime", "aws_region", "s3_bucket")
"""What Zappa can't do without; it does all else by its defaults then."""


@dataclass(frozen=True, slots=True)
class Pythons:
    """The Lambda's Python on this machine.

    Attributes:
        version: as `python3.13`.
        packaging: the environment that Zappa packs.
        running: the interpreter that runs packages, with Lambda's boto3.
    """

    version: str
    packaging: Path
    running: str


def pythons() -> Pythons:
    """Return them, made where this is the first time."""
    python = offline.find(_stage().runtime)
    packaging = offline.environment(python, offline.PACKAGING)
    running = offline.environment(python, offline.RUNNING)
    return Pythons(python.version, packaging.folder, running.python)


def ours(python: Pythons, folder: Path) -> Path:
    """Return the package that `zappa deploy` would upload."""
    return _pack(python, copy_checkout(folder / "checkout-ours", python.version), "ours")


def defaults(python: Pythons, folder: Path) -> Path:
    """Return what it would upload if `zappa_settings.json` said no more than it must."""
    checkout = copy_checkout(folder / "checkout-defaults", python.version)
    settings = {**_stage().settings, "runtime": python.version}
    # Without this, Zappa asks a registry for each library; the package holds the same.
    needed = {name: settings[name] for name in _KEPT_OF_SETTINGS} | {
        "use_precompiled_packages": False
    }
    content = {_stage().stage.name: needed}
    (checkout / SETTINGS_FILE.name).write_text(json.dumps(content), encoding="utf-8")
    return _pack(python, checkout, "defaults")


def _stage() -> DeployedStage:
    return DeployedStage.read(Deployment.read().stages[0].name)


def _pack(python: Pythons, checkout: Path, name: str) -> Path:
    package = checkout.parent / f"{name}.zip"
    zappa = str(python.packaging / "bin" / "zappa")
    ran = subprocess.run(  # noqa: S603 - zappa, with arguments of our own.
        [zappa, "package", _stage().stage.name, "--output", str(package)],
        cwd=checkout,
        env={**os.environ, "VIRTUAL_ENV": str(python.packaging), "HTTPS_PROXY": _NOWHERE},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode or not package.exists():
        raise RuntimeError(f"zappa package failed: {ran.stdout[-2000:]}")
    return package
