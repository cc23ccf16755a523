"""Who is counted, as Lambda gets to know it: by what API Gateway noted, and nothing a caller says.

The events are API Gateway's, Zappa's code makes requests of them, the factory's app answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from moto import mock_aws
from werkzeug.wrappers import Response
from zappa.wsgi import create_wsgi_request

from bootstrap.table import shape
from leaderboard_app.deployment import SETTINGS_FILE
from leaderboard_app.domain.allowances import Limits
from leaderboard_app.gateway.store import DynamoStore
from tests.gateway.conftest import table_at
from tests.security.targets import SIGN_IN, Target, make_app
from tests.web.html_page import Page
from tests.worlds import DUBLIN, OREGON

FORM = "/boards/star-run/scores/new"
LIMITS = Limits(form=3, key=3, sign_in=3)
HERE, THERE = "192.0.2.1", "192.0.2.2"

FORGERIES: list[dict[str, str]] = [
    {"X-Forwarded-For": "198.51.100.1"},
    {"X-Forwarded-For": "198.51.100.2, 198.51.100.3, 198.51.100.4"},
    {"X-Source-Ip": "198.51.100.5"},
    {"x-source-ip": "198.51.100.6"},
    {"X_Source_Ip": "198.51.100.7"},
    # To WSGI both are one name, and the later of the two wins.
    {"X-Source-Ip": "198.51.100.13", "X_Source_Ip": "198.51.100.14"},
    {"X-Real-Ip": "198.51.100.8", "True-Client-Ip": "198.51.100.9"},
    {"Forwarded": "for=198.51.100.10", "Cf-Connecting-Ip": "198.51.100.11"},
    {"Remote-Addr": "198.51.100.12", "Lambda.Event": "{}", "Lambda-Event": "{}"},
]


@dataclass
class Caller:
    """A browser behind API Gateway: it keeps its cookies.

    Attributes:
        app: the region's.
        address: what the gateway notes of it.
        cookies: what it was given.
    """

    app: Flask
    address: str = HERE
    cookies: dict[str, str] = field(default_factory=dict)

    def __call__(
        self, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None
    ) -> Response:
        """Send a request, as Lambda's handler gets it and gives it to the app."""
        sent = {
            "Host": "abc123.execute-api.us-west-2.amazonaws.com",
            "X-Forwarded-For": self.address,
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        } | dict(headers or {})
        event = {
            "httpMethod": method,
            "path": path,
            "headers": sent,
            "multiValueHeaders": {name: [value] for name, value in sent.items()},
            "queryStringParameters": None,
            "multiValueQueryStringParameters": None,
            "requestContext": {"identity": {"sourceIp": self.address}, "stage": "oregon"},
            "body": body,
            "isBase64Encoded": False,
        }
        response = Response.from_app(self.app, _environ(event))
        for cookie in response.headers.getlist("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return response

    def add_score(self, score: int, headers: Mapping[str, str] | None = None) -> int:
        """Open the form, send it filled in, and return the status of the answer."""
        fields = Page(self("GET", FORM).get_data(as_text=True)).fields("score-form")
        sent = fields | {"name": f"Player {score}", "country": "FI", "score": str(score)}
        return self("POST", FORM, urlencode(sent), headers).status_code

    def try_key(self, headers: Mapping[str, str] | None = None) -> int:
        """Try to sign in with a key that is none, and return the status of the answer."""
        fields = Page(self("GET", SIGN_IN).get_data(as_text=True)).fields("sign-in")
        return self("POST", SIGN_IN, urlencode(fields | {"key": "lb_x"}), headers).status_code


def _environ(event: dict[str, Any]) -> dict[str, Any]:
    """Return what Zappa's handler makes of an event, by our settings."""
    settings = json.loads(SETTINGS_FILE.read_text(encoding="utf-8"))["common"]
    environ: dict[str, Any] = create_wsgi_request(
        event,
        script_name="/oregon",
        binary_support=True,
        context_header_mappings=settings["context_header_mappings"],
    )
    return environ | {"HTTPS": "on", "wsgi.url_scheme": "https", "lambda.event": event}


@pytest.fixture
def oregon() -> Iterator[Target]:
    with mock_aws(), table_at(None) as store:
        target = Target.over(store)
        target.app = make_app(store, target.clock, limits=LIMITS)
        yield target


def test_no_header_gives_a_sender_another_allowance(oregon: Target) -> None:
    caller = Caller(oregon.app)
    assert [caller.add_score(number) for number in range(3)] == [303] * 3
    for number, forged in enumerate(FORGERIES):
        assert caller.add_score(10 + number, forged) == 429, forged


def test_no_header_takes_anothers_allowance_away(oregon: Target) -> None:
    attacker, victim = Caller(oregon.app, THERE), Caller(oregon.app, HERE)
    both = {"X-Source-Ip": HERE, "X_Source_Ip": HERE}
    for number, forged in enumerate(({"X-Forwarded-For": HERE}, both, both)):
        assert attacker.add_score(number, forged) == 303
    assert attacker.add_score(9) == 429
    assert [victim.add_score(number) for number in range(10, 13)] == [303] * 3


def test_keys_are_tried_as_rarely_whatever_the_headers_say(oregon: Target) -> None:
    caller = Caller(oregon.app)
    assert [caller.try_key(forged) for forged in FORGERIES] == [403] * 3 + [429] * 6
    assert Caller(oregon.app, THERE).try_key() == 403


def test_another_process_of_the_region_goes_on_counting(oregon: Target) -> None:
    """Lambda may answer each request in another instance: what is counted is in the table."""
    for number in range(3):
        app = make_app(oregon.store, oregon.clock, limits=LIMITS)
        assert Caller(app).add_score(number) == 303
    app = make_app(oregon.store, oregon.clock, limits=LIMITS)
    assert Caller(app).add_score(9) == 429


def test_an_allowance_is_a_regions_own(oregon: Target) -> None:
    """What Oregon counted is replicated, and Dublin counts for itself: invariant 6."""
    for number in range(4):
        Caller(oregon.app).add_score(number)
    dublin = DynamoStore(DUBLIN, oregon.store.table_name, None)
    dublin.client.create_table(
        **shape.table(dublin.table_name) | {"DeletionProtectionEnabled": False}
    )
    for item in oregon.store.client.scan(TableName=oregon.store.table_name)["Items"]:
        dublin.client.put_item(TableName=dublin.table_name, Item=item)
    app = make_app(dublin, oregon.clock, DUBLIN, LIMITS)
    assert [Caller(app).add_score(10 + number) for number in range(4)] == [303] * 3 + [429]
    counted = [
        item["sk"]["S"]
        for item in dublin.client.scan(TableName=dublin.table_name)["Items"]
        if item["pk"]["S"].startswith("allowance#")
    ]
    assert sorted(counted) == sorted([OREGON, DUBLIN])
    dublin.client.delete_table(TableName=dublin.table_name)
