"""A board of firsts on a real table: its condition says what the domain calls higher."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.boards import Operator
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.entries import IMPORT, Entry
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import Direction, View
from leaderboard_app.domain.records import EntryWrite, Ownership
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import moderate
from leaderboard_app.usecases.walk import Walker
from tests.worlds import BOARD, DUBLIN, NOW, OREGON, REGIONS, player, send, submission

FIRSTS = replace(BOARD, operator=Operator.FIRST)
ADA = player().player_id
ACT = Act("1", "operator", "cheated", NOW)


def at(minutes_ago: int, score: int, writer: str = OREGON) -> Submission:
    """Return a submission of Ada's."""
    return submission(score, at=NOW - timedelta(minutes=minutes_ago), writer=writer)


FIRST, SECOND, THIRD = at(3, 5), at(2, 9), at(1, 1)


def shown(store: DynamoStore) -> list[int]:
    """Return the scores of the ranking's rows."""
    rows = store.rows(View(FIRSTS, ALL_TIME), None, Direction.NEXT, 9, NOW)
    return [row.score(FIRSTS.order) for row in rows]


@pytest.mark.parametrize("order", list(itertools.permutations([FIRST, SECOND, THIRD])))
def test_the_first_counts_in_whatever_order_they_come_in(
    store: DynamoStore, order: Sequence[Submission]
) -> None:
    for one in order:
        send(store, one, FIRSTS)
    assert shown(store) == [FIRST.score]


def test_a_write_of_what_came_later_does_not_pass(store: DynamoStore) -> None:
    """As by a request that read the player before the first came in."""
    store.keep(FIRSTS, None, NOW, [EntryWrite(Entry.of(FIRST, FIRSTS, ALL_TIME))])
    store.keep(FIRSTS, None, NOW, [EntryWrite(Entry.of(SECOND, FIRSTS, ALL_TIME))])
    assert shown(store) == [FIRST.score]


def test_an_entry_of_the_same_submission_passes(store: DynamoStore) -> None:
    """So that it can be taken out of the indexes."""
    entry = Entry.of(FIRST, FIRSTS, ALL_TIME)
    store.keep(FIRSTS, None, NOW, [EntryWrite(entry)])
    store.keep(FIRSTS, None, NOW, [EntryWrite(entry.with_rank(ranked=False))])
    assert shown(store) == []


def test_where_the_first_is_removed_the_next_counts_and_back(store: DynamoStore) -> None:
    for one in (FIRST, SECOND, THIRD):
        send(store, one, FIRSTS)
    here = Ownership(OREGON, REGIONS)
    moderate.remove(store, FIRSTS, ADA, FIRST.submission_id, ACT, here)
    assert shown(store) == [SECOND.score]
    moderate.restore(store, FIRSTS, ADA, FIRST.submission_id, ACT, here)
    assert shown(store) == [FIRST.score]


def test_a_walk_sees_to_it_that_the_later_one_goes_though_it_stands_higher(
    store: DynamoStore,
) -> None:
    """Two regions took one each before they met: each walk puts its own right, or asks for it."""
    of_dublin = at(3, 5, DUBLIN)
    later = Entry.of(SECOND, FIRSTS, ALL_TIME)
    earlier = Entry.of(of_dublin, FIRSTS, ALL_TIME)
    store.keep(FIRSTS, SECOND, NOW + timedelta(days=1), [EntryWrite(later)])
    store.keep(FIRSTS, of_dublin, NOW + timedelta(days=1), [EntryWrite(earlier)])
    until = NOW + timedelta(minutes=9)

    list(
        Walker(store, Ownership(DUBLIN, REGIONS), lambda: NOW, until, "1").walk([FIRSTS], ALL_TIME)
    )
    assert [ask.player_id for ask in store.moderation.mends_asked(OREGON)] == [ADA]
    list(
        Walker(store, Ownership(OREGON, REGIONS), lambda: NOW, until, "2").walk([FIRSTS], ALL_TIME)
    )
    assert shown(store) == [of_dublin.score]


@pytest.mark.parametrize("backwards", [False, True])
def test_an_import_keeps_the_first(
    store: DynamoStore, endpoint: str | None, *, backwards: bool
) -> None:
    """Its rows come in any order, one load after the other too."""
    rows = [at(minutes, score, IMPORT) for minutes, score in ((30, 5), (20, 9), (10, 1))]
    loader = BulkLoader(OREGON, store.table_name, endpoint)
    ordered = rows[::-1] if backwards else rows
    for some in (ordered[:2], ordered[2:], ordered):
        list(loader.load(FIRSTS, some, NOW))
    assert shown(store) == [5]
