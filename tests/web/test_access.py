"""Each request leaves one log line, by which it can be found and which betrays nobody."""

from __future__ import annotations

import logging

import pytest

from tests.web.worlds import CheckedClient, Seed


def test_a_request_leaves_a_line_without_its_query(
    client: CheckedClient, seed: Seed, caplog: pytest.LogCaptureFixture
) -> None:
    seed("Ada", 5)
    with caplog.at_level(logging.INFO, "leaderboard_app.web.access"):
        response = client.get(
            "/boards/star-run?player=name:ada", headers={"X-Request-Id": "game-7"}
        )
    (record,) = caplog.records
    said = vars(record)
    assert (said["method"], said["path"], said["status"]) == ("GET", "/boards/star-run", 200)
    assert said["request_id"] == response.headers["X-Request-Id"] == "game-7"
    assert said["ms"] >= 0
    assert "name:ada" not in str(said)


@pytest.mark.parametrize("sent", ["", "x" * 65, "a b", "a\u00e9", '"{}'])
def test_an_id_that_is_none_is_replaced(client: CheckedClient, sent: str) -> None:
    found = client.get("/healthz/live", headers={"X-Request-Id": sent}).headers["X-Request-Id"]
    assert found != sent
    assert len(found) == 16
