"""What MiniStack does not do as AWS does and Zappa relies on, mended on the way between them.

Zappa stays as it was installed; MiniStack, too. Three things are mended:

- API Gateway takes the path `/binaryMediaTypes/*~1*` of a JSON patch as a member of a list, with
  `~1` for a slash; MiniStack would make an object of it.
- Lambda takes `function:NAME:VERSION` for a function's version, as `zappa rollback` writes it.
- Lambda serves each version's own package; MiniStack serves the latest for all of them.
"""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from bootstrap.deploying.offline.http import Answer, Request, Responder

BINARY_TYPES = "/binaryMediaTypes"
FUNCTIONS = "/2015-03-31/functions/"
PACKAGES = "/packages/"

_SCOPE = re.compile(r"Credential=[^/]+/\d+/([^/]+)/([^/]+)/")
_VERSION = re.compile(rf"{FUNCTIONS}(?:function:)?([^:/?]+):(\d+)")
_CHANGE = re.compile(rf"{FUNCTIONS.rstrip(chr(47))}(?:/([^/:]+)/code)?/?")
_OK, _NOT_FOUND = 200, 404


@dataclass(frozen=True, slots=True)
class Mends:
    """Passes on what Zappa asks of AWS, mended; keeps the package of every version.

    Attributes:
        ministack: answers as MiniStack does.
        credentials: what is signed again with, where a request was changed.
        address: where this itself is reached.
    """

    ministack: Responder
    credentials: Credentials
    address: str
    _packages: dict[str, bytes] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, request: Request) -> Answer:
        """Return the answer to a request."""
        if request.path.startswith(PACKAGES):
            return self._package(request.path.removeprefix(PACKAGES))
        version = _VERSION.fullmatch(unquote(urlsplit(request.path).path))
        if request.method == "GET" and version:
            return self._version(request, *version.groups())
        if request.method == "PATCH" and BINARY_TYPES.encode() in request.body:
            request = self._signed(replace(request, body=with_binary_types(request.body)))
        answer = self.ministack(request)
        if request.method in {"POST", "PUT"} and _CHANGE.fullmatch(urlsplit(request.path).path):
            self._keep(request, answer)
        return answer

    def _version(self, request: Request, name: str, version: str) -> Answer:
        """Describe a version, with an address of its own package."""
        path = f"{FUNCTIONS}{name}?Qualifier={version}"
        answer = self.ministack(self._signed(replace(request, path=path)))
        if answer.status != _OK:
            return answer
        described: dict[str, Any] = json.loads(answer.body)
        place = quote(f"{_scope(request)[0]}/{name}/{version}")
        described["Code"]["Location"] = f"{self.address}{PACKAGES}{place}"
        return replace(answer, body=json.dumps(described).encode())

    def _keep(self, request: Request, answer: Answer) -> None:
        """Keep the package of a version that was just published: it is the latest now."""
        described = json.loads(answer.body) if answer.status < 300 else {}  # noqa: PLR2004
        if not str(described.get("Version", "")).isdigit():
            return
        region, name = _scope(request)[0], described["FunctionName"]
        asked = Request("GET", f"{FUNCTIONS}{name}", request.headers, b"")
        latest = json.loads(self.ministack(self._signed(asked)).body)
        place = urlsplit(latest["Code"]["Location"])
        named = (("Host", place.netloc),)
        found = self.ministack(Request("GET", f"{place.path}?{place.query}", named, b""))
        with self._lock:
            self._packages[f"{region}/{name}/{described['Version']}"] = found.body

    def _package(self, place: str) -> Answer:
        with self._lock:
            package = self._packages.get(unquote(place))
        if package is None:
            return Answer(_NOT_FOUND, (), b"")
        return Answer(_OK, (("Content-Type", "application/zip"),), package)

    def _signed(self, request: Request) -> Request:
        """Return a request that was changed, with a signature of what it is now."""
        region, service = _scope(request)
        kept = {"content-type", "host", "x-amz-date", "x-amz-target"}
        named = {
            n: v for n, v in request.headers if n.lower() in kept and n.lower() != "x-amz-date"
        }
        url = f"http://{request.header('Host')}{request.path}"
        made = AWSRequest(request.method, url, headers=named, data=request.body)
        SigV4Auth(self.credentials, service, region).add_auth(made)
        return replace(request, headers=tuple(made.headers.items()))


def with_binary_types(body: bytes) -> bytes:
    """Return a JSON patch whose binary media types are replaced as a list."""
    patch = json.loads(body)
    patch["patchOperations"] = [_as_list(operation) for operation in patch["patchOperations"]]
    return json.dumps(patch).encode()


def _as_list(operation: dict[str, str]) -> dict[str, Any]:
    head, _, name = operation["path"].partition(f"{BINARY_TYPES}/")
    if head or not name:
        return dict(operation)
    kind = name.replace("~1", "/").replace("~0", "~")
    value = [] if operation["op"] == "remove" else [kind]
    return {"op": "replace", "path": BINARY_TYPES, "value": value}


def _scope(request: Request) -> tuple[str, str]:
    """Return the region and the service that a request is signed for."""
    found = _SCOPE.search(request.header("Authorization"))
    return (found[1], found[2]) if found else ("us-east-1", "lambda")
