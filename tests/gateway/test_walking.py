"""The walks' part of the contract: on moto, MiniStack and any endpoint that is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import ALL_TIME, Period, PeriodKind
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Row, View
from leaderboard_app.domain.records import Ownership
from leaderboard_app.domain.seen import Seen
from leaderboard_app.domain.walks import PastPeriod, Tally, Walked
from leaderboard_app.gateway import items, walking
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.walk import Outcome, Walker, winners
from leaderboard_app.usecases.walk_ports import Ask, Checkpoint, Lease
from tests.gateway.calls import Waves, expecting
from tests.worlds import BOARD, DUBLIN, NOW, OREGON, REGIONS, send, submission

ALL = View(BOARD, ALL_TIME)
WIDE = replace(BOARD, shards=4)
DAY = Period.containing(PeriodKind.DAY, NOW)
UNTIL = NOW + timedelta(minutes=15)


def lease(holder: str = "run-1") -> Lease:
    """Return a lease of a run."""
    return Lease(ALL, holder, UNTIL)


def walked(period: Period = ALL_TIME) -> Walked:
    """Return what a walk leaves."""
    row = Row.of(Entry.of(submission(5), BOARD, period))
    return Walked(PastPeriod(period, (row,), 7, NOW), {OREGON: 5, DUBLIN: 6}, NOW)


def checkpoint() -> Checkpoint:
    """Return one with a filter in two layers, the first of which fills several pieces."""
    seen = Seen(most_bytes=3 * 2**19)
    seen.suspects([(number * 7, f"p{number}") for number in range(100)])
    room, layers = seen.state()
    tally = Tally(3, 2, (10**30, -(10**36)), -(10**36))
    return Checkpoint(NOW, -(10**36), tally, room, [*layers, b"\x01" * 8], {OREGON: 5}, NOW)


@pytest.mark.parametrize("board", [BOARD, WIDE], ids=["one shard", "four shards"])
def test_a_ranking_is_walked_and_told(store: DynamoStore, board: Board) -> None:
    for number in range(9):
        send(store, submission(number, f"p{number}", board=board), board)
    walker = Walker(store, Ownership(OREGON, REGIONS), lambda: NOW, UNTIL, "run-1")
    reports = list(walker.walk([board]))
    assert {each.outcome for each in reports} == {Outcome.WALKED}
    assert [each.total for each in reports] == [9] * 4
    known = store.walks.walked(board.board_id, NOW)
    assert len(known) == 4
    assert [row.name for row in known[DAY].past.winners] == ["p8", "p7", "p6"]
    later = NOW + timedelta(days=1)
    assert [past.period for past in winners(store, board, later)] == [DAY]


def test_pages_follow_one_another_to_the_end_of_each_shard(
    store: DynamoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of four shards and eight rows at once, each page has two: read on from its own end."""
    monkeypatch.setattr(walking, "ROWS_AT_ONCE", 8)
    for number in range(20):
        send(store, submission(number, f"p{number}", board=WIDE), WIDE)
    view, found = View(WIDE, ALL_TIME), []
    asks = [Ask(shard, None) for shard in range(4)]
    while asks:
        pages = store.walks.pages(view, asks, NOW)
        assert all(len(page.rows) <= 2 for page in pages)
        found += [player for page in pages for _, player in page.rows]
        asks = [
            replace(ask, after=page.after)
            for ask, page in zip(asks, pages, strict=True)
            if page.end is not None
        ]
    assert sorted(found) == sorted(f"p{number}" for number in range(20))


def test_a_ranking_is_read_in_one_round_trip_a_page(store: DynamoStore) -> None:
    asks = [Ask(shard, None) for shard in range(4)]
    waves = Waves(4)
    store.patient_client.meta.events.register("before-send.dynamodb", waves)
    store.walks.pages(View(WIDE, ALL_TIME), asks, NOW)
    waves.assert_complete()


def test_below_a_standing_only_what_stands_lower_is_read(store: DynamoStore) -> None:
    for number in range(4):
        send(store, submission(number, f"p{number}"))
    (page,) = store.walks.pages(ALL, [Ask(0, None)], NOW)
    (rest,) = store.walks.pages(ALL, [Ask(0, page.rows[1][0])], NOW)
    assert rest.rows == page.rows[2:]
    assert rest.end is None


def test_ranked_entries_are_told_with_their_writers(store: DynamoStore) -> None:
    entries = [
        Entry.of(submission(s, writer=w), BOARD, ALL_TIME) for s, w in ((9, OREGON), (5, DUBLIN))
    ]
    out = Entry.of(submission(7, writer="import"), BOARD, ALL_TIME, ranked=False)
    other = Entry.of(submission(9), BOARD, DAY)
    for entry in (*entries, out, other):
        store.client.put_item(TableName=store.table_name, Item=items.entry_item(entry, BOARD))
    found, nobody = store.walks.ranked(ALL, [PlayerId("ada"), PlayerId("bob")], NOW)
    assert sorted(found) == sorted((each.standing, each.writer) for each in entries)
    assert nobody == []


