from __future__ import annotations

import pytest
from flask import Flask, session

from tests.web.worlds import CheckedClient, client_of

FORM = "/boards/star-run/scores/new"


@pytest.mark.parametrize(("scheme", "is_secure"), [("http", False), ("https", True)])
def test_the_cookie_stays_on_https_where_it_was_set_there(
    client: CheckedClient, scheme: str, *, is_secure: bool
) -> None:
    (cookie,) = client.get(FORM, base_url=f"{scheme}://localhost").headers.getlist("Set-Cookie")
    assert ("Secure" in cookie) is is_secure
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_form_works_over_https(client: CheckedClient) -> None:
    https = "https://localhost"
    fields = client.get(FORM, base_url=https)
    assert fields.headers.getlist("Set-Cookie")
    assert client.post(FORM, data={}, base_url=https).status_code == 400


def test_a_page_that_looks_into_the_session_is_shared_with_nobody(app: Flask) -> None:
    @app.get("/greeting")
    def greeting() -> tuple[str, dict[str, str]]:
        return f"<p>{session.get('name')}", {
            "Cache-Control": "public",
            "Content-Type": "text/plain",
        }

    headers = client_of(app).get("/greeting").headers
    assert (headers["Cache-Control"], headers["Vary"]) == ("no-store", "Cookie")
