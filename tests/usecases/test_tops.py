"""The remembered tops: how often the store is asked, by how many readers, and what they see."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier, Event

import pytest

from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import Direction, Page, Row, View
from leaderboard_app.usecases.ports import StoreUnavailable
from leaderboard_app.usecases.tops import Tops
from tests.web.memory_store import MemoryStore
from tests.web.worlds import STAR_RUN, Clock, Seed

READERS = 16
VIEW = View(STAR_RUN, ALL_TIME)
SECOND = timedelta(seconds=1)


class SlowStore(MemoryStore):
    """Answers once it is let."""

    def __init__(self) -> None:
        super().__init__([STAR_RUN])
        self.may_answer = Event()

    def rows(
        self, view: View, past: int | None, direction: Direction, limit: int, now: datetime
    ) -> tuple[Row, ...]:
        self.may_answer.wait(10)
        return super().rows(view, past, direction, limit, now)


@pytest.fixture
def store() -> SlowStore:
    made = SlowStore()
    made.may_answer.set()
    return made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tops(store: SlowStore, clock: Clock) -> Tops:
    return Tops(store, clock, SECOND, most=3)


def rush(tops: Tops, store: SlowStore) -> list[Page | StoreUnavailable]:
    """Let many readers ask before the store answers any; return what each was told."""
    ready = Barrier(READERS + 1)

    def reader() -> Page | StoreUnavailable:
        ready.wait(10)
        try:
            return tops.top(VIEW)
        except StoreUnavailable as error:
            return error

    store.may_answer.clear()
    with ThreadPoolExecutor(READERS) as pool:
        asked = [pool.submit(reader) for _ in range(READERS)]
        ready.wait(10)
        # They are through the gate; this is for all to have come as far as the store.
        time.sleep(0.1)
        store.may_answer.set()
        return [one.result(10) for one in asked]


def test_a_rush_of_readers_costs_one_query(tops: Tops, store: SlowStore, clock: Clock) -> None:
    Seed(store, clock)("Ada", 5)
    told = rush(tops, store)
    assert [page.rows[0].name for page in told if isinstance(page, Page)] == ["Ada"] * READERS
    assert store.calls["rows"] == 1


def test_a_top_is_a_second_old_at_most(tops: Tops, store: SlowStore, clock: Clock) -> None:
    seed = Seed(store, clock)
    seed("Ada", 5)
    tops.top(VIEW)
    seed("Bob", 6)
    clock.now += SECOND - timedelta(milliseconds=1)
    assert [row.name for row in tops.top(VIEW).rows] == ["Ada"]
    clock.now += timedelta(milliseconds=1)
    assert [row.name for row in tops.top(VIEW).rows] == ["Bob", "Ada"]
    assert store.calls["rows"] == 2


def test_a_clock_that_is_set_back_keeps_nothing_alive(
    tops: Tops, store: SlowStore, clock: Clock
) -> None:
    tops.top(VIEW)
    clock.now -= timedelta(hours=1)
    tops.top(VIEW)
    assert store.calls["rows"] == 2


def test_a_failure_is_told_to_all_who_wait_and_to_nobody_after(
    tops: Tops, store: SlowStore, clock: Clock
) -> None:
    Seed(store, clock)("Ada", 5)
    store.away = True
    told = rush(tops, store)
    assert all(isinstance(each, StoreUnavailable) for each in told)
    assert store.calls["rows"] < READERS
    store.away = False
    assert [row.name for row in tops.top(VIEW).rows] == ["Ada"]


def test_rankings_are_kept_apart(tops: Tops, store: SlowStore, clock: Clock) -> None:
    seed = Seed(store, clock)
    seed("Ada", 5, "FI")
    seed("Bob", 6, "JP")
    for country, name in (("FI", "Ada"), ("JP", "Bob"), ("FI", "Ada")):
        page = tops.top(replace(VIEW, country=Country(country)))
        assert [row.name for row in page.rows] == [name]
    assert store.calls["rows"] == 2


def test_the_one_read_longest_ago_gives_way(tops: Tops, store: SlowStore) -> None:
    """However many countries a reader tries, the memory holds as many rankings as it may."""
    views = [replace(VIEW, country=Country(code)) for code in ("FI", "JP", "EG", "DE")]
    for view in views:
        tops.top(view)
    tops.top(views[-1])
    tops.top(views[1])
    assert store.calls["rows"] == 4
    tops.top(views[0])
    assert store.calls["rows"] == 5


def test_without_a_time_to_keep_them_each_reader_asks(store: SlowStore, clock: Clock) -> None:
    tops = Tops(store, clock, timedelta())
    tops.top(VIEW)
    tops.top(VIEW)
    assert store.calls["rows"] == 2
