"""The form's limit: by the address that cannot be made up, and with all that was typed kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from leaderboard_app.web import limits
from tests.web.html_page import Page
from tests.web.memory_store import MemoryStore
from tests.web.test_scores import FORM, typed
from tests.web.worlds import CheckedClient, Clock


@pytest.mark.parametrize(
    ("environ", "address"),
    [
        ({"REMOTE_ADDR": "192.0.2.1"}, "192.0.2.1"),
        (
            {
                "REMOTE_ADDR": "198.51.100.9",
                "HTTP_X_FORWARDED_FOR": "198.51.100.9, 198.51.100.8",
                "HTTP_X_SOURCE_IP": "198.51.100.7",
                "lambda.event": {"requestContext": {"identity": {"sourceIp": "192.0.2.1"}}},
            },
            "192.0.2.1",
        ),
        ({"REMOTE_ADDR": "198.51.100.9", "lambda.event": {}}, ""),
    ],
)
def test_the_source_is_what_the_gateway_noted(
    app: Flask, environ: dict[str, object], address: str
) -> None:
    with app.test_request_context("/", environ_overrides=environ):
        assert limits.source_address() == address


def test_too_many_scores_from_one_address_are_told_when_to_come_back(
    client: CheckedClient, store: MemoryStore, clock: Clock
) -> None:
    clock.now += timedelta(seconds=40)
    for number in range(20):
        assert client.post(FORM, data=typed(client, score=str(number))).status_code == 303
    kept, sent = store.calls["keep"], typed(client, name="Zoë", score="99")
    response = client.post(FORM, data=sent)
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "20"
    assert response.headers["RateLimit-Limit"] == "20"
    assert response.headers["RateLimit-Remaining"] == "0"
    page = Page(response.text)
    assert "send it again in 20 seconds" in page.get("notice").text
    assert page.fields("score-form")["name"] == "Zoë"
    assert store.calls["keep"] == kept
    clock.now += timedelta(seconds=20)
    assert client.post(FORM, data=page.fields("score-form")).status_code == 303
