"""Who is let into the corner, for how long, and what a forged or stolen cookie is worth."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask import Flask

from leaderboard_app.domain.keys import KeyId, Scope, Secret
from leaderboard_app.web.sessions import CarefulSessions
from tests.web.html_page import Page
from tests.web.operators.world import BOARD, SIGN_IN, Corner, sign_in
from tests.web.worlds import CheckedClient, Clock, make_app
from tests.worlds import DUBLIN, OREGON

HTTPS = "https://localhost"
PAGES = ["/operators/", BOARD, f"{BOARD}/held", f"{BOARD}/find?q=ada", "/operators/acts"]


def cookie_of(browser: CheckedClient) -> str:
    """Return the session's cookie."""
    cookie = browser.get_cookie("session")
    assert cookie
    return cookie.value


def planted(corner: Corner, value: str) -> CheckedClient:
    """Return a browser with a session cookie that somebody put there."""
    browser = corner.browser()
    browser.set_cookie("session", value)
    return browser


def signed(app: Flask, content: Mapping[str, object]) -> str:
    """Return a cookie as the app signs it."""
    serializer = CarefulSessions().get_signing_serializer(app)
    assert serializer
    return str(serializer.dumps(dict(content)))


def assert_shut(browser: CheckedClient) -> None:
    """Hold a browser to be let in nowhere."""
    response = browser.get(BOARD)
    assert response.status_code == 303
    assert response.location.startswith(SIGN_IN)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_those_alone_who_signed_in_and_no_cache_keeps_it(
    corner: Corner, path: str
) -> None:
    stranger = corner.browser().get(path)
    assert (stranger.status_code, stranger.location) == (303, SIGN_IN)
    assert stranger.headers["Cache-Control"] == "no-store"
    known = corner.operator().get(path)
    assert known.status_code in {200, 303}
    assert known.headers["Cache-Control"] == "no-store"


def test_who_signs_in_is_named_on_each_page(corner: Corner) -> None:
    page = corner.operator(corner.key(label="Ann of the arcade")).page(BOARD)
    assert "Signed in as Ann of the arcade" in page.get("corner").text


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_cookie_is_for_this_host_alone_and_holds_no_secret(corner: Corner, scheme: str) -> None:
    browser, secret, base = corner.browser(), corner.key(), f"{scheme}://localhost"
    form = Page(browser.get(SIGN_IN, base_url=base).text).fields("sign-in")
    response = browser.post(SIGN_IN, data=form | {"key": secret.text}, base_url=base)
    (cookie,) = response.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-session=" if scheme == "https" else "session=")
    parts = cookie.split("; ")
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(parts)
    assert ("Secure" in parts) is (scheme == "https")
    assert not any(part.startswith("Domain") for part in parts)
    assert browser.get(BOARD, base_url=base).status_code == 200
    serializer = CarefulSessions().get_signing_serializer(browser.application)
    assert serializer
    kept = serializer.loads(parts[0].split("=", 1)[1])
    assert set(kept["operator"]) == {"key", "stamp", "since", "seen"}
    assert secret.text.split("_", 2)[2] not in str(kept)
    assert secret.digest not in str(kept)


def test_a_wrong_key_and_one_of_another_scope_get_the_same_answer(corner: Corner) -> None:
    unknown = Secret.make(KeyId.make(os.urandom(6)), os.urandom(32))
    revoked = corner.key()
    corner.revoke(revoked)
    wrong = [unknown.text, corner.key(Scope.SUBMIT).text, revoked.text, "letmein", "é" * 9000]
    answers = [sign_in(corner.browser(), text) for text in wrong]
    assert {answer.status_code for answer in answers} == {403}
    pages = [Page(answer.text) for answer in answers]
    assert len({page.get("summary").text for page in pages}) == 1
    assert "No key that may moderate has this secret" in pages[0].get("notice").text
    assert {page.fields("sign-in")["key"] for page in pages} == {""}


def test_no_key_at_all_is_said_beside_the_field(corner: Corner) -> None:
    response = sign_in(corner.browser(), "")
    assert response.status_code == 422
    assert Page(response.text).get("key-error").text == "Enter a key."


def test_signing_in_begins_a_new_session(corner: Corner) -> None:
    """Fixation: who planted a cookie, and a token they know, has neither once it is signed in."""
    attacker = corner.browser()
    known = attacker.page(SIGN_IN).fields("sign-in")
    before = cookie_of(attacker)
    victim = planted(corner, before)
    assert sign_in(victim, corner.key().text).status_code == 303
    assert cookie_of(victim) != before
    assert_shut(attacker)
    out = victim.post("/operators/sign-out", data={"csrf_token": known["csrf_token"]})
    assert out.status_code == 400
    assert victim.get(BOARD).status_code == 200


@pytest.mark.parametrize("value", ["", "x", "a.b.c", "é", "\x00", "." * 3000])
def test_a_garbled_cookie_is_nobodys(corner: Corner, value: str) -> None:
    assert_shut(planted(corner, value))


def test_a_cookie_that_another_key_signed_is_nobodys(corner: Corner) -> None:
    secret = corner.key()
    content = {"operator": {"key": secret.key_id.value, "stamp": "0" * 16, "since": 1, "seen": 1}}
    stranger = make_app(corner.store, corner.clock, secret_key="made up")
    assert_shut(planted(corner, signed(stranger, content)))


