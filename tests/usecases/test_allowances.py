"""Allowances hold across the processes of a region, and cost one write at most."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from leaderboard_app.domain.allowances import AllowanceExceeded, Client
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.allowances import Allowances
from tests.web.memory_store import MemoryStore
from tests.worlds import NOW

ADA, BOB = Client("key:ada"), Client("key:bob")


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def test_two_processes_share_what_is_left(store: DynamoStore) -> None:
    first, second = (Allowances(store.counters, lambda: NOW) for _ in range(2))
    left = [each.take(ADA, 3).check().remaining for each in (first, second, first)]
    assert left == [2, 1, 0]
    with pytest.raises(AllowanceExceeded):
        second.take(ADA, 3).check()
    assert second.take(BOB, 3).check().remaining == 2


def test_a_batch_counts_each_of_its_submissions(store: DynamoStore) -> None:
    allowances = Allowances(store.counters, lambda: NOW)
    assert allowances.take(ADA, 100, 60).check().remaining == 40
    with pytest.raises(AllowanceExceeded) as refused:
        allowances.take(ADA, 100, 60).check()
    assert refused.value.allowance.used == 120


def test_the_next_minute_is_a_new_allowance(store: DynamoStore) -> None:
    clock = Clock()
    allowances = Allowances(store.counters, clock)
    allowances.take(ADA, 1).check()
    with pytest.raises(AllowanceExceeded):
        allowances.take(ADA, 1).check()
    clock.now += timedelta(minutes=1)
    assert allowances.take(ADA, 1).check().remaining == 0


def test_who_is_known_to_have_had_too_much_costs_no_more_writes() -> None:
    store = MemoryStore([])
    allowances = Allowances(store.counters, lambda: NOW)
    for _ in range(10):
        permit = allowances.take(ADA, 1)
        if permit.wait().is_exceeded:
            with pytest.raises(AllowanceExceeded):
                permit.check()
    assert store.calls["count"] == 2


def test_of_thousands_who_had_too_much_the_latest_are_remembered() -> None:
    store = MemoryStore([])
    allowances = Allowances(store.counters, lambda: NOW)
    for number in range(3000):
        assert allowances.take(Client(f"form:{number}"), 1, 2).wait().is_exceeded
    for number, writes in ((2999, 3000), (0, 3001)):
        assert allowances.take(Client(f"form:{number}"), 1).wait().is_exceeded
        assert store.calls["count"] == writes
