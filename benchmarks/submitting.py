"""Submitting through the API against the bare gateway: the same use case with no web around it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders

from benchmarks.backends import Backend, table_on
from benchmarks.measure import in_turns
from benchmarks.results import Result
from bootstrap.boards import BOARDS
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.allowances import Limits
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.keys import KEY_ID_BYTES, SECRET_BYTES, Key, KeyId, Scope, Secret
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.records import Ownership
from leaderboard_app.domain.submissions import ENTROPY_BYTES, Submission, SubmissionId
from leaderboard_app.factory import create_app
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.settings import Settings
from leaderboard_app.usecases.submit import submit

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BOARD = BOARDS[0]

TARGET = 1.5

EACH = 10
"""Submissions of one side before it is the other's turn."""

FULL, QUICK = 60, 6
"""Rounds of turns."""


def measure(backend: Backend, rounds: int) -> Iterator[Result]:
    """Yield the comparisons: with answers that come at once, and over HTTP."""
    with table_on(backend) as deployment:
        at_once = Contest(deployment, answered_at_once=True)
        yield at_once.result("submit", "submit by API, answered at once", rounds)
        over_http = Contest(deployment, answered_at_once=False)
        yield over_http.result("submit-http", f"the same over HTTP to {backend.name}", rounds)


class Contest:
    """The API and the bare gateway, on one table; each submission is a new player's first."""

    def __init__(self, deployment: Deployment, *, answered_at_once: bool) -> None:
        """Make both, and a key."""
        region = deployment.regions[0]
        self._store = DynamoStore(region, deployment.table)
        self._ownership = Ownership(region, deployment.regions)
        self._numbers = count()
        secret = Secret.make(KeyId.make(os.urandom(KEY_ID_BYTES)), os.urandom(SECRET_BYTES))
        self._store.keys.add(Key.of(secret, "benchmark", [Scope.SUBMIT], datetime.now(UTC)))
        settings = Settings(
            region,
            deployment,
            secret_key="for this run alone",  # noqa: S106
            limits=Limits(key=10**9),
        )
        # The clock stands still, so that the key and the boards are read once.
        self._now = datetime.now(UTC)
        app = create_app(settings, store=self._store, clock=lambda: self._now)
        self._client = app.test_client()
        self._headers = {"Authorization": f"Bearer {secret.text}"}
        self.by_api()
        if answered_at_once:
            answer_at_once(self._store.client)

    def result(self, name: str, what: str, rounds: int) -> Result:
        """Compare the two; the notes say how many a second each takes."""
        ours, theirs = in_turns(self.by_api, self.by_gateway, rounds, EACH)
        rates = {"ours": round(1 / ours.median), "against": round(1 / theirs.median)}
        return Result(name, what, ours, theirs, TARGET, notes={"a_second": rates})

    def by_api(self) -> None:
        """Send a submission to the API.

        Raises:
            RuntimeError: it is not taken.
        """
        one = self._submission()
        content = {
            "submission_id": one.submission_id.value,
            "player_id": one.player.player_id.value,
            "name": one.player.name,
            "country": one.player.country.code,
            "score": one.score,
        }
        address = f"/api/v1/boards/{BOARD.board_id}/submissions"
        response = self._client.post(address, json=content, headers=self._headers)
        if response.status_code != 201:  # noqa: PLR2004 - it is stored.
            raise RuntimeError(f"{address} answered {response.status}: {response.text}")

    def by_gateway(self) -> None:
        """Store a submission as the API would, by the use case alone."""
        submit(self._store, BOARD, self._submission(), self._ownership, self._now)

    def _submission(self) -> Submission:
        number = next(self._numbers)
        made = SubmissionId.make(self._now - timedelta(seconds=1), os.urandom(ENTROPY_BYTES))
        player = Player(PlayerId(f"p{number}"), f"Player {number}", Country("FI"))
        writer = self._ownership.region
        return Submission(made, BOARD.board_id, player, number, writer, "api")


def answer_at_once(client: DynamoDBClient) -> None:
    """Answer a client's every call as an empty table would, without a socket."""
    answers: dict[str, dict[str, Any]] = {
        "Query": {"Items": [], "Count": 0},
        "BatchGetItem": {"Responses": {}, "UnprocessedKeys": {}},
        "PutItem": {},
        "UpdateItem": {"Attributes": {"count": {"N": "1"}}},
    }
    bodies = {operation: json.dumps(answer).encode() for operation, answer in answers.items()}

    def answer(request: AWSPreparedRequest, event_name: str, **_: object) -> Any:  # noqa: ANN401
        body = bodies[event_name.rpartition(".")[2]]
        return AWSResponse(request.url, 200, HTTPHeaders(), _Raw(body))

    client.meta.events.register_first("before-send.dynamodb", answer)


class _Raw:
    """What botocore reads an answer's body from."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> Iterator[bytes]:
        yield self._content