@pytest.mark.parametrize(
    "content",
    [
        {"operator": None},
        {"operator": "Ann"},
        {"operator": []},
        {"operator": {"key": "0123456789ab"}},
        {"operator": {"key": 7, "stamp": 7, "since": "x", "seen": None}},
        {"operator": {"key": "x", "stamp": "", "since": 1, "seen": 10**40}},
    ],
)
def test_a_session_of_another_release_is_nobodys(
    corner: Corner, content: dict[str, object]
) -> None:
    assert_shut(planted(corner, signed(corner.browser().application, content)))


def test_the_stamp_of_another_secret_is_nobodys(corner: Corner) -> None:
    """A session is of a key and of its secret; the key's id, which is no secret, is not enough."""
    browser, now = corner.browser(), int(corner.clock().timestamp() * 1000)
    kept = {"key": corner.key().key_id.value, "stamp": "0" * 16, "since": now, "seen": now}
    assert_shut(planted(corner, signed(browser.application, {"operator": kept})))


def test_a_session_ends_an_hour_after_the_last_page(corner: Corner, clock: Clock) -> None:
    browser = corner.operator()
    clock.now += timedelta(minutes=59)
    assert browser.get(BOARD).status_code == 200
    clock.now += timedelta(minutes=59)
    assert browser.get(BOARD).status_code == 200
    clock.now += timedelta(hours=1)
    assert_shut(browser)


def test_a_session_ends_after_eight_hours_however_busy(corner: Corner, clock: Clock) -> None:
    browser = corner.operator()
    for _ in range(15):
        clock.now += timedelta(minutes=31)
        assert browser.get(BOARD).status_code == 200
    clock.now += timedelta(minutes=16)
    response = browser.get(BOARD)
    assert response.location == f"{SIGN_IN}?ended=1"
    assert "Your session has ended" in browser.page(response.location).get("notice").text


def test_the_session_of_a_revoked_key_ends_within_the_keys_time(
    corner: Corner, clock: Clock
) -> None:
    secret = corner.key()
    browser = corner.operator(secret)
    corner.revoke(secret)
    clock.now += timedelta(seconds=20)
    assert_shut(browser)


def test_the_session_of_a_rotated_key_lasts_as_long_as_its_old_secret(
    corner: Corner, clock: Clock
) -> None:
    secret = corner.key()
    browser = corner.operator(secret)
    key = corner.store.keys.find(secret.key_id)
    assert key
    fresh = Secret.make(secret.key_id, os.urandom(32))
    corner.store.keys.replace(key.rotated(fresh, clock() + timedelta(minutes=5)), key)
    clock.now += timedelta(minutes=4)
    assert browser.get(BOARD).status_code == 200
    clock.now += timedelta(minutes=1)
    assert_shut(browser)


def test_signing_out_ends_the_session_in_this_browser(corner: Corner) -> None:
    browser = corner.operator()
    out = browser.post("/operators/sign-out", data=browser.page(BOARD).fields("sign-out"))
    assert out.status_code == 303
    assert browser.page(out.location).get("told-1").text == "You are signed out."
    assert_shut(browser)


def test_a_key_signs_in_to_each_region_and_a_cookie_is_good_in_both(corner: Corner) -> None:
    """They share the secret key; a browser sends a cookie to the host alone that set it."""
    secret = corner.key()
    oregon, dublin = corner.operator(secret, OREGON), corner.operator(secret, DUBLIN)
    assert dublin.get(BOARD).status_code == 200
    elsewhere = corner.browser(DUBLIN)
    elsewhere.set_cookie("session", cookie_of(oregon))
    assert elsewhere.get(BOARD).status_code == 200


def test_too_many_tries_from_one_address_are_told_when_to_come_back(corner: Corner) -> None:
    browser, good = corner.browser(), corner.key()
    for _ in range(10):
        assert sign_in(browser, "letmein").status_code == 403
    response = sign_in(browser, good.text)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    assert "more than 10 keys within a minute" in Page(response.text).get("notice").text
    assert_shut(browser)


def test_a_sign_in_form_without_its_token_is_refused(corner: Corner) -> None:
    browser = corner.browser()
    response = browser.post(SIGN_IN, data={"key": corner.key().text})
    assert response.status_code == 400
    assert_shut(browser)


def test_below_a_stages_root_the_corner_stays_there_and_the_cookie_is_for_the_host(
    corner: Corner,
) -> None:
    """As at API Gateway's address: `/oregon` before every path, and none of it in the cookie."""
    browser, base = corner.browser(), "https://localhost/oregon"
    away = browser.get("/operators/", base_url=base)
    assert away.location == f"/oregon{SIGN_IN}"
    form = Page(browser.get(SIGN_IN, base_url=base).text).fields("sign-in")
    sent = form | {"key": corner.key().text}
    response = browser.post(SIGN_IN, data=sent, base_url=base)
    assert response.location == "/oregon/operators/"
    (cookie,) = response.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-session=")
    assert "Path=/;" in f"{cookie};"
    page = Page(browser.get(BOARD, base_url=base).text)
    links = {each["href"] for each in page.all("a") if not each["href"].startswith("#")}
    elsewhere = {link for link in links if not link.startswith("/oregon/")}
    assert elsewhere <= {f"https://dublin.example/base{BOARD}"}
    assert page.get("sign-out")["action"] == "/oregon/operators/sign-out"