def test_what_is_kept_marks_its_rankings_once_a_minute(store: DynamoStore) -> None:
    send(store, submission(5))
    before = store.walks.markers(BOARD.board_id, NOW)
    assert {period.key for period in before} == {"all", "2026-11", "2026-W48", "2026-11-23"}
    assert {region for markers in before.values() for region in markers} == {OREGON}
    send(store, submission(6))
    assert store.walks.markers(BOARD.board_id, NOW) == before
    later = NOW + timedelta(days=30)
    assert {each.key for each in store.walks.markers(BOARD.board_id, later)} < {
        period.key for period in before
    }


@pytest.mark.ministack
def test_what_is_loaded_marks_its_rankings(real_store: DynamoStore) -> None:
    endpoint = real_store.client.meta.endpoint_url
    loader = BulkLoader(OREGON, real_store.table_name, endpoint)
    list(loader.load(BOARD, [submission(5, writer="import")], NOW))
    assert len(real_store.walks.markers(BOARD.board_id, NOW)) == 4


def test_a_lease_is_one_runs_until_it_is_given_back_or_its_time_is_over(store: DynamoStore) -> None:
    walks = store.walks
    assert walks.begin(lease(), NOW) == (True, None)
    assert walks.begin(lease("run-2"), NOW) == (False, None)
    walks.leave(lease("run-2"))
    assert walks.begin(lease("run-2"), NOW) == (False, None)
    walks.leave(lease())
    assert walks.begin(lease("run-2"), NOW) == (True, None)
    assert walks.begin(lease("run-3"), UNTIL) == (True, None)


def test_a_checkpoint_is_gone_on_from_until_the_walk_is_finished(store: DynamoStore) -> None:
    walks, kept = store.walks, checkpoint()
    walks.begin(lease(), NOW)
    walks.pause(lease(), kept, NOW)
    assert walks.begin(lease("run-2"), NOW) == (True, kept)
    walks.leave(lease("run-2"))
    assert walks.begin(lease("run-3"), NOW) == (True, kept)
    walks.finish(lease("run-3"), Boundaries(0, 1, (), None, NOW), walked())
    assert walks.begin(lease("run-4"), NOW) == (True, None)


def test_a_checkpoint_that_lost_a_piece_or_is_a_day_old_is_not_gone_on_from(
    store: DynamoStore,
) -> None:
    walks = store.walks
    walks.begin(lease(), NOW)
    walks.pause(lease(), checkpoint(), NOW)
    tomorrow = NOW + timedelta(days=1)
    assert walks.begin(lease("run-2"), tomorrow) == (True, None)
    walks.leave(lease("run-2"))
    key = {"pk": {"S": "walk#global#all"}, "sk": {"S": f"{OREGON}#run-1#0001"}}
    store.client.delete_item(TableName=store.table_name, Key=key)
    assert walks.begin(lease("run-3"), NOW) == (True, None)


def test_a_run_whose_lease_was_taken_over_keeps_no_checkpoint(store: DynamoStore) -> None:
    walks = store.walks
    walks.begin(lease(), NOW)
    walks.begin(Lease(ALL, "run-2", UNTIL + timedelta(minutes=15)), UNTIL)
    walks.pause(lease(), checkpoint(), UNTIL)
    assert walks.begin(lease("run-3"), UNTIL) == (False, None)


def test_what_a_walk_found_is_read_as_it_was_kept(store: DynamoStore) -> None:
    boundaries = Boundaries(7, 2, (10**30, 5, -(10**36)), -(10**36), NOW)
    for period in (ALL_TIME, DAY):
        one = Lease(View(BOARD, period), "run-1", UNTIL)
        store.walks.begin(one, NOW)
        store.walks.finish(one, boundaries, walked(period))
    assert store.walks.walked(BOARD.board_id, NOW) == {
        ALL_TIME: walked(),
        DAY: walked(DAY),
    }
    key = {"pk": {"S": f"standings#global#{DAY}"}, "sk": {"S": OREGON}}
    item = store.client.get_item(TableName=store.table_name, Key=key)["Item"]
    assert items.boundaries_of(item) == boundaries
    later = NOW + timedelta(days=100)
    assert set(store.walks.walked(BOARD.board_id, later)) == {ALL_TIME}


def test_the_winners_are_one_query(store: DynamoStore) -> None:
    with expecting(store, 1):
        assert winners(store, BOARD, NOW) == ()
