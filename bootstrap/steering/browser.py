"""A browser without eyes: opens a region's pages, keeps its cookies, sends its form."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urlsplit

from bootstrap.exits import Problem, Unavailable

TIMEOUT_SECONDS = 10.0

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_OK = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page answered: its status, its body, and the address it came from in the end."""

    status: int
    body: str
    address: str


class Browser:
    """One visitor of one region's web address."""

    def __init__(self, site: str) -> None:
        """Visit an address, as `https://oregon.example.com`, without a slash behind.

        Raises:
            Problem: it is no web address.
        """
        parts = urlsplit(site)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Problem(f"{site!r} is no web address: write it like https://oregon.example.com.")
        self.site = site.rstrip("/")
        handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPCookieProcessor()]
        if parts.hostname in _LOOPBACK:
            handlers.append(urllib.request.ProxyHandler({}))
        self._opener = urllib.request.build_opener(*handlers)

    def get(self, path: str) -> Answer:
        """Return a page, whatever its status.

        Raises:
            Unavailable: nobody answers.
        """
        return self._open(urllib.request.Request(self.site + path))  # noqa: S310 - checked above.

    def post(self, path: str, values: Mapping[str, str]) -> Answer:
        """Send a form to the page it came from, as a browser does. Raises as `get` does."""
        address = self.site + path
        request = urllib.request.Request(  # noqa: S310 - checked above.
            address,
            data=urlencode(values).encode(),
            headers={"Referer": address, "Origin": _origin(address)},
        )
        return self._open(request)

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            try:
                with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                    return Answer(_OK, answer.read().decode(errors="replace"), answer.geturl())
            except urllib.error.HTTPError as refused:
                with refused:
                    body = refused.read().decode(errors="replace")
                return Answer(refused.code, body, request.full_url)
        except (OSError, http.client.HTTPException) as cause:
            reason = getattr(cause, "reason", None) or cause
            raise Unavailable(
                f"{request.full_url} does not answer: {reason}. "
                "Check the address, and that the stage runs."
            ) from cause


@dataclass
class Page(HTMLParser):
    """What of a page counts here: the hidden fields, the ranking's cells, the notice.

    Attributes:
        hidden: the values of hidden inputs, by name.
        rows: the texts of the ranking's cells, row by row.
        notice: what a refused form says.
    """

    hidden: dict[str, str] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    notice: str = ""
    _inside: str = ""

    def __post_init__(self) -> None:
        """Begin, as every parser has to."""
        super().__init__()

    @classmethod
    def of(cls, body: str) -> Page:
        """Return what counts of a page."""
        page = cls()
        page.feed(body)
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note hidden fields, and where rows and cells begin."""
        given = {name: value or "" for name, value in attrs}
        if tag == "input" and given.get("type") == "hidden" and given.get("name"):
            self.hidden[given["name"]] = given.get("value", "")
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
            self._inside = "cell"
        elif given.get("id") in {"notice", "summary"}:
            self._inside = "notice"

    def handle_endtag(self, tag: str) -> None:
        """Note where cells and notices end."""
        if tag in {"td", "th", "div"}:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep the text of cells and notices."""
        text = " ".join(data.split())
        if self._inside == "cell" and self.rows and self.rows[-1]:
            self.rows[-1][-1] += text
        elif self._inside == "notice" and text:
            self.notice = f"{self.notice} {text}".strip()


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
