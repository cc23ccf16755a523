"""The headers of every answer: what the browser may do with it, and who may keep it."""

from __future__ import annotations

from flask import Flask, Response, request

from leaderboard_app.web import assets

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

_ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not stricter: over https, Flask-WTF may ask a form's sender for a referrer of this host.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

TWO_YEARS = 2 * 365 * 24 * 60 * 60
A_YEAR = 365 * 24 * 60 * 60

FOR_ALL = "public, max-age=2"
"""For pages that are the same for everybody: two seconds take a rush off the table."""

FOR_ONE = "no-store"
"""For all else: forms, errors, health, and what one player has just done."""

FOREVER = f"public, max-age={A_YEAR}, immutable"


def register(app: Flask) -> None:
    """Add the headers to every answer of the app."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    headers = response.headers
    for name, value in _ALWAYS.items():
        headers[name] = value
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}"
    headers["Cache-Control"] = _cache_control(response)
    return response


def _cache_control(response: Response) -> str:
    if request.endpoint == "static":
        return _for_a_file(response)
    return response.headers.get("Cache-Control", FOR_ONE)


def _for_a_file(response: Response) -> str:
    filename = (request.view_args or {}).get("filename", "")
    found = response.status_code in {200, 206, 304}
    if found and assets.is_current(filename, request.args.get("v", "")):
        return FOREVER
    return "no-cache" if found else FOR_ONE
