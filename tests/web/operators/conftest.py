"""The operators' corner over a real table, in process: its decisions are the real ones."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from moto import mock_aws

from bootstrap.table import shape
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from tests.web.operators.world import GUARDED, Corner
from tests.web.worlds import Clock
from tests.worlds import OREGON

_numbers = itertools.count()


@pytest.fixture(scope="module", autouse=True)
def _moto() -> Iterator[None]:
    """Answer DynamoDB's calls in this process."""
    with mock_aws():
        yield


@pytest.fixture
def table() -> Iterator[DynamoStore]:
    """Yield a store with one board, whose best may change by ten a minute."""
    name = f"corner{next(_numbers)}-leaderboard"
    store = DynamoStore(OREGON, name)
    request = shape.table(name)
    request["DeletionProtectionEnabled"] = False
    store.client.create_table(**request)
    store.client.put_item(TableName=name, Item=items.board_item(GUARDED))
    yield store
    store.client.delete_table(TableName=name)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def corner(table: DynamoStore, clock: Clock) -> Corner:
    """Return the corner of a closed leaderboard, where nobody is signed in."""
    return Corner(table, clock)
