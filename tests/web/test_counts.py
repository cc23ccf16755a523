"""What becomes of submissions is counted, by lines that CloudWatch reads."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from leaderboard_app.logs import METRICS
from tests.web.api_world import ADA, BATCH, SUBMISSIONS, World
from tests.web.memory_store import MemoryStore
from tests.web.test_scores import FORM, typed
from tests.web.worlds import CheckedClient, Clock


def counted(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """Return the metrics that were written."""
    return [json.loads(each.getMessage()) for each in caplog.records if each.name == METRICS]


def test_a_score_that_is_added_is_counted_once(
    client: CheckedClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, METRICS):
        client.page(FORM)
        client.post(FORM, data=typed(client))
    (line,) = counted(caplog)
    assert (line["SubmissionsAccepted"], line["board"]) == (1, "star-run")


@pytest.mark.parametrize(
    ("score", "away", "reason"), [("x", False, "invalid"), ("5", True, "unavailable")]
)
def test_a_score_that_is_refused_is_counted_with_the_reason(
    client: CheckedClient,
    store: MemoryStore,
    caplog: pytest.LogCaptureFixture,
    score: str,
    away: bool,  # noqa: FBT001 - a parameter of the test.
    reason: str,
) -> None:
    sent = typed(client, score=score, name="Zoë\n")
    store.away = away
    with caplog.at_level(logging.INFO, METRICS):
        client.post(FORM, data=sent)
    (line,) = counted(caplog)
    assert (line["SubmissionsRefused"], line["reason"]) == (1, reason)
    assert "Zo" not in str(line)


def test_each_of_a_batch_is_counted_and_what_is_sent_again_is_not(
    store: MemoryStore, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    world = World(store, clock)
    api = world.client()
    good = ADA | {"submission_id": world.submission_id()}
    with caplog.at_level(logging.INFO, METRICS):
        api.post(BATCH, {"submissions": [good, ADA | {"score": "x"}]}, 200)
        api.post(BATCH, {"submissions": [good]}, 200)
        api.post(SUBMISSIONS, good, 200)
        api.post(SUBMISSIONS, ADA, 201)
    names = [("SubmissionsAccepted" in line, line.get("reason")) for line in counted(caplog)]
    assert names == [(True, None), (False, "invalid"), (True, None)]
