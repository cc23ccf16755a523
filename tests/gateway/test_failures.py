"""When DynamoDB is away, slow, throttled or not set up, the store says so, soon."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ClientError, EndpointConnectionError

from leaderboard_app.domain.answers import Wanted
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.places import Reach, Way
from leaderboard_app.domain.rankings import Direction, View
from leaderboard_app.gateway.client import HEALTH_PATIENCE, PATIENCE
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.ports import Roster, StoreUnavailable
from tests.worlds import BOARD, NOW, OREGON, player, send, submission

ALL = View(BOARD, ALL_TIME)
WAY = Way.to(5, None, Reach(5, 5))
CALLS: list[Callable[[DynamoStore], object]] = [
    lambda store: store.boards(),
    lambda store: store.record(BOARD, player().player_id, NOW),
    lambda store: store.history(BOARD, player().player_id, 5, NOW),
    lambda store: store.rows(ALL, None, Direction.NEXT, 5, NOW),
    lambda store: store.many(ALL, None, 5, NOW),
    lambda store: store.surroundings(ALL, Wanted(5, 5, WAY), NOW),
    lambda store: store.known(ALL, player().player_id, NOW),
    lambda store: store.boundaries(ALL),
    lambda store: store.named(BOARD, [player().player_id], "name:ada", 5, NOW),
    lambda store: store.keep(BOARD, submission(1), NOW, []),
    lambda store: store.logbook.latest(BOARD, NOW.date(), None, 5),
    lambda store: store.logbook.held(BOARD, None, 5),
    lambda store: store.logbook.find(BOARD, player().player_id, submission(1).submission_id),
    lambda store: store.logbook.dossier(BOARD, player().player_id, NOW),
    lambda store: store.logbook.acts(2026, 11, None, 5),
    lambda store: store.roster.beat(OREGON, NOW, "1.0", None),
    lambda store: store.roster.states(),
    lambda store: store.roster.glance(),
    lambda store: store.roster.draining(OREGON),
    lambda store: store.roster.drain(OREGON, Act("a", "me", "because", NOW)),
    lambda store: store.roster.readmit(OREGON, Act("a", "me", "because", NOW)),
]


class Answer:
    """Answers a client's every call in DynamoDB's place."""

    def __init__(self, status: int, code: str, store: DynamoStore) -> None:
        self.body = f'{{"__type": "com.amazonaws.dynamodb.v20120810#{code}"}}'.encode()
        self.status = status
        self.calls = 0
        store.client.meta.events.register_first("before-send.dynamodb.Query", self)

    def __call__(self, **_: object) -> Any:  # noqa: ANN401 - the stubs know hooks that answer nothing.
        self.calls += 1
        return AWSResponse("", self.status, HTTPHeaders(), _Raw(self.body))


class _Raw:
    """What botocore reads an answer's body from."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def stream(self, *_: object, **__: object) -> Iterator[bytes]:
        yield self.body


@pytest.fixture
def refused() -> DynamoStore:
    """Return a store whose endpoint answers nobody."""
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        port = unheard.getsockname()[1]
    return DynamoStore(OREGON, "global-leaderboard", f"http://127.0.0.1:{port}")


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let botocore not wait between its tries."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize("call", CALLS)
def test_an_endpoint_that_is_away_is_unavailable(
    refused: DynamoStore, call: Callable[[DynamoStore], object]
) -> None:
    with pytest.raises(StoreUnavailable) as unavailable:
        call(refused)
    assert unavailable.value.retry_after > 0


@pytest.mark.slow
def test_an_endpoint_that_never_answers_is_unavailable_within_ten_seconds() -> None:
    """The bound is what the settings add up to; the clock only shows that they are in force."""
    tries = 3
    longest = tries * (1 + 1) + (1 + 2)
    assert longest < 10
    assert _options(PATIENCE) == (1, 1, {"mode": "standard", "total_max_attempts": tries})
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(64)
        port = deaf.getsockname()[1]
        store = DynamoStore(OREGON, "global-leaderboard", f"http://127.0.0.1:{port}")
        began = time.monotonic()
        with pytest.raises(StoreUnavailable):
            store.rows(ALL, None, Direction.NEXT, 5, NOW)
        assert time.monotonic() - began < 10


