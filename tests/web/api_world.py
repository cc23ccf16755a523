"""The API as a game server meets it: an app over a store in memory, and keys to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from leaderboard_app.domain.keys import Key, KeyId, Scope, Secret
from leaderboard_app.domain.submissions import SubmissionId
from tests.web.memory_store import MemoryStore
from tests.web.worlds import CheckedClient, Clock, client_of, make_app
from tests.worlds import DUBLIN

API = "/api/v1"
BOARD = f"{API}/boards/star-run"
SUBMISSIONS = f"{BOARD}/submissions"
BATCH = f"{SUBMISSIONS}/batch"

ADA = {"player_id": "ada", "name": "Ada", "country": "FI", "score": 1250}

Json = dict[str, Any]


class ApiClient:
    """Calls the API with a key, and fails where an answer is not as every answer should be."""

    def __init__(self, app: Flask, secret: str = "") -> None:
        self.client: CheckedClient = client_of(app)
        self.secret = secret

    def __call__(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        **kwargs: Any,  # noqa: ANN401 - as in Flask's.
    ) -> TestResponse:
        shown = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        all_headers = shown | dict(headers or {})
        response = self.client.open(path, method=method, headers=all_headers, **kwargs)
        assert response.headers["X-Request-Id"]
        assert "Set-Cookie" not in response.headers
        if response.status_code >= 400:
            check_problem(response)
        return response

    def get(self, path: str, status: int = 200, **kwargs: Any) -> Json:  # noqa: ANN401
        """Return what a GET answers."""
        response = self("GET", path, **kwargs)
        assert response.status_code == status, response.text
        return dict(response.get_json(force=True))

    def post(self, path: str, content: object, status: int = 201, **kwargs: Any) -> Json:  # noqa: ANN401
        """Return what a POST answers."""
        response = self("POST", path, json=content, **kwargs)
        assert response.status_code == status, response.text
        return dict(response.get_json(force=True))


def check_problem(response: TestResponse) -> None:
    """Fail where an error is no problem as RFC 9457 has it, or tells what is inside."""
    assert response.mimetype == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    problem = response.get_json(force=True)
    assert problem["status"] == response.status_code
    assert problem["request_id"] == response.headers["X-Request-Id"]
    assert problem["detail"]
    for word in ("Traceback", "File ", "Error(", "Exception", "boto"):
        assert word not in response.text
    if response.status_code in {429, 503}:
        assert int(response.headers["Retry-After"]) == problem["retry_after"]


@dataclass
class World:
    """Two regions over one store, and keys that are good in both."""

    store: MemoryStore
    clock: Clock

    def __post_init__(self) -> None:
        self.oregon = make_app(self.store, self.clock)
        self.dublin = make_app(self.store, self.clock, DUBLIN)
        self._made = 0

    def key(self, *scopes: Scope) -> tuple[Key, Secret]:
        """Make a key, of scope `submit` where none is named."""
        self._made += 1
        secret = Secret.make(KeyId(f"{self._made:012x}"), self._made.to_bytes(32))
        key = Key.of(secret, "Game", scopes or [Scope.SUBMIT], self.clock.now)
        assert self.store.keys.add(key)
        return key, secret

    def client(self, *scopes: Scope, dublin: bool = False) -> ApiClient:
        """Return a caller with a new key."""
        return ApiClient(self.dublin if dublin else self.oregon, self.key(*scopes)[1].text)

    def submission_id(self, number: int = 0) -> str:
        """Return the id of a submission made now."""
        return SubmissionId.make(self.clock.now, number.to_bytes(10)).value
