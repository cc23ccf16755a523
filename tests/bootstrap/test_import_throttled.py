"""Throttling and short failures are waited out, and said in the end."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from bootstrap.table import shape
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway.bulk import THREADS, TRIES, BulkLoader
from leaderboard_app.usecases.ports import Loaded, StoreUnavailable
from tests.bootstrap.faults import Refusals
from tests.worlds import BOARD, NOW, OREGON, submission

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TRANSACTIONS = "TransactWriteItems"

pytestmark = pytest.mark.ministack


class EachThread(Refusals):
    """Refuses so many calls of each thread."""

    def __init__(self, client: DynamoDBClient, operation: str, code: str, times: int) -> None:
        super().__init__(client, operation, code)
        self._by_thread: dict[int, int] = defaultdict(lambda: times)
        self._one_by_one = threading.Lock()

    def _answer(self, request: AWSPreparedRequest, **_: object) -> AWSResponse | None:
        with self._one_by_one:
            thread = threading.get_ident()
            self.left = self._by_thread[thread]
            self._by_thread[thread] -= 1 if self.left else 0
            return super()._answer(request)


class Loading:
    """A loader on an empty table, which notes its pauses instead of waiting."""

    def __init__(self, endpoint: str, table: str) -> None:
        self.pauses: list[float] = []
        self.loader = BulkLoader(OREGON, table, endpoint, self.pauses.append, lambda: 0.5)

    def load(self, *submissions: Submission) -> Loaded:
        return sum(self.loader.load(BOARD, submissions, NOW), Loaded())


@pytest.fixture
def loading(ministack: str) -> Iterator[Loading]:
    found = Loading(ministack, "throttled")
    client = found.loader.client
    request = shape.table("throttled")
    request["DeletionProtectionEnabled"] = False
    client.create_table(**request)
    yield found
    client.delete_table(TableName="throttled")


@pytest.mark.parametrize(
    "code",
    [
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "InternalServerError",
        "ServiceUnavailable",
    ],
)
def test_a_refusal_that_passes_is_tried_again_after_pauses_that_grow(
    loading: Loading, code: str
) -> None:
    Refusals(loading.loader.client, TRANSACTIONS, code, times=4)

    assert loading.load(submission(7)) == Loaded(stored=1)
    assert loading.pauses == [0.025, 0.05, 0.1, 0.2]


@pytest.mark.parametrize("code", ["ThrottlingException", "InternalServerError"])
def test_refusals_without_end_are_said_after_bounded_tries(loading: Loading, code: str) -> None:
    Refusals(loading.loader.client, TRANSACTIONS, code, times=10**6)

    with pytest.raises(StoreUnavailable, match=rf"in {TRIES} tries \({code}\)"):
        loading.load(submission(7))

    assert len(loading.pauses) == TRIES
    assert max(loading.pauses) == 2.5


def test_all_threads_throttled_at_once_are_waited_out(loading: Loading) -> None:
    """Together they meet more refusals than botocore would make tries for in all."""
    EachThread(loading.loader.client, TRANSACTIONS, "ThrottlingException", times=8)
    many = [submission(number, f"p{number}") for number in range(20 * 2 * THREADS)]

    assert loading.load(*many) == Loaded(stored=len(many))


@pytest.mark.parametrize(
    "error",
    [
        EndpointConnectionError(endpoint_url="http://127.0.0.1"),
        ReadTimeoutError(endpoint_url="http://127.0.0.1"),
    ],
)
def test_a_connection_that_fails_is_tried_again(loading: Loading, error: Exception) -> None:
    fails = iter([True, True])

    def fail(**_: object) -> None:
        if next(fails, False):
            raise error

    loading.loader.client.meta.events.register_first("before-send.dynamodb", fail)

    assert loading.load(submission(7)) == Loaded(stored=1)
    assert len(loading.pauses) == 2


def test_an_answer_that_is_lost_costs_nothing_but_another_try(loading: Loading) -> None:
    lost = iter([True])

    def lose(**_: Any) -> None:  # noqa: ANN401 - botocore's event.
        if next(lost, False):
            raise ReadTimeoutError(endpoint_url="http://127.0.0.1")

    event = "before-parse.dynamodb.TransactWriteItems"
    loading.loader.client.meta.events.register_first(event, lose)

    assert loading.load(submission(7)) == Loaded(present=1)


def test_a_table_that_is_not_there_is_not_waited_for(loading: Loading) -> None:
    Refusals(loading.loader.client, TRANSACTIONS, "ResourceNotFoundException")

    with pytest.raises(StoreUnavailable, match="ResourceNotFoundException"):
        loading.load(submission(7))

    assert loading.pauses == []