def test_a_health_check_has_one_try_of_less_than_a_second() -> None:
    retries = {"mode": "standard", "total_max_attempts": 1}
    assert _options(HEALTH_PATIENCE) == (0.4, 0.5, retries)


@pytest.mark.parametrize("ask", [lambda r: r.draining(OREGON), lambda r: r.glance()])
def test_who_can_not_wait_for_an_endpoint_that_never_answers_does_not(
    ask: Callable[[Roster], object],
) -> None:
    """As above, the bound is the settings'; the clock shows that it is this client that asks."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(64)
        port = deaf.getsockname()[1]
        store = DynamoStore(OREGON, "global-leaderboard", f"http://127.0.0.1:{port}")
        began = time.monotonic()
        with pytest.raises(StoreUnavailable):
            ask(store.roster)
        assert time.monotonic() - began < 3


def _options(config: Any) -> tuple[float, float, dict[str, Any]]:  # noqa: ANN401 - set by name.
    return config.connect_timeout, config.read_timeout, config.retries


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "ProvisionedThroughputExceededException"),
        (400, "ThrottlingException"),
        (400, "RequestLimitExceeded"),
        (500, "InternalServerError"),
        (503, "ServiceUnavailable"),
    ],
)
def test_a_throttle_or_a_fault_is_tried_three_times_and_then_unavailable(
    refused: DynamoStore, status: int, code: str
) -> None:
    answer = Answer(status, code, refused)
    with pytest.raises(StoreUnavailable, match=code):
        refused.rows(ALL, None, Direction.NEXT, 5, NOW)
    assert answer.calls == 3


def test_a_missing_table_is_unavailable(endpoint: str | None) -> None:
    """Whoever reads the page can't help it; the operator's commands say what to do."""
    with pytest.raises(StoreUnavailable, match="ResourceNotFound"):
        DynamoStore(OREGON, "missing-leaderboard", endpoint).boards()


def test_what_is_our_fault_is_raised_as_it_came(refused: DynamoStore) -> None:
    """A request that DynamoDB calls wrong must not look like an outage."""
    Answer(400, "ValidationException", refused)
    with pytest.raises(ClientError):
        refused.rows(ALL, None, Direction.NEXT, 5, NOW)


def test_keys_that_stay_unprocessed_are_unavailable(store: DynamoStore) -> None:
    """BatchGetItem may leave keys out; what was not read must not pass for absent."""
    ada = player().player_id

    def leave_out(parsed: dict[str, object], **_: object) -> None:
        parsed["UnprocessedKeys"] = {
            store.table_name: {"Keys": [{"pk": {"S": "player#ada"}, "sk": {"S": "profile"}}]}
        }

    store.client.meta.events.register("after-call.dynamodb.BatchGetItem", leave_out)
    with pytest.raises(StoreUnavailable):
        store.record(BOARD, ada, NOW)


@pytest.mark.usefixtures("_at_once")
def test_a_write_that_fails_in_the_midst_is_completed_by_the_same_submission_again(
    store: DynamoStore,
) -> None:
    """Invariant 7, and 4: it was not answered with success; once it is, all is there."""
    left = [2]

    def fail_at_the_third(**_: object) -> None:
        if not left[0]:
            raise EndpointConnectionError(endpoint_url="http://127.0.0.1")
        left[0] -= 1

    events = store.client.meta.events
    events.register("before-send.dynamodb.PutItem", fail_at_the_third)
    with pytest.raises(StoreUnavailable):
        send(store, submission(10))
    events.unregister("before-send.dynamodb.PutItem", fail_at_the_third)
    send(store, submission(10))
    assert len(store.record(BOARD, player().player_id, NOW).entries) == 4
    assert store.history(BOARD, player().player_id, 5, NOW)[1] == (submission(10),)
