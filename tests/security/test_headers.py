"""What every answer of every route tells a browser, whoever asks and by whatever method."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from tests.security.targets import HOST, SIGN_IN, Target
from tests.web.html_page import Element, Page
from tests.web.worlds import CheckedClient

TOLD = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FOR_OTHER_SITES = {
    "embeds.board": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "embeds.badge": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}
"""What is made to be shown elsewhere. Framed it may be by the sites that are set: here, by none."""
SCRIPT = "script-src 'self'; connect-src 'self'; "
WITH_SCRIPT = TOLD["Content-Security-Policy"].replace("img-src", f"{SCRIPT}img-src")
UNTOLD = ("Access-Control-", "Server", "X-Powered-By", "X-AspNet", "Via")
KINDS = frozenset(
    {
        "text/html; charset=utf-8",
        "text/plain; charset=utf-8",
        "application/json",
        "application/manifest+json",
        "text/javascript; charset=utf-8",
        "application/problem+json",
        "image/svg+xml; charset=utf-8",
        "text/csv; charset=utf-8; header=present",
        "application/atom+xml; charset=utf-8",
        "application/xml; charset=utf-8",
    }
)
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "TRACE", "DELETE")


def told(response: TestResponse, endpoint: str) -> dict[str, str]:
    """Return what an answer has to tell."""
    reads = response.status_code == 200 and response.request.method in {"GET", "HEAD"}
    if reads and endpoint in FOR_OTHER_SITES:
        return TOLD | {
            "Content-Security-Policy": FOR_OTHER_SITES[endpoint],
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
    return TOLD | ({"Content-Security-Policy": WITH_SCRIPT} if scripts_of(response) else {})


def scripts_of(response: TestResponse) -> list[Element]:
    """Return the scripts of a page."""
    is_page = response.mimetype == "text/html" and response.status_code < 300 and response.data
    return Page(response.text).all("script") if is_page else []


def asked(target: Target) -> list[tuple[str, str]]:
    """Return an address of each route, with its endpoint, and some that there are not."""
    nowhere = [(path, "") for path in ("/nowhere", "/api/v1/nowhere", "/static/nothing.css")]
    return [*((target.path(rule), rule.endpoint) for rule in target.rules()), *nowhere]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("who", ["a visitor", "an operator"])
def test_every_answer_of_every_route_carries_the_same_rules(
    target: Target, who: str, method: str
) -> None:
    browser = target.operator() if who == "an operator" else target.visitor()
    for path, endpoint in asked(target):
        sent = {"Origin": "https://evil.example"}
        response = browser.open(path, base_url=HOST, method=method, headers=sent)
        found = {name: response.headers.get(name) for name in TOLD}
        if method == "HEAD":
            # Which has no body to tell by whether there is a script.
            found["Content-Security-Policy"] = response.headers["Content-Security-Policy"].replace(
                SCRIPT, ""
            )
        assert found == told(response, endpoint), path
        assert not [name for name, _ in response.headers if name.startswith(UNTOLD)], path
        if response.data:
            assert response.headers["Content-Type"] in KINDS, path


def test_a_script_is_a_file_of_ours_and_nothing_inline(target: Target) -> None:
    operator = target.operator()
    for path, _ in asked(target):
        for script in scripts_of(operator.get(path, base_url=HOST)):
            assert script["src"].startswith("/static/"), path
            assert not script.text, path


def test_no_policy_allows_what_is_inline_or_evaluated() -> None:
    for policy in (TOLD["Content-Security-Policy"], WITH_SCRIPT, *FOR_OTHER_SITES.values()):
        assert policy.startswith("default-src 'none';")
        assert "base-uri 'none'" in policy
        assert "script-src" not in policy or "script-src 'self';" in policy
        assert "unsafe" not in policy


def test_what_an_operator_sees_is_kept_by_nobody(target: Target) -> None:
    operator = target.operator()
    for rule in target.rules():
        if rule.endpoint.startswith("operators."):
            response = operator.get(target.path(rule), base_url=HOST)
            assert response.headers["Cache-Control"] == "no-store", rule.rule


def test_a_page_for_all_carries_nothing_of_an_operators_session(target: Target) -> None:
    """It may be kept for two seconds by what lies between: with a cookie that would be shared."""
    operator = target.operator()
    for rule in target.rules():
        response = operator.get(target.path(rule), base_url=HOST)
        if response.headers["Cache-Control"].startswith("public"):
            assert "Set-Cookie" not in response.headers, rule.rule
            assert "For moderate" not in response.text, rule.rule


def test_the_cookie_is_for_this_host_over_https_and_for_no_script(target: Target) -> None:
    (cookie,) = target.visitor().get(SIGN_IN, base_url=HOST).headers.getlist("Set-Cookie")
    name, *rules = [piece.strip() for piece in cookie.split(";")]
    assert name.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(rules)
    assert "Domain" not in cookie


FORWARDED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Server": "evil.example",
    "X-Original-Host": "evil.example",
    "X-Host": "evil.example",
    "Forwarded": "host=evil.example;proto=http",
    "X-Original-URL": "/evil",
    "X-Rewrite-URL": "/evil",
}


def test_who_forwards_what_is_never_taken_from_a_header(target: Target) -> None:
    browser: CheckedClient = target.visitor()
    for rule in target.rules():
        plain = browser.get(target.path(rule), base_url=HOST)
        forged = browser.get(target.path(rule), base_url=HOST, headers=FORWARDED)
        assert forged.status_code == plain.status_code, rule.rule
        assert "evil" not in forged.text, rule.rule
        assert "evil" not in forged.headers.get("Location", ""), rule.rule
