"""The session cookie: it holds a form's token and, of an operator, which key they signed in by."""

from __future__ import annotations

import hashlib

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from leaderboard_app.web import headers


class CarefulSessions(SecureCookieSessionInterface):
    """Sessions whose cookie does not leave https, and whose pages do not reach another reader."""

    # Flask's own choice is SHA-1, which no list of approved functions has any more.
    digest_method = staticmethod(hashlib.sha256)

    def get_cookie_name(self, app: Flask) -> str:
        """Return the cookie's name: over https one that browsers take from this very host alone.

        With that prefix it is Secure, for all paths and no other host: none below the same domain
        can plant one.
        """
        name = super().get_cookie_name(app)
        return f"__Host-{name}" if request.is_secure else name

    def get_cookie_secure(self, app: Flask) -> bool:
        """Say whether the cookie may travel over https alone: it may where it was set over it.

        A fixed setting would be wrong on one side: AWS serves https only, a laptop http only.
        """
        return request.is_secure or super().get_cookie_secure(app)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Open what the cookie holds; where there is none, nothing needs a key to be read."""
        if self.get_cookie_name(app) in request.cookies:
            return super().open_session(app, request)
        return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Save as ever; a page that looked into the session is nobody else's.

        While keys change, what was looked into is signed anew: a cookie may be far older than the
        form that it goes with, and must not outlive its key.
        """
        if session.accessed:
            response.headers["Cache-Control"] = headers.FOR_ONE
            if session and app.config["SECRET_KEY_FALLBACKS"]:
                session.modified = True
        super().save_session(app, session, response)


def register(app: Flask) -> None:
    """Use these sessions."""
    app.session_interface = CarefulSessions()
