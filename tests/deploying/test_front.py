"""The front between zappa and MiniStack: what it mends, what it passes on, what it refuses."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from botocore.credentials import Credentials

from bootstrap.deploying.offline.door import Door
from bootstrap.deploying.offline.gateway import Certificate, GatewayProxy, host_of
from bootstrap.deploying.offline.http import Answer, Front, Request, send
from bootstrap.deploying.offline.mends import Mends, with_binary_types

SCOPE = "AWS4-HMAC-SHA256 Credential=sandbox/20261124/us-west-2/lambda/aws4_request"
SIGNED = (("Host", "127.0.0.1:1"), ("Authorization", SCOPE))
HOST = host_of("abc123", "us-west-2")


@dataclass
class Behind:
    """Stands where MiniStack does: notes what it is asked, and answers with the next answer."""

    answers: list[Answer] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)

    def __call__(self, request: Request) -> Answer:
        self.asked.append(request)
        return self.answers.pop(0) if self.answers else Answer(200, (), b"behind")


def mends(*answers: Answer) -> tuple[Mends, Behind]:
    behind = Behind(list(answers))
    return Mends(behind, Credentials("sandbox", "sandbox"), "http://127.0.0.1:2"), behind


def told(**content: object) -> Answer:
    return Answer(200, (), json.dumps(content).encode())


@pytest.mark.parametrize(
    ("op", "path", "becomes"),
    [
        ("add", "/binaryMediaTypes/*~1*", ["*/*"]),
        ("add", "/binaryMediaTypes/image~1svg+xml", ["image/svg+xml"]),
        ("remove", "/binaryMediaTypes/*~1*", []),
    ],
)
def test_binary_types_are_a_list_with_slashes(op: str, path: str, becomes: list[str]) -> None:
    body = json.dumps({"patchOperations": [{"op": op, "path": path}]}).encode()
    assert json.loads(with_binary_types(body))["patchOperations"] == [
        {"op": "replace", "path": "/binaryMediaTypes", "value": becomes}
    ]


def test_another_patch_stays_as_it_is() -> None:
    other = {"op": "replace", "path": "/minimumCompressionSize", "value": "0"}
    body = json.dumps({"patchOperations": [other]}).encode()
    assert json.loads(with_binary_types(body))["patchOperations"] == [other]


def test_a_version_is_described_with_a_package_of_its_own() -> None:
    latest = told(Code={"Location": "http://localhost:1/code?x=1"})
    mend, behind = mends(
        *(told(FunctionName="app", Version="1"), latest, Answer(200, (), b"first")),
        *(told(FunctionName="app", Version="2"), latest, Answer(200, (), b"second")),
        told(Code={"Location": "http://localhost:1/code"}),
    )
    mend(Request("POST", "/2015-03-31/functions", SIGNED, b"{}"))
    mend(Request("PUT", "/2015-03-31/functions/app/code", SIGNED, b"{}"))
    answer = mend(Request("GET", "/2015-03-31/functions/function%3Aapp%3A1", SIGNED, b""))
    assert behind.asked[-1].path == "/2015-03-31/functions/app?Qualifier=1"
    place = urlsplit(json.loads(answer.body)["Code"]["Location"])
    assert place.netloc == "127.0.0.1:2"
    assert mend(Request("GET", place.path, (), b"")).body == b"first"
    assert mend(Request("GET", "/packages/us-west-2/app/7", (), b"")).status == 404


def test_what_was_changed_is_signed_again_and_all_else_is_passed_on() -> None:
    mend, behind = mends()
    body = b'{"patchOperations": [{"op": "add", "path": "/binaryMediaTypes/*~1*"}]}'
    mend(Request("PATCH", "/restapis/abc", SIGNED, body))
    assert behind.asked[0].header("Authorization").partition("Signature=")[2]
    plain = Request("GET", "/2015-03-31/functions/app", SIGNED, b"")
    mend(plain)
    assert behind.asked[1] is plain


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
def proxied(
    behind: Behind, tmp_path: Path
) -> Iterator[Callable[[str], http.client.HTTPSConnection]]:
    certificate = Certificate(tmp_path)
    proxy = GatewayProxy(behind, certificate)
    opened = []

    def connect(host: str) -> http.client.HTTPSConnection:
        context = ssl.create_default_context(cafile=str(certificate.bundle))
        connection = http.client.HTTPSConnection(
            "127.0.0.1", proxy.port, timeout=10, context=context
        )
        connection.set_tunnel(host, 443)
        opened.append(connection)
        return connection

    yield connect
    for connection in opened:
        connection.close()
    proxy.close()


Connect = Callable[[str], http.client.HTTPSConnection]


def test_an_api_is_reached_by_its_own_name_with_a_certificate(
    proxied: Connect, behind: Behind
) -> None:
    connection = proxied(HOST)
    connection.request("GET", "/oregon/boards/global?x=1", headers={"X-Forwarded-For": "6.6.6.6"})
    assert connection.getresponse().read() == b"behind"
    (asked,) = behind.asked
    assert asked.path == "/_aws/execute-api/abc123/oregon/boards/global?x=1"
    assert asked.header("Host") == HOST
    assert asked.header("X-Forwarded-For") == "127.0.0.1"


@pytest.mark.parametrize("host", ["pypi.org", "dynamodb.us-west-2.amazonaws.com"])
def test_nothing_gets_out(proxied: Connect, behind: Behind, host: str) -> None:
    with pytest.raises(OSError, match="403"):
        proxied(host).request("GET", "/")
    assert behind.asked == []


def test_a_door_speaks_to_the_api_as_its_own_address_would(behind: Behind) -> None:
    behind.answers = [Answer(200, (("Set-Cookie", "__Host-session=1; Secure; HttpOnly"),), b"page")]
    door = Door(behind, "abc123", "us-west-2", "oregon")
    try:
        port = door.port
        headers = (
            ("Host", f"127.0.0.1:{port}"),
            ("Referer", f"{door.site}/boards/global"),
            ("Cookie", "door-session=0; theme=dark"),
        )
        answer = send(port, Request("POST", "/oregon/boards/global", headers, b"score=1"))
        assert (answer.body, answer.header("Set-Cookie")) == (b"page", "door-session=1; HttpOnly")
        (asked,) = behind.asked
        assert asked.header("Host") == HOST
        assert asked.header("Referer") == f"https://{HOST}/oregon/boards/global"
        assert asked.header("Cookie") == "__Host-session=0; theme=dark"
        assert asked.body == b"score=1"
    finally:
        door.close()


def test_a_door_leads_to_its_stage(behind: Behind) -> None:
    door = Door(behind, "abc123", "us-west-2", "oregon")
    try:
        with urlopen(door.address, timeout=10) as answer:  # noqa: S310 - loopback.
            assert answer.url == door.site
    finally:
        door.close()


def test_a_front_passes_on_what_it_is_answered() -> None:
    front = Front(lambda request: Answer(418, (("X-Method", request.method),), b"short"))
    try:
        for method, body in (("GET", b"short"), ("HEAD", b""), ("PATCH", b"short")):
            answer = send(front.port, Request(method, "/", (("Host", "x"),), b""))
            assert (answer.status, answer.body) == (418, body)
            assert answer.header("X-Method") == method
    finally:
        front.close()
