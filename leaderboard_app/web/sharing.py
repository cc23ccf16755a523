"""Answers that are the same for everybody: kept for seconds, and 304 for who has one already.

Only what a view passes through here is public: without a form's token, a cookie or a player's own
row. A view that looked into the session is nobody else's all the same: see `sessions`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Sequence
from http import HTTPStatus
from threading import Lock
from typing import NamedTuple

from flask import Flask, Response, current_app, request
from werkzeug.http import parse_etags

from leaderboard_app.web import headers, links, regions
from leaderboard_app.web.regions import Passing

_KEY = "leaderboard_written"

MOST_KEPT = 64
"""Pages remembered as they were written out, of about 12 kB each."""


class Written(NamedTuple):
    """What is sent, with the tag that stands for what it says, and the news as they were then."""

    body: bytes
    tag: str
    news: tuple[Passing, ...] = ()


class WrittenPages:
    """Pages written out, by all that decides them; the oldest gives way."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        """Remember nothing yet."""
        self._most = most
        self._pages: dict[Hashable, Written] = {}
        self._lock = Lock()

    def get(self, decided_by: Hashable, write: Callable[[], Written]) -> Written:
        """Return a page, written out now where it is not remembered; errors are not."""
        found = self._pages.get(decided_by)
        if found is None:
            found = write()
            with self._lock:
                if len(self._pages) >= self._most:
                    del self._pages[next(iter(self._pages))]
                self._pages[decided_by] = found
        return found


def register(app: Flask) -> None:
    """Let an app remember pages."""
    app.extensions[_KEY] = WrittenPages()


def page(html: str) -> Response:
    """Answer a page for everybody."""
    return _answer(_written(html, regions.passing()), "text/html")


def kept_page(decided_by: Hashable, write: Callable[[], str]) -> Response:
    """Answer a page for everybody, written out only where it was not before.

    Args:
        decided_by: all that decides what it says, but for what the head of every page says.
        write: returns it.
    """
    pages: WrittenPages = current_app.extensions[_KEY]
    news = regions.passing()
    known = pages.get((_head(news), decided_by), lambda: _written(write(), news))
    return _answer(_with_news(known, news), "text/html")


def _head(news: Sequence[Passing]) -> Hashable:
    """Return what decides the head of a page, but for the seconds in it."""
    stays = {each.region: each.heartbeat for each in news}
    elsewhere = tuple(
        (each.region, each.url, stays.get(each.region, each.news)) for each in regions.elsewhere()
    )
    # The links to the same page in other languages name its address as it was asked for.
    own = links.of_this_page()
    return request.scheme, request.host, own, elsewhere, regions.is_draining()


def _with_news(written: Written, news: Sequence[Passing]) -> Written:
    """Return a page with the news of now in their place. The same regions have some as then."""
    body = written.body
    for then, now in zip(written.news, news, strict=True):
        if then.words != now.words:
            body = _replaced(body, then, now)
    return written._replace(body=body)


def _replaced(body: bytes, then: Passing, now: Passing) -> bytes:
    # What players are called has its quotes escaped, and so can't look like this.
    start = body.find(f'id="news-{then.region}"'.encode())
    if start < 0:
        return body
    head, rest = body[:start], body[start:]
    return head + rest.replace(then.words.encode(), now.words.encode(), 1)


def answer(text: str, mimetype: str, cache_control: str = headers.FOR_ALL) -> Response:
    """Answer what is no page, for everybody."""
    return _answer(_written(text), mimetype, cache_control)


def _written(text: str, news: tuple[Passing, ...] = ()) -> Written:
    """Return a text with its tag, which stays while nothing changes but what passes."""
    tagged = text
    for each in news:
        tagged = tagged.replace(each.words, str(each.heartbeat))
    tag = hashlib.blake2b(tagged.encode(), digest_size=12).hexdigest()
    return Written(text.encode(), tag, news)


def _answer(written: Written, mimetype: str, cache_control: str = headers.FOR_ALL) -> Response:
    sent = request.headers.get("If-None-Match")
    # Weakly compared, as RFC 9110 has it: what is in front may mark a tag as weak.
    tag = f'W/"{written.tag}"'
    if sent and (sent == tag or parse_etags(sent).contains_weak(written.tag)):
        response = Response(status=HTTPStatus.NOT_MODIFIED)
        del response.headers["Content-Type"]
    else:
        response = Response(written.body, mimetype=mimetype)
    response.headers["Cache-Control"] = cache_control
    # Weak: what is in front may compress it, and the head's seconds may be older than the tag says.
    response.headers["ETag"] = tag
    return response
