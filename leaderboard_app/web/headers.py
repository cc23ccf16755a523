"""The headers of every answer: what the browser may do with it, and who may keep it."""

from __future__ import annotations

from typing import NamedTuple

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


class ForOtherSites(NamedTuple):
    """What an answer says that other sites may show in their own pages."""

    policy: str

    def put_on(self, response: Response) -> Response:
        """Say so on an answer; return it."""
        response.headers["Content-Security-Policy"] = self.policy
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response


PICTURE = ForOtherSites("default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
"""An image without styles, scripts or anything that it fetches."""


def framed_by(ancestors: str) -> ForOtherSites:
    """Return what a page says that some sites may frame, named as `frame-ancestors` has them."""
    return ForOtherSites(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; "
        f"base-uri 'none'; frame-ancestors {ancestors}"
    )


WITH_SCRIPT = CONTENT_SECURITY_POLICY.replace(
    "img-src", "script-src 'self'; connect-src 'self'; img-src"
)
"""The policy of pages with a script: a file of ours, which asks for pages of ours alone."""

TWO_YEARS = 2 * 365 * 24 * 60 * 60
A_YEAR = 365 * 24 * 60 * 60

FOR_ALL = "public, max-age=2"
"""For pages that are the same for everybody: two seconds take a rush off the table."""

FOR_ONE = "no-store"
"""For all else: forms, errors, health, and what one player has just done."""

FOR_BADGES = "public, max-age=60"
"""For pictures of a rank: many pages show them, and a minute's age does not show."""

FOREVER = f"public, max-age={A_YEAR}, immutable"


def register(app: Flask) -> None:
    """Add the headers to every answer of the app."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    headers = response.headers
    for name, value in _ALWAYS.items():
        # What is made for other sites brings a policy of its own.
        headers.setdefault(name, value)
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains"
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
