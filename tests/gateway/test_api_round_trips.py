"""What the API's calls cost in calls to the table, and which of those go out at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from leaderboard_app.deployment import Deployment, Stage
from leaderboard_app.domain.keys import Key, KeyId, Scope, Secret
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.factory import create_app
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.settings import Settings
from leaderboard_app.usecases.keys import MAX_AGE
from tests.gateway.calls import expecting
from tests.worlds import BOARD, DUBLIN, NOW, OREGON

SECRET = Secret.make(KeyId("00ff00ff00ff"), bytes(32))
BOARDS_READ = KEY_READ = COUNTED = 1
RECORD_READ = 2
PERIODS = 4
"""A submission that improves writes an entry of each; each is marked as changed once a minute."""


@dataclass
class Api:
    """A region's app over a store, asked by a game server."""

    client: FlaskClient
    clock: list[Any]

    def one(self, score: int, **fields: object) -> dict[str, object]:
        made = SubmissionId.make(self.clock[0], abs(score).to_bytes(10)).value
        who = {"player_id": "name:p1", "name": "p1", "country": "FI"}
        return {"submission_id": made, "score": score} | who | fields

    def submit(self, score: int, **fields: object) -> int:
        return self.ask("", self.one(score, **fields)).status_code

    def ask(self, path: str, content: object) -> TestResponse:
        shown = {"Authorization": f"Bearer {SECRET.text}"}
        address = f"/api/v1/boards/global/submissions{path}"
        return self.client.post(address, json=content, headers=shown)


@pytest.fixture
def api(store: DynamoStore) -> Api:
    store.client.put_item(TableName=store.table_name, Item=items.board_item(BOARD))
    store.keys.add(Key.of(SECRET, "Game", [Scope.SUBMIT], NOW))
    stages = (Stage("oregon", OREGON), Stage("dublin", DUBLIN))
    settings = Settings(OREGON, Deployment("arcade", stages), "secret")
    clock = [NOW]
    now: Callable[[], Any] = lambda: clock[0]  # noqa: E731
    return Api(create_app(settings, store=store, clock=now).test_client(), clock)


def test_a_submission_is_two_steps_with_one_more_for_a_key_that_is_not_in_memory(
    store: DynamoStore, api: Api
) -> None:
    """The counter of the key's allowance is written beside the reading."""
    with expecting(store, KEY_READ, BOARDS_READ, RECORD_READ + COUNTED, 1 + PERIODS + PERIODS):
        assert api.submit(10) == 201
    with expecting(store, RECORD_READ + COUNTED, 1 + PERIODS):
        assert api.submit(20) == 201
    with expecting(store, RECORD_READ + COUNTED):
        assert api.submit(20) == 200
    api.clock[0] += MAX_AGE
    with expecting(store, KEY_READ, RECORD_READ + COUNTED, 1):
        assert api.submit(5) == 201


def test_a_batch_is_two_steps_too(store: DynamoStore, api: Api) -> None:
    """Each player's entries, then all profiles and submissions at once; then every put at once."""
    api.submit(10)
    many = [
        {"player_id": f"name:p{n}", "name": f"p{n}", "country": "FI", "score": 20} for n in range(3)
    ]
    with expecting(store, 3 + 1 + COUNTED, 3 * (1 + PERIODS)):
        assert api.ask("/batch", {"submissions": many}).status_code == 200


def test_what_is_refused_by_itself_costs_nothing(store: DynamoStore, api: Api) -> None:
    api.submit(10)
    with expecting(store):
        assert api.submit(-1) == 422
        assert api.submit(1, name="\x00") == 422
        assert api.ask("", "nonsense").status_code == 400


def test_a_made_up_key_is_one_read_in_five_seconds(store: DynamoStore, api: Api) -> None:
    forged = Secret.make(KeyId("0123456789ab"), bytes(32)).text
    headers = {"Authorization": f"Bearer {forged}"}
    with expecting(store, KEY_READ):
        for _ in range(3):
            answer = api.client.post("/api/v1/boards/global/submissions", headers=headers)
            assert answer.status_code == 401
    api.clock[0] += timedelta(seconds=5)
    with expecting(store, KEY_READ):
        api.client.post("/api/v1/boards/global/submissions", headers=headers)


def test_what_rises_too_fast_is_stored_and_held_and_the_answer_says_so(
    store: DynamoStore, api: Api
) -> None:
    slow = replace(BOARD, max_rise=100)
    store.client.put_item(TableName=store.table_name, Item=items.board_item(slow))
    api.submit(10)
    for replayed in (False, True):
        answer = api.ask("", api.one(10_000))
        assert answer.status_code == 202
        content = answer.get_json()
        assert (content["held"], content["improved"]) == (True, [])
        assert content["replayed"] is replayed
    many = {"submissions": [api.one(20_000), api.one(20)]}
    held, taken = api.ask("/batch", many).get_json()["results"]
    assert (held["held"], taken["held"]) == (True, False)
