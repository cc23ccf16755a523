"""A copy of the checkout to deploy from: the settings in it may be changed, the checkout's not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from bootstrap.sandbox.parts import CHECKOUT
from leaderboard_app.deployment import SETTINGS_FILE
from leaderboard_app.settings import OPEN, PUBLIC_FORM

TAKEN = ("bootstrap", "leaderboard_app", "static", "templates", "wsgi.py", SETTINGS_FILE.name)
"""What Zappa packs from, and what its hooks and our own commands need."""

_BYTECODE = shutil.ignore_patterns("__pycache__")


def copy_checkout(folder: Path, python: str) -> Path:
    """Copy the checkout into a folder that is not there yet, and return it.

    Where this machine lacks the Lambda's Python, the copy's settings name the one there is. Its
    form is open: nobody but who sits at this machine can reach it.
    """
    folder.mkdir(parents=True)
    for name in TAKEN:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=_BYTECODE)
        else:
            shutil.copy(source, folder / name)
    settings = json.loads((folder / SETTINGS_FILE.name).read_text(encoding="utf-8"))
    variables = settings["common"]["aws_environment_variables"] | {PUBLIC_FORM: OPEN}
    change_settings(folder, "common", runtime=python, aws_environment_variables=variables)
    return folder


def change_settings(folder: Path, stage: str, **changes: Any) -> None:  # noqa: ANN401 - JSON.
    """Change a stage's settings in a copy, or add the stage."""
    path = folder / SETTINGS_FILE.name
    content = json.loads(path.read_text(encoding="utf-8"))
    content[stage] = content.get(stage, {}) | changes
    path.write_text(json.dumps(content, indent=4) + "\n", encoding="utf-8")
