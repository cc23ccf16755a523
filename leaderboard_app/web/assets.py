"""Static files under addresses that change with their content, so that browsers keep them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, url_for

from leaderboard_app.web.languages.asked import plain, root

_KEY = "leaderboard_assets"


def register(app: Flask) -> None:
    """Take the digest of every static file, once."""
    folder = Path(app.static_folder or "")
    files = (path for path in folder.rglob("*") if path.is_file())
    app.extensions[_KEY] = {path.relative_to(folder).as_posix(): _digest(path) for path in files}
    app.add_template_global(asset_url)


def asset_url(filename: str) -> str:
    """Return the address of a static file as it is now.

    Raises:
        KeyError: there is no such file.
    """
    return _url_below(root(), filename, _digests()[filename])


# To build an address takes longer than to write out a row; there are few of them.
@lru_cache(maxsize=64)
def _url_below(root: str, filename: str, version: str) -> str:  # noqa: ARG001 - `plain` reads it too.
    return plain(url_for("static", filename=filename, v=version))


def is_current(filename: str, version: str) -> bool:
    """Say whether the address of a static file names its content of now."""
    return bool(version) and _digests().get(filename) == version


def _digests() -> Mapping[str, str]:
    found: Mapping[str, str] = current_app.extensions[_KEY]
    return found


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
