"""Which language is asked for: the address says so, as `/de/boards/star-run`.

An address without a language is English. So whoever keeps or shares a page has it in one language,
whatever their browser asks for; that is looked at on the way in alone (`boards.home`).

A language stands where a stage does (`/oregon`), in front of what is routed: all that builds
addresses carries it on, and all that remembers pages by their root keeps languages apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from flask import Flask, has_request_context, request

from leaderboard_app.web.languages.known import BY_CODE, ENGLISH, LANGUAGES, Language

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ENVIRON_KEY = "leaderboard.language"
"""Where the WSGI environment keeps the language that the address names."""

_ROOT = "leaderboard.root"

FOR_MACHINES = frozenset({"api", "static"})
"""What addresses begin with whose answers are in no language, or in English alone."""


class LanguageOfTheAddress:
    """Takes the language off an address, and notes it; the app sees what is behind it."""

    def __init__(self, app: WSGIApplication) -> None:
        """Stand before an app."""
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        root = environ[_ROOT] = environ.get("SCRIPT_NAME", "")
        code, _, behind = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        language = BY_CODE.get(code)
        if language and not _is_for_machines(behind):
            environ[ENVIRON_KEY] = language
            environ["SCRIPT_NAME"] = root + _prefix(language)
            environ["PATH_INFO"] = f"/{behind}"
        return self._app(environ, start_response)


def register(app: Flask) -> None:
    """Let an app's addresses begin with a language, and its templates know which it is."""
    app.wsgi_app = LanguageOfTheAddress(app.wsgi_app)  # type: ignore[method-assign]
    app.add_template_global(current, "language")
    app.add_template_global(home_url)
    app.add_template_global(in_each)


def _is_for_machines(path: str) -> bool:
    return path.partition("/")[0] in FOR_MACHINES


def _prefix(language: Language) -> str:
    return "" if language is ENGLISH else f"/{language.code}"


def named() -> Language | None:
    """Return the language that the address names; None where it names none."""
    found: Language | None = request.environ.get(ENVIRON_KEY)
    return found


def current() -> Language:
    """Return the language of this request; English where there is none."""
    return (named() if has_request_context() else None) or ENGLISH


def wanted() -> Language:
    """Return the language that the reader's browser would like best, of those that there are."""
    # Not by werkzeug's best match: to it, English that is liked less goes before Austria's German.
    for tag, quality in request.accept_languages:
        code = tag.lower()
        language = BY_CODE.get(code) or BY_CODE.get(code.partition("-")[0])
        if language and quality > 0:
            return language
    return ENGLISH


def root() -> str:
    """Return what stands before every path whatever its language, as `/oregon`; mostly nothing."""
    return str(request.environ.get(_ROOT, request.root_path))


def plain(address: str) -> str:
    """Return an address of ours without its language, for what is the same in all of them."""
    return root() + address.removeprefix(request.root_path)


def translated(address: str, language: Language) -> str:
    """Return an address of ours in a language."""
    return root() + _prefix(language) + address.removeprefix(request.root_path)


def home_url() -> str:
    """Return where the leaderboard begins, in the language of this page and no other."""
    return f"{root()}/{current().code}/"


class Translation(NamedTuple):
    """A page in a language."""

    language: Language
    url: str
    is_current: bool


def in_each(address: str) -> tuple[Translation, ...]:
    """Return a page of ours, named by its address, in each language; nothing for machines' own."""
    if _is_for_machines(request.path.removeprefix("/")):
        return ()
    here = current()
    return tuple(Translation(each, translated(address, each), each is here) for each in LANGUAGES)
