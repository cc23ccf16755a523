"""The use cases run on the real gateway, over moto."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from moto import mock_aws

from bootstrap.table import shape
from leaderboard_app.gateway.store import DynamoStore
from tests.worlds import OREGON

_numbers = itertools.count()


@pytest.fixture
def store() -> Iterator[DynamoStore]:
    """Yield a store with an empty table."""
    with mock_aws():
        table = f"test{next(_numbers)}-leaderboard"
        store = DynamoStore(OREGON, table)
        store.client.create_table(**shape.table(table))
        yield store
