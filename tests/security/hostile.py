"""Texts that mean harm, and what no answer to them may do."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote_from_bytes
from xml.etree import ElementTree as ET

from werkzeug.test import TestResponse

from tests.security.targets import HOST
from tests.web.html_page import Page
from tests.web.worlds import CheckedClient

MARK = "lb5ecure"
"""In every hostile text, to know it again in what comes back."""

HOSTILE = {
    "an element": f"<{MARK}>",
    "a script": f"<script>{MARK}()</script>",
    "out of an attribute": f"\"'><{MARK} onload=a(1)>",
    "an entity": f"&lt;{MARK}&gt;&#60;{MARK}&#62;",
    "a template": "{{" + MARK + "*7}}{% raw %}${7*7}#{7*7}",
    "a scheme": f"javascript:{MARK}()//",
    "another host": f"//{MARK}.example/%2e%2e",
    "a folder up": f"../../{MARK}/../etc/passwd",
    "a folder up, backwards": f"..\\..\\{MARK}",
    "a header": f"{MARK}\r\nSet-Cookie: {MARK}=1\r\n\r\n<{MARK}>",
    "a NUL": f"{MARK}\x00<{MARK}>",
    "turned around": f"\u202e{MARK}\u2066",
    "half a character": f"\ud800{MARK}",
    "no UTF-8": b"\xff\xfe\xc0\xaf" + MARK.encode(),
    "a query": f"' OR '1'='1 {MARK} --",
    "a key of the table": f"player#{MARK}",
    "a format": f"%s%n%(x)s{{0.__class__}}{MARK}",
    "a formula": f"=HYPERLINK({MARK})",
    "a command": f"; $(touch {MARK}) `{MARK}` |",
    "much": MARK * 1000,
    "a large number": "9" * 5000,
    "no number": "nan",
    "a minus": "-1",
    "nothing": "",
    "a blank": " ",
    "a point": ".",
    "every sign": "".join(map(chr, range(1, 127))) + MARK,
}

PARAMETERS = (
    *("period", "country", "cursor", "player", "submission", "at", "by", "q", "kind", "before"),
    *(
        "_method",
        "day",
        "month",
        "past",
        "ended",
        "limit",
        "place",
        "above",
        "below",
        "v",
        "next",
        "rows",
        "theme",
    ),
)
FIELDS = ("csrf_token", "submission_id", "name", "country", "score", "key", "why", "x")
HEADERS = (
    *("Accept", "Accept-Language", "Content-Type", "If-None-Match", "If-Modified-Since", "Range"),
    *("Origin", "Referer", "User-Agent", "X-Request-Id", "X-Forwarded-For", "X-Forwarded-Host"),
    *("X-Forwarded-Proto", "X-Forwarded-Prefix", "X-HTTP-Method-Override", "X-Original-URL"),
    *("X-Rewrite-URL", "Forwarded", "Authorization", "Content-Encoding", "Idempotency-Key"),
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "ODD")

INSIDE = re.compile(r"Traceback|File \"|line \d+, in |Error\(|Exception|boto|werkzeug|jinja|/site-")
REFUSED = frozenset({400, 401, 403, 404, 405, 409, 413, 415, 421, 422, 429})
LEADING = frozenset({302, 303, 308})
SHOWN = LEADING | {200, 206, 304, 416}
HERE = re.compile(rf"$|[?#]|(?:{HOST})?/(?![/\\])")
KINDS = (
    *("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"),
    *("multipart/form-data", "application/json", "text/plain", ""),
)


def quoted(text: str | bytes) -> str:
    """Return a text as it is sent within an address by whoever means harm."""
    return quote_from_bytes(raw(text), safe="")


def raw(text: str | bytes) -> bytes:
    """Return a text as bytes, though there may be half a character in it."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def ask(
    browser: CheckedClient,
    path: str,
    method: str = "GET",
    query: str = "",
    **kwargs: Any,  # noqa: ANN401 - as in Flask's.
) -> TestResponse:
    """Ask for a path, and check the answer."""
    response = browser.open(path, base_url=HOST, method=method, query_string=query, **kwargs)
    check(response)
    return response


def check(response: TestResponse) -> None:
    """Fail where an answer tells of the inside, or takes what was sent for its own."""
    where = f"{response.request.method} {response.request.url} {response.status}"
    assert response.status_code in SHOWN | REFUSED, where
    check_headers(response, where)
    if response.status_code in REFUSED:
        assert not INSIDE.search(response.text.replace(MARK, "")), where
    if response.status_code in LEADING or not response.data:
        return
    if response.mimetype == "text/html":
        check_page(Page(response.text), where)
    elif (response.mimetype or "").endswith("xml"):
        check_xml(response.text, where)


def check_headers(response: TestResponse, where: str) -> None:
    """Fail where a header is not ours, or leads away from here."""
    headers = response.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none';"), where
    cookies = {cookie.partition("=")[0] for cookie in headers.getlist("Set-Cookie")}
    assert cookies <= {"__Host-session"}, where
    for name, value in headers.items():
        assert MARK not in name, where
        assert not name.startswith("Access-Control"), where
        assert not re.search(r"[\r\n]", value), where
    assert HERE.match(headers.get("Location", "/")), f"{where} {headers['Location']}"


def check_page(page: Page, where: str) -> None:
    """Fail where something sent has become part of the page's own build.

    `CheckedClient` has looked for scripts and styles, and for whether the page is whole.
    """
    for each in page.all():
        assert MARK not in each.tag, where
        assert not any(MARK in name for name in each.attributes), where
        for name in ("href", "src", "action", "formaction"):
            assert HERE.match(each[name]), f"{where} {each[name]}"


def check_xml(text: str, where: str) -> None:
    """Fail where something sent has become part of a feed, a map or a picture."""
    for each in ET.fromstring(text).iter():  # noqa: S314 - our own answer.
        assert MARK not in each.tag, where
        for name, value in each.attrib.items():
            assert MARK not in name, where
            assert name not in {"href", "src"} or HERE.match(value), f"{where} {value}"
