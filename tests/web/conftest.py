"""An app over a store in memory, and a client that checks every page it is given."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.memory_store import MemoryStore
from tests.web.worlds import SPRINT, STAR_RUN, CheckedClient, Clock, Seed, client_of, make_app
from tests.worlds import DUBLIN


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore([STAR_RUN, SPRINT])


@pytest.fixture
def seed(store: MemoryStore, clock: Clock) -> Seed:
    return Seed(store, clock)


@pytest.fixture
def app(store: MemoryStore, clock: Clock) -> Flask:
    return make_app(store, clock)


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    return client_of(app)


@pytest.fixture
def other_client(app: Flask) -> CheckedClient:
    return client_of(app)


@pytest.fixture
def dublin(store: MemoryStore, clock: Clock) -> CheckedClient:
    """Return a client of the other region's app, over the same store."""
    return client_of(make_app(store, clock, DUBLIN))
