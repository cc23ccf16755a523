"""The keys that sign what comes back to us: cookies, form tokens, cursors."""

from __future__ import annotations

import hashlib

from flask import Flask
from itsdangerous import Signer

# All is signed with SHA-256. The library's own choice is SHA-1, and Flask-WTF, which signs
# the forms' tokens by it, knows no setting for another.
Signer.default_digest_method = staticmethod(hashlib.sha256)


def signing_keys(app: Flask) -> list[str]:
    """Return all keys whose signatures are good; the last one signs, as itsdangerous has it."""
    # Flask lists the fallbacks newest first.
    return [*reversed(app.config["SECRET_KEY_FALLBACKS"] or ()), app.config["SECRET_KEY"]]


def register(app: Flask) -> None:
    """Let form tokens be signed like the rest: Flask-WTF knows no fallbacks by itself."""
    app.config["WTF_CSRF_SECRET_KEY"] = signing_keys(app)
