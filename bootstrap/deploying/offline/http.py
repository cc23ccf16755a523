"""Requests as they pass through the front: taken whole, changed where it must be, and sent on."""

from __future__ import annotations

import http.client
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bootstrap.sandbox import loopback

Headers = tuple[tuple[str, str], ...]

PATIENCE_SECONDS = 120.0
_OF_ONE_CONNECTION = frozenset(
    {"connection", "keep-alive", "proxy-connection", "transfer-encoding"}
)
_TOLD_ANEW = _OF_ONE_CONNECTION | {"content-length"}


@dataclass(frozen=True, slots=True)
class Request:
    """A request, whole.

    Attributes:
        path: with its query.
        sender: the address that it came from.
    """

    method: str
    path: str
    headers: Headers
    body: bytes
    sender: str = loopback.HOST

    def header(self, name: str) -> str:
        """Return a header's value; empty where it is not there."""
        return _value_of(self.headers, name)

    def with_headers(self, **changed: str) -> Request:
        """Return the request with headers of these values; `_` stands for `-`."""
        return replace(self, headers=_changed(self.headers, changed))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, whole."""

    status: int
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        """Return a header's value; empty where it is not there."""
        return _value_of(self.headers, name)


Responder = Callable[[Request], Answer]


def send(port: int, request: Request) -> Answer:
    """Return what a port of this machine answers to a request."""
    connection = http.client.HTTPConnection(loopback.HOST, port, timeout=PATIENCE_SECONDS)
    try:
        connection.putrequest(
            request.method, request.path, skip_host=True, skip_accept_encoding=True
        )
        for name, value in without(request.headers, _TOLD_ANEW):
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(request.body)))
        connection.endheaders(request.body)
        answer = connection.getresponse()
        body = answer.read()
        return Answer(answer.status, without(answer.getheaders(), _TOLD_ANEW), body)
    finally:
        connection.close()


def without(headers: Iterable[tuple[str, str]], names: Iterable[str]) -> Headers:
    """Return headers but for some, which are named in lower case."""
    left_out = frozenset(names)
    return tuple((name, value) for name, value in headers if name.lower() not in left_out)


class Handler(BaseHTTPRequestHandler):
    """Reads requests, and writes what the server's responder answers to them."""

    protocol_version = "HTTP/1.1"
    server: Front

    def _respond(self) -> None:
        self.write(self.server.responder(self.read()))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _respond  # noqa: N815

    def read(self) -> Request:
        """Return the request whose first lines were read."""
        length = int(self.headers.get("Content-Length") or 0)
        return Request(
            self.command,
            self.path,
            tuple(self.headers.items()),
            self.rfile.read(length),
            str(self.client_address[0]),
        )

    def write(self, answer: Answer) -> None:
        """Write an answer."""
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the parent.
        """Say nothing: whoever asks and who is asked say enough."""


class Front(ThreadingHTTPServer):
    """Listens on a loopback port, and answers with what a responder does."""

    daemon_threads = True
    responder: Responder

    def __init__(self, responder: Responder, handler: type[Handler] = Handler) -> None:
        """Listen on a free port, and answer from now on, beside whatever else is done."""
        super().__init__((loopback.HOST, 0), handler)
        self.responder = responder
        self.port = int(self.server_address[1])
        threading.Thread(target=self.serve_forever, name="front", daemon=True).start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return loopback.address_of(self.port)

    def handle_error(self, request: object, client_address: object) -> None:
        """Let clients hang up, as they do once they have their answer; say all else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def close(self) -> None:
        """Answer no more."""
        self.shutdown()
        self.server_close()


def _value_of(headers: Headers, wanted: str) -> str:
    return next((value for name, value in headers if name.lower() == wanted.lower()), "")


def _changed(headers: Headers, changed: dict[str, str]) -> Headers:
    named = {name.replace("_", "-"): value for name, value in changed.items()}
    kept = without(headers, (name.lower() for name in named))
    return (*kept, *named.items())
