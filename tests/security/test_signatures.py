"""What we sign and get back: cookies, form tokens and cursors, all with HMAC-SHA-256."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest

from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import Cursor, Direction, Rank
from leaderboard_app.web import cursors
from tests.security.targets import HOST, SIGN_IN, Target
from tests.web.worlds import SECRET_KEY, STAR_RUN

SHA_256 = 32
"""The bytes of its digest; SHA-1 has 20."""


@pytest.fixture(scope="module")
def signed(target: Target) -> dict[str, str]:
    """Return one of each, by the salt that tells what it is for."""
    answer = target.visitor().get(SIGN_IN, base_url=HOST)
    browser = target.visitor()
    cursor = Cursor(STAR_RUN.board_id, ALL_TIME.key, "", Direction.NEXT, 10**30, Rank(26))
    with target.app.app_context():
        text = cursors.dump(cursor)
    return {
        "cookie-session": answer.headers["Set-Cookie"].partition("=")[2].partition(";")[0],
        "wtf-csrf-token": browser.page_of(answer).fields("sign-in")["csrf_token"],
        "cursor": text,
    }


def of(name: str, derive: bytes) -> bytes:
    """Return the key that is made of the app's for one purpose."""
    if name == "cookie-session":
        return hmac.digest(SECRET_KEY.encode(), derive, "sha256")
    return hashlib.sha256(derive + b"signer" + SECRET_KEY.encode()).digest()


@pytest.mark.parametrize("salt", ["cookie-session", "wtf-csrf-token", "cursor"])
def test_what_we_sign_is_signed_with_sha_256_and_a_key_for_its_purpose(
    signed: dict[str, str], salt: str
) -> None:
    content, _, signature = signed[salt].rpartition(".")
    found = urlsafe_b64decode(signature + "=")
    assert len(found) == SHA_256
    assert found == hmac.digest(of(salt, salt.encode()), content.encode(), "sha256")


def test_what_was_signed_for_one_purpose_is_good_for_no_other(
    target: Target, signed: dict[str, str]
) -> None:
    for salt, text in signed.items():
        browser = target.visitor()
        sent = {"cookie": text, "token": text}
        browser.set_cookie("__Host-session", sent["cookie"], domain="localhost", secure=True)
        assert browser.get("/operators/", base_url=HOST).status_code == 303, salt
        if salt != "cursor":
            answer = browser.get("/boards/star-run", base_url=HOST, query_string={"cursor": text})
            assert answer.status_code == 400, salt


def test_a_cookie_that_nobody_signed_signs_nobody_in(target: Target) -> None:
    content = urlsafe_b64encode(b'{"operator":{"key":"000000000001"}}').decode().rstrip("=")
    for forged in (content, f"{content}..", f"{content}.a.b", f"{content}.aaaaaa.{'A' * 43}"):
        browser = target.visitor()
        browser.set_cookie("__Host-session", forged, domain="localhost", secure=True)
        assert browser.get("/operators/", base_url=HOST).status_code == 303, forged
