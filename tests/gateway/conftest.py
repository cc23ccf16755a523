"""The stores that the contract is tested on: moto, MiniStack, and any endpoint that is named."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from moto import mock_aws

from bootstrap.table import shape
from leaderboard_app.gateway.store import DynamoStore
from tests.conftest import NAMED_ENDPOINT
from tests.worlds import OREGON

BACKENDS = ["moto", pytest.param("ministack", marks=pytest.mark.ministack)]
if NAMED_ENDPOINT:
    BACKENDS.append("named")

_numbers = itertools.count()


@pytest.fixture(scope="session")
def named() -> str | None:
    """Return the endpoint that AWS_ENDPOINT_URL_DYNAMODB names."""
    return NAMED_ENDPOINT


@pytest.fixture(scope="session")
def moto() -> Iterator[None]:
    """Answer DynamoDB's calls in this process."""
    with mock_aws():
        yield


@pytest.fixture(scope="session", params=BACKENDS)
def endpoint(request: pytest.FixtureRequest) -> str | None:
    """Return each backend's address in turn; None for moto, which needs none."""
    address: str | None = request.getfixturevalue(request.param)
    return address


@pytest.fixture
def store(endpoint: str | None) -> Iterator[DynamoStore]:
    """Yield a store with an empty table of its own, on each backend in turn."""
    with table_at(endpoint) as store:
        yield store


@pytest.fixture
def real_store(ministack: str) -> Iterator[DynamoStore]:
    """Yield a store with an empty table on MiniStack alone, for what moto gets wrong."""
    with table_at(ministack) as store:
        yield store


@contextmanager
def table_at(endpoint: str | None) -> Iterator[DynamoStore]:
    """Make a table as `bootstrap apply` does, and drop it."""
    name = f"test{next(_numbers)}-leaderboard"
    store = DynamoStore(OREGON, name, endpoint)
    request = shape.table(name)
    request["DeletionProtectionEnabled"] = False
    store.client.create_table(**request)
    yield store
    store.client.delete_table(TableName=name)
