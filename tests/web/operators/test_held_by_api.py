"""A game server is told what is held: 202, alone and in a batch, however often it is sent."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from leaderboard_app.domain.keys import Scope
from leaderboard_app.domain.submissions import SubmissionId
from tests.web.api_world import ADA, BATCH, SUBMISSIONS, ApiClient, Json
from tests.web.operators.world import Corner, decide, score_path
from tests.web.worlds import make_app


@pytest.fixture
def api(corner: Corner) -> ApiClient:
    """Return a game server with a key that may submit."""
    return ApiClient(make_app(corner.store, corner.clock), corner.key(Scope.SUBMIT).text)


def scored(corner: Corner, score: int, ago: timedelta = timedelta()) -> dict[str, object]:
    """Return a submission with an id of its own."""
    submission_id = SubmissionId.make(corner.clock() - ago, os.urandom(10))
    return ADA | {"score": score, "submission_id": submission_id.value}


def test_a_held_submission_is_accepted_and_not_yet_ranked(corner: Corner, api: ApiClient) -> None:
    api("POST", SUBMISSIONS, json=scored(corner, 100, timedelta(minutes=1)))
    sent = scored(corner, 900)
    first = api("POST", SUBMISSIONS, json=sent)
    said: Json = first.get_json()
    assert (first.status_code, said["held"], said["improved"]) == (202, True, [])
    again = api("POST", SUBMISSIONS, json=sent)
    assert (again.status_code, again.get_json()) == (202, said | {"replayed": True})


def test_an_approved_submission_is_answered_as_stored(corner: Corner, api: ApiClient) -> None:
    api("POST", SUBMISSIONS, json=scored(corner, 100, timedelta(minutes=1)))
    sent = scored(corner, 900)
    api("POST", SUBMISSIONS, json=sent)
    (report,) = corner.store.logbook.held(corner.board, None, 9).reports
    decide(corner.operator(), score_path(report.submission, "approve"))
    again = api("POST", SUBMISSIONS, json=sent)
    assert (again.status_code, again.get_json()["held"]) == (200, False)
    assert "all" in again.get_json()["improved"]


def test_of_a_batch_each_is_held_or_not(corner: Corner, api: ApiClient) -> None:
    sent = [scored(corner, 100, timedelta(minutes=1)), scored(corner, 900), scored(corner, 105)]
    answer = api("POST", BATCH, json={"submissions": sent})
    results = [(each["status"], each["held"]) for each in answer.get_json()["results"]]
    assert results == [(201, False), (202, True), (201, False)]
