"""The whole app over a real table, with its operators' corner, for those who try to break in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.gateway.conftest import table_at
from tests.security.targets import Target


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    with mock_aws(), table_at(None) as store:
        yield Target.over(store)
