"""What bad input gets from the pages, all of them: a page of ours, nothing stored, nothing told.

The routes are those that the app has, so a new one is attacked from its first day. The API has its
own list in `tests/web/test_hostile_api.py`; here it is asked along with the rest.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule

from tests.security.hostile import (
    FIELDS,
    HEADERS,
    HOSTILE,
    KINDS,
    MARK,
    METHODS,
    PARAMETERS,
    REFUSED,
    ask,
    check_page,
    quoted,
    raw,
)
from tests.security.targets import PLAYER_ID, SIGN_IN, Target
from tests.web.html_page import Page
from tests.web.worlds import CheckedClient

FORMS = {
    "/boards/star-run/scores/new": "score-form",
    f"/operators/boards/star-run/players/{PLAYER_ID}/void": "decide",
    SIGN_IN: "sign-in",
}

hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
TEXTS = list(HOSTILE.values())


@pytest.fixture(scope="module")
def browser(target: Target) -> CheckedClient:
    """Return a browser that an operator signed in with: it gets to see all pages there are."""
    return target.operator()


@pytest.fixture(scope="module")
def stranger(target: Target) -> CheckedClient:
    return target.visitor()


def routes(target: Target, method: str = "GET") -> list[Rule]:
    """Return the routes that take a method."""
    return [rule for rule in target.rules() if method in (rule.methods or ())]


@hostile
def test_no_piece_of_a_path_breaks_a_page(
    browser: CheckedClient, target: Target, text: str | bytes
) -> None:
    with target.writing() as written:
        for rule in routes(target):
            for argument in rule.arguments:
                ask(browser, target.path(rule, **{argument: quoted(text)}))
        for method in METHODS:
            ask(browser, f"/{quoted(text)}", method)
    assert not written


@hostile
def test_no_parameter_breaks_a_page(
    browser: CheckedClient, target: Target, text: str | bytes
) -> None:
    """Each text meets each route in another parameter; together they meet nearly all of them."""
    begin = TEXTS.index(text)
    with target.writing() as written:
        for number, rule in enumerate(routes(target)):
            name = PARAMETERS[(begin + number) % len(PARAMETERS)]
            ask(browser, target.path(rule), query=f"{name}={quoted(text)}&{quoted(text)}")
    assert not written


@hostile
def test_no_header_breaks_a_page(browser: CheckedClient, target: Target, text: str | bytes) -> None:
    sent = re.sub(r"[\r\n]", " ", raw(text).decode("latin-1"))
    begin = TEXTS.index(text)
    with target.writing() as written:
        for number, rule in enumerate(routes(target)):
            name = HEADERS[(begin + number) % len(HEADERS)]
            ask(browser, target.path(rule), headers={name: sent})
    assert not written


def test_no_method_breaks_a_page(browser: CheckedClient, target: Target) -> None:
    """What a route does not take it refuses, and an override that some frameworks know is none."""
    with target.writing() as written:
        for rule in target.rules():
            for method in set(METHODS) - set(rule.methods or ()):
                sent = {"X-HTTP-Method-Override": "POST"}
                response = ask(browser, target.path(rule), method, "_method=POST", headers=sent)
                assert response.status_code == 405, (rule.rule, method)
    assert not written


@hostile
def test_a_form_without_its_token_does_nothing(
    browser: CheckedClient, target: Target, text: str | bytes
) -> None:
    kind = KINDS[TEXTS.index(text) % len(KINDS)]
    fields = dict.fromkeys(FIELDS, quoted(text))
    body = urlencode(fields) if "urlencoded" in kind else raw(text)
    with target.writing() as written:
        for rule in routes(target, "POST"):
            response = ask(browser, target.path(rule), "POST", data=body, content_type=kind)
            assert response.status_code in REFUSED
    assert not written


@hostile
def test_what_a_form_refuses_is_not_stored(
    browser: CheckedClient, target: Target, text: str | bytes
) -> None:
    """With its token, one field is hostile: it is refused, or taken for what it is, a text."""
    typed = raw(text).decode("utf-8", "replace")
    for path, form_id in FORMS.items():
        fields = browser.page_of(ask(browser, path)).fields(form_id)
        for name in set(fields) - {"csrf_token"} | {"why", "key"}:
            sent = fields | {"name": "Ada", "country": "FI", "score": "3"} | {name: typed}
            with target.writing() as written:
                response = ask(browser, path, "POST", data=sent)
            assert response.status_code == 303 or not written, (path, name)


def test_who_is_not_signed_in_is_led_to_where_they_can(
    stranger: CheckedClient, target: Target
) -> None:
    within = [rule for rule in target.rules() if rule.endpoint.startswith("operators.")]
    with target.writing() as written:
        for rule in within:
            for method in {"GET", "HEAD", "POST", "OPTIONS"} & set(rule.methods or ()):
                response = ask(stranger, target.path(rule), method, data={"why": "no reason"})
                if rule.rule != SIGN_IN:
                    assert response.status_code == 303, (rule.rule, method)
                    assert response.headers["Location"].partition("?")[0] == SIGN_IN
    assert len(within) > 5
    assert not written


def test_a_name_that_is_hostile_is_shown_as_a_text_on_every_page(
    browser: CheckedClient, target: Target
) -> None:
    """Names are free: what is stored is what was typed, and every page shows it as that."""
    path, name = "/boards/star-run/scores/new", f"<{MARK} x='\"&amp;"
    fields = browser.page_of(ask(browser, path)).fields("score-form")
    sent = fields | {"name": name, "country": "FI", "score": "9"}
    landed = ask(browser, path, "POST", data=sent)
    assert landed.status_code == 303
    player_id = parse_qs(urlsplit(landed.headers["Location"]).query)["player"][0]
    shown = 0
    for rule in routes(target):
        response = ask(browser, target.path(rule, player_id=player_id), query=f"q={quoted(name)}")
        if response.mimetype == "text/html" and response.status_code == 200:
            shown += name in Page(response.text).root.text
    assert shown >= 3


ANY_TEXT = st.text(max_size=60) | st.sampled_from([t for t in TEXTS if isinstance(t, str)])


@settings(max_examples=150)
@given(data=st.data())
def test_no_address_breaks_a_page(
    browser: CheckedClient, target: Target, data: st.DataObject
) -> None:
    rule = data.draw(st.sampled_from(routes(target)))
    pieces = {
        name: quoted(data.draw(ANY_TEXT))
        for name in data.draw(st.sets(st.sampled_from(sorted(rule.arguments) or ["none"])))
    }
    query = data.draw(st.dictionaries(st.sampled_from(PARAMETERS), ANY_TEXT, max_size=4))
    sent = "&".join(f"{name}={quoted(value)}" for name, value in query.items())
    ask(browser, target.path(rule, **pieces), query=sent)


def reflecting(text: str, place: str) -> Page:
    """Return a page that shows what was sent as it came: the mistake that all of this looks for."""
    return Page(f"<main>{place.format(text)}</main>")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"<{MARK}>a</{MARK}>", "{}"),
        (f"' {MARK}='", "<p title='{}'>a</p>"),
        (f"javascript:{MARK}()", "<a href='{}'>a</a>"),
        (f"//{MARK}.example/", "<a href='{}'>a</a>"),
    ],
)
def test_a_page_that_shows_what_was_sent_as_it_came_would_be_noticed(text: str, place: str) -> None:
    with pytest.raises(AssertionError):
        check_page(reflecting(text, place), "here")
