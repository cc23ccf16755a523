"""Bulk loading stores what submitting would, never lowers a best, and may be repeated."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.entries import IMPORT, Entry
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.rankings import Direction, View
from leaderboard_app.domain.records import EntryWrite
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.find import find
from leaderboard_app.usecases.ports import Loaded, StoreUnavailable
from tests.worlds import BOARD, NOW, OREGON, player, submission

# Not on moto, which loses updates under threads.
pytestmark = pytest.mark.ministack

ALL = View(BOARD, ALL_TIME)


def loader_for(store: DynamoStore, pauses: list[float] | None = None) -> BulkLoader:
    """Return a loader that notes its pauses instead of waiting."""
    note: Callable[[float], Any] = (pauses if pauses is not None else []).append
    return BulkLoader(
        OREGON,
        store.table_name,
        store.client.meta.endpoint_url,
        note,
        random.Random(1).random,  # noqa: S311
    )


def imported(score: int, name: str = "ada", **differently: Any) -> Submission:  # noqa: ANN401
    """Return a submission of the writer `import`."""
    return submission(score, name, writer=IMPORT, **differently)


def load(store: DynamoStore, *submissions: Submission) -> Loaded:
    """Load all and return what was done."""
    return sum(loader_for(store).load(BOARD, submissions, NOW), Loaded())


def best(store: DynamoStore, name: str = "ada") -> list[int]:
    """Return a player's all-time entries' scores."""
    record = store.record(BOARD, player(name).player_id, NOW)
    return sorted(entry.score for entry in record.entries if entry.period == ALL_TIME)


def test_what_was_loaded_is_ranked_and_in_the_history(real_store: DynamoStore) -> None:
    many = [imported(number, f"p{number:03}") for number in range(120)]
    assert load(real_store, *many) == Loaded(stored=120)
    rows = real_store.rows(ALL, None, Direction.NEXT, 200, NOW)
    assert [row.score(BOARD.order) for row in rows] == list(range(119, -1, -1))
    record, history = real_store.history(BOARD, many[7].player.player_id, 9, NOW)
    assert history == (many[7],)
    assert record.bests()["2026-11"] == Entry.of(many[7], BOARD, record.bests()["2026-11"].period)


def test_of_several_rows_of_a_player_the_best_stands(real_store: DynamoStore) -> None:
    load(real_store, imported(10), imported(30), imported(20))
    assert best(real_store) == [30]
    assert len(real_store.history(BOARD, player().player_id, 9, NOW)[1]) == 3


def test_loading_again_changes_nothing(real_store: DynamoStore) -> None:
    """Invariant 3."""
    many = [imported(number, f"p{number % 40}") for number in range(150)]
    load(real_store, *many)
    before = real_store.rows(ALL, None, Direction.NEXT, 200, NOW)
    assert load(real_store, *many) == Loaded(present=150)
    assert real_store.rows(ALL, None, Direction.NEXT, 200, NOW) == before


def test_a_row_that_comes_twice_is_stored_once(real_store: DynamoStore) -> None:
    assert load(real_store, imported(10), imported(10)).stored == 1
    assert len(real_store.history(BOARD, player().player_id, 9, NOW)[1]) == 1


def test_a_higher_best_that_is_there_is_never_lowered(real_store: DynamoStore) -> None:
    """Invariants 2 and 3: by an import of before, or by live play."""
    load(real_store, imported(50))
    real_store.keep(BOARD, None, NOW, [EntryWrite(Entry.of(submission(70), BOARD, ALL_TIME))])
    many = [imported(number, f"p{number}") for number in range(60)]
    assert load(real_store, imported(10), *many) == Loaded(stored=61)
    assert best(real_store) == [50, 70]


def test_what_operators_took_out_does_not_come_back_with_the_same_file(
    real_store: DynamoStore,
) -> None:
    """A stored submission is left alone whole, its entries included."""
    load(real_store, imported(50))
    entry = Entry.of(imported(50), BOARD, ALL_TIME)
    real_store.keep(BOARD, None, NOW, [EntryWrite(entry.with_rank(ranked=False))])
    load(real_store, imported(50))
    assert real_store.rows(ALL, None, Direction.NEXT, 9, NOW) == ()


def test_old_rows_fill_no_periods_that_expired(real_store: DynamoStore) -> None:
    load(real_store, imported(50, at=NOW - timedelta(days=1000)))
    record = real_store.record(BOARD, player().player_id, NOW)
    assert [entry.period for entry in record.entries] == [ALL_TIME]


def test_nothing_is_loaded_from_nothing(real_store: DynamoStore) -> None:
    assert load(real_store) == Loaded()


def test_a_conflict_is_tried_again_after_pauses_that_grow_with_jitter(
    real_store: DynamoStore,
) -> None:
    pauses: list[float] = []
    loader = loader_for(real_store, pauses)
    cancelled = iter([True, True, True, False])

    def conflict(**_: object) -> None:
        if next(cancelled):
            raise cancellation(loader, "TransactionConflict")

    loader.client.meta.events.register("before-send.dynamodb.TransactWriteItems", conflict)
    assert sum(loader.load(BOARD, [imported(10)], NOW), Loaded()) == Loaded(stored=1)
    draw = random.Random(1).random  # noqa: S311 - the same draws again.
    assert pauses == [draw() * 0.05, draw() * 0.1, draw() * 0.2]


def test_conflicts_without_end_are_said(real_store: DynamoStore) -> None:
    """Invariant 7: nothing is dropped in silence."""
    loader = loader_for(real_store)

    def conflict(**_: object) -> None:
        raise cancellation(loader, "ThrottlingError")

    loader.client.meta.events.register("before-send.dynamodb", conflict)
    with pytest.raises(StoreUnavailable, match="12 tries"):
        list(loader.load(BOARD, [imported(10)], NOW))


def cancellation(loader: BulkLoader, code: str) -> Exception:
    """Return what botocore raises for a cancelled transaction."""
    answer: Any = {
        "Error": {"Code": "TransactionCanceledException", "Message": ""},
        "CancellationReasons": [{"Code": code}] * 5,
    }
    return loader.client.exceptions.TransactionCanceledException(answer, "TransactWriteItems")


def test_a_board_with_other_periods_and_shards_is_loaded_as_it_says(
    real_store: DynamoStore,
) -> None:
    board = replace(BOARD, shards=4)
    many = [imported(number, f"p{number}", board=board) for number in range(30)]
    assert sum(loader_for(real_store).load(board, many, NOW), Loaded()).stored == 30
    rows = real_store.rows(View(board, ALL_TIME), None, Direction.NEXT, 50, NOW)
    assert len(rows) == 30


def test_who_was_loaded_is_found_by_the_name(real_store: DynamoStore) -> None:
    """Whose ids say nothing of it: many may share one name."""
    who = (Player(PlayerId(f"u-{n}"), f"Player {n % 2}", Country("FI")) for n in range(30))
    many = [replace(imported(number), player=each) for number, each in enumerate(who)]
    assert load(real_store, *many).stored == 30
    found = find(real_store, BOARD, "player 1", NOW)
    assert {one.player.player_id.value for one in found} == {f"u-{n}" for n in range(1, 30, 2)}
