"""What every store holds: the same tests over moto, MiniStack and any endpoint that is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.answers import Wanted
from leaderboard_app.domain.boards import Board, Operator, Order
from leaderboard_app.domain.boundaries import Boundaries, Boundary
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.listings import Listing
from leaderboard_app.domain.periods import ALL_TIME, Period, PeriodKind
from leaderboard_app.domain.places import Count, Reach, Way
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.rankings import Direction, Row, View
from leaderboard_app.domain.records import EntryWrite, Profile, Record
from leaderboard_app.gateway import items, schema
from leaderboard_app.gateway.store import DynamoStore
from tests.worlds import BOARD, DUBLIN, NOW, player, send, submission

ALL = View(BOARD, ALL_TIME)
ADA = PlayerId("ada")
WIDE = replace(BOARD, shards=4)


def names(rows: tuple[Row, ...]) -> list[str]:
    """Return who stands in rows."""
    return [row.name for row in rows]


def put(store: DynamoStore, *items_: items.Item) -> None:
    """Store items as they are, beside the gateway."""
    for item in items_:
        store.client.put_item(TableName=store.table_name, Item=item)


def test_a_board_is_read_as_it_was_stored(store: DynamoStore) -> None:
    lap = Board("lap-times", "Лучшее время", Order.LOWER, 3, 1, 10**9, shards=4)
    put(store, items.board_item(BOARD), items.board_item(lap))
    assert set(store.boards()) == {BOARD, lap}


def test_a_submission_is_read_as_it_was_stored(store: DynamoStore) -> None:
    one = submission(10)
    send(store, one)
    record, history = store.history(BOARD, ADA, 10, NOW)
    assert history == (one,)
    assert record.bests()["all"] == Entry.of(one, BOARD, ALL_TIME)
    assert store.record(BOARD, ADA, NOW, one.submission_id).submission == one


def test_a_submission_enters_every_period_of_its_board(store: DynamoStore) -> None:
    send(store, submission(10))
    periods = {entry.period.key for entry in store.record(BOARD, ADA, NOW).entries}
    assert periods == {"all", "2026-11", "2026-W48", "2026-11-23"}
    for period in periods:
        view = View(BOARD, Period.parse(period))
        assert names(store.rows(view, None, Direction.NEXT, 5, NOW)) == ["ada"]


def test_of_an_unknown_player_nothing_is_known(store: DynamoStore) -> None:
    assert store.record(BOARD, ADA, NOW) == Record()
    assert store.history(BOARD, ADA, 10, NOW) == (Record(), ())


def test_rows_come_best_first_and_a_tie_goes_to_the_earlier(store: DynamoStore) -> None:
    send(store, submission(10, "late", at=NOW))
    send(store, submission(10, "early", at=NOW - timedelta(hours=1)))
    send(store, submission(30, "best"))
    send(store, submission(0, "zero"))
    rows = store.rows(ALL, None, Direction.NEXT, 10, NOW)
    assert names(rows) == ["best", "early", "late", "zero"]
    assert [row.score(BOARD.order) for row in rows] == [30, 10, 10, 0]
    assert rows[1].achieved_at == NOW - timedelta(hours=1)


def test_where_lower_is_better_the_lowest_comes_first(store: DynamoStore) -> None:
    lap = Board("lap", "Laps", Order.LOWER, minimum=-100)
    for score in (5, -5, 0):
        send(store, submission(score, f"p{score}", board=lap), lap)
    rows = store.rows(View(lap, ALL_TIME), None, Direction.NEXT, 10, NOW)
    assert [row.score(lap.order) for row in rows] == [-5, 0, 5]


def test_extreme_scores_are_kept_to_the_digit(store: DynamoStore) -> None:
    board = Board("far", "Far", minimum=-(10**15))
    for score in (10**15, -(10**15), 10**15 - 1):
        send(store, submission(score, f"p{score}", board=board), board)
    rows = store.rows(View(board, ALL_TIME), None, Direction.NEXT, 10, NOW)
    assert [row.score(board.order) for row in rows] == [10**15, 10**15 - 1, -(10**15)]


def test_a_countrys_ranking_holds_its_players_alone(store: DynamoStore) -> None:
    send(store, submission(10, "aino", country="FI"))
    send(store, submission(20, "bjorn", country="SE"))
    finns = View(BOARD, ALL_TIME, Country("FI"))
    assert names(store.rows(finns, None, Direction.NEXT, 10, NOW)) == ["aino"]


@pytest.mark.parametrize("board", [BOARD, WIDE], ids=["one shard", "four shards"])
def test_pages_hold_every_row_once_in_both_directions(store: DynamoStore, board: Board) -> None:
    view = View(board, ALL_TIME)
    for number in range(23):
        send(store, submission(number // 2, f"p{number:02}", board=board), board)
    all_rows = store.rows(view, None, Direction.NEXT, 100, NOW)
    down: list[Row] = []
    while page := store.rows(view, down[-1].standing if down else None, Direction.NEXT, 5, NOW):
        down += page
    assert tuple(down) == all_rows
    assert len({row.player_id for row in down}) == 23
    up: list[Row] = []
    last = all_rows[-1].standing
    while page := store.rows(view, up[-1].standing if up else last, Direction.PREVIOUS, 5, NOW):
        up += page
    assert tuple(reversed(up)) == all_rows[:-1]


def test_raised_shards_need_no_migration(store: DynamoStore) -> None:
    for number in range(10):
        send(store, submission(number, f"p{number}"))
    for number in range(10, 20):
        send(store, submission(number, f"p{number}", board=WIDE), WIDE)
    rows = store.rows(View(WIDE, ALL_TIME), None, Direction.NEXT, 30, NOW)
    assert [row.score(BOARD.order) for row in rows] == list(range(19, -1, -1))


@pytest.mark.parametrize("direction", Direction)
def test_a_player_ranked_by_two_writers_is_one_row_the_better(
    store: DynamoStore, direction: Direction
) -> None:
    """Invariant 5: until the writers have put that right, readers drop the duplicate."""
    for score, writer in ((10, DUBLIN), (30, "us-west-2"), (20, "import")):
        entry = Entry.of(submission(score, writer=writer), BOARD, ALL_TIME)
        put(store, items.entry_item(entry, BOARD))
    send(store, submission(15, "bob"))
    send(store, submission(1, "low"))
    send(store, submission(99, "top"))
    past = None
    if direction is Direction.PREVIOUS:
        past = store.rows(ALL, None, Direction.NEXT, 9, NOW)[-1].standing
    rows = store.rows(ALL, past, direction, 3, NOW)
    expected = {Direction.NEXT: ["top", "ada", "bob"], Direction.PREVIOUS: ["bob", "ada", "top"]}
    assert names(rows) == expected[direction]
    scores = {row.name: row.score(BOARD.order) for row in rows}
    assert scores["ada"] == 30


@pytest.mark.parametrize("direction", Direction)
def test_on_a_board_of_firsts_the_row_achieved_first_is_the_players(
    store: DynamoStore, direction: Direction
) -> None:
    firsts = replace(BOARD, operator=Operator.FIRST)
    for score, writer, minutes in ((30, DUBLIN, 1), (10, "us-west-2", 2), (20, "import", 0)):
        one = submission(score, writer=writer, at=NOW - timedelta(minutes=minutes))
        put(store, items.entry_item(Entry.of(one, firsts, ALL_TIME), firsts))
    send(store, submission(99, "top", board=firsts), firsts)
    send(store, submission(1, "low", board=firsts), firsts)
    past = None
    if direction is Direction.PREVIOUS:
        past = store.rows(ALL, None, Direction.NEXT, 9, NOW)[-1].standing
    rows = store.rows(View(firsts, ALL_TIME), past, direction, 5, NOW)
    assert [row.score(BOARD.order) for row in rows if row.name == "ada"] == [10]


def test_a_page_is_full_however_many_rows_repeat_one_player(store: DynamoStore) -> None:
    for number in range(12):
        entry = Entry.of(submission(50 + number, writer=f"w{number}"), BOARD, ALL_TIME)
        put(store, items.entry_item(entry, BOARD))
    for number in range(4):
        send(store, submission(number, f"p{number}"))
    assert names(store.rows(ALL, None, Direction.NEXT, 3, NOW)) == ["ada", "p3", "p2"]


def test_what_expired_is_gone_though_it_is_still_stored(store: DynamoStore) -> None:
    """DynamoDB deletes up to 48 hours late."""
    send(store, submission(10))
    later = NOW + timedelta(days=1000)
    day = View(BOARD, Period.containing(PeriodKind.DAY, NOW))
    assert names(store.rows(day, None, Direction.NEXT, 5, NOW)) == ["ada"]
    assert store.rows(day, None, Direction.NEXT, 5, later) == ()
    record, history = store.history(BOARD, ADA, 10, later)
    assert [entry.period for entry in record.entries] == [ALL_TIME]
    assert history == ()


def test_an_entry_is_not_lowered_even_by_a_writer_that_read_before_it_rose(
    store: DynamoStore,
) -> None:
    """Invariant 3: the condition holds where two requests of one region cross."""
    high, low = submission(30), submission(20)
    for one in (high, low):
        store.keep(BOARD, None, NOW, [EntryWrite(Entry.of(one, BOARD, ALL_TIME))])
    assert [entry.score for entry in store.record(BOARD, ADA, NOW).entries] == [30]


def test_an_entry_is_lowered_where_its_submission_counts_no_more(store: DynamoStore) -> None:
    """Invariant 5: but only if it is still that submission's."""
    high, low, wrong = submission(30), submission(20), submission(10)
    store.keep(BOARD, None, NOW, [EntryWrite(Entry.of(high, BOARD, ALL_TIME))])
    lower = Entry.of(low, BOARD, ALL_TIME)
    store.keep(BOARD, None, NOW, [EntryWrite(lower, instead_of=wrong.submission_id)])
    assert [entry.score for entry in store.record(BOARD, ADA, NOW).entries] == [30]
    store.keep(BOARD, None, NOW, [EntryWrite(lower, instead_of=high.submission_id)])
    assert [entry.score for entry in store.record(BOARD, ADA, NOW).entries] == [20]


def test_an_entry_goes_out_of_the_indexes_and_back(store: DynamoStore) -> None:
    """Invariant 5: unranked it is kept, and in no ranking."""
    entry = Entry.of(submission(30), BOARD, ALL_TIME)
    store.keep(BOARD, None, NOW, [EntryWrite(entry)])
    store.keep(BOARD, None, NOW, [EntryWrite(entry.with_rank(ranked=False))])
    assert store.rows(ALL, None, Direction.NEXT, 5, NOW) == ()
    assert store.record(BOARD, ADA, NOW).entries == (entry.with_rank(ranked=False),)
    store.keep(BOARD, None, NOW, [EntryWrite(entry)])
    assert names(store.rows(ALL, None, Direction.NEXT, 5, NOW)) == ["ada"]


def test_a_submission_is_immutable(store: DynamoStore) -> None:
    """Invariant 3: the first stored stays."""
    first = submission(30)
    store.keep(BOARD, first, NOW + timedelta(days=1), [])
    store.keep(BOARD, replace(first, score=99), NOW + timedelta(days=1), [])
    assert store.record(BOARD, ADA, NOW, first.submission_id).submission == first


def test_removals_and_a_profile_are_part_of_the_record(store: DynamoStore) -> None:
    removed, restored = submission(30), submission(20)
    key = schema.player(ADA)
    put(
        store,
        {"pk": {"S": key}, "sk": {"S": f"board#global#removal#{removed.submission_id}"}},
        {
            "pk": {"S": key},
            "sk": {"S": f"board#global#removal#{restored.submission_id}"},
            "restored_at": {"N": "1"},
        },
        {"pk": {"S": key}, "sk": {"S": "profile"}, "banned": {"BOOL": True}},
    )
    record = store.record(BOARD, ADA, NOW)
    assert record == Record(
        removed=frozenset({removed.submission_id}), profile=Profile(banned=True)
    )


def test_boards_do_not_mix_even_where_one_name_begins_another(store: DynamoStore) -> None:
    longer = Board("global-2", "Second")
    send(store, submission(10))
    send(store, submission(20, board=longer), longer)
    assert [e.score for e in store.record(BOARD, ADA, NOW).entries] == [10] * 4
    assert [s.score for s in store.history(longer, ADA, 9, NOW)[1]] == [20]


def test_history_is_newest_first_and_bounded(store: DynamoStore) -> None:
    for hours in (3, 1, 2):
        send(store, submission(hours, at=NOW - timedelta(hours=hours)))
    assert [one.score for one in store.history(BOARD, ADA, 2, NOW)[1]] == [1, 2]


@pytest.mark.parametrize("board", [BOARD, WIDE], ids=["one shard", "four shards"])
def test_surroundings_are_the_nearest_rows_on_either_side(store: DynamoStore, board: Board) -> None:
    for number in range(9):
        send(store, submission(number, f"p{number}", board=board), board)
    view = View(board, ALL_TIME)
    middle = store.rows(view, None, Direction.NEXT, 9, NOW)[4].standing
    found = store.surroundings(view, Wanted(2, 2, Way.to(middle, None, Reach(100, 100))), NOW)
    assert names(found.above) == ["p6", "p5"]
    assert names(found.below) == ["p3", "p2"]
    assert (found.count_above, found.count_below) == (
        Count(4, complete=True),
        Count(4, complete=True),
    )


@pytest.mark.parametrize("board", [BOARD, WIDE], ids=["one shard", "four shards"])
def test_between_two_standings_both_are_left_out_of_the_count(
    store: DynamoStore, board: Board
) -> None:
    for number in range(9):
        send(store, submission(number, f"p{number}", board=board), board)
    view = View(board, ALL_TIME)
    standings = [row.standing for row in store.rows(view, None, Direction.NEXT, 9, NOW)]
    for higher, lower in ((1, 6), (0, 1), (3, 8)):
        boundary = Boundary(1 + higher, standings[higher])
        way = Way(standings[lower], None, boundary, 100, counts_below=False)
        found = store.surroundings(view, Wanted(0, 0, way), NOW)
        assert found.count_above == Count(lower - higher - 1, complete=True)
        assert (found.above, found.below, found.count_below) == ((), (), None)
    adjacent = Way(7, None, Boundary(1, 8), 100, counts_below=False)
    assert store.surroundings(view, Wanted(0, 0, adjacent), NOW).count_above == Count(
        0, complete=True
    )


@pytest.mark.parametrize("board", [BOARD, WIDE], ids=["one shard", "four shards"])
def test_many_rows_are_those_below_best_first(store: DynamoStore, board: Board) -> None:
    """Also where all stand in the one shard that there was before: nothing is left out."""
    for number in range(40):
        send(store, submission(number, f"p{number:02}"))
    view = View(board, ALL_TIME)
    everyone = store.rows(view, None, Direction.NEXT, 50, NOW)
    assert len(everyone) == 40
    assert store.many(view, None, 30, NOW) == everyone[:30]
    assert store.many(view, everyone[9].standing, 20, NOW) == everyone[10:30]
    assert store.many(view, everyone[29].standing, 20, NOW) == everyone[30:]


def test_what_a_walk_found_is_known_of_its_own_ranking_alone(store: DynamoStore) -> None:
    """In the region that walked: each region walks its own table."""
    send(store, submission(10))
    taken = Boundaries(5, 2, (30, 20, 10), 10, NOW)
    put(store, items.boundaries_item("global", ALL_TIME, "us-west-2", taken, None))
    put(store, items.boundaries_item("global", Period.parse("2026-11"), DUBLIN, taken, None))
    assert store.boundaries(ALL) == taken
    assert store.boundaries(View(BOARD, Period.parse("2026-11"))) is None
    assert store.boundaries(replace(ALL, country=Country("FI"))) is None
    record, boundaries = store.known(ALL, ADA, NOW)
    assert (record, boundaries) == (store.record(BOARD, ADA, NOW), taken)
    assert store.known(replace(ALL, country=Country("FI")), ADA, NOW) == (record, None)


@pytest.mark.parametrize("board", [BOARD, WIDE], ids=["one shard", "four shards"])
def test_players_are_listed_under_their_names_once_each(store: DynamoStore, board: Board) -> None:
    for number, writer in enumerate(["import", DUBLIN, "us-west-2"] * 3):
        one = Player(PlayerId(f"id-{number // 2}"), "Ada", Country("FI"))
        store.keep(board, None, NOW, [], listings=[Listing(one, writer)])
    other = Listing(Player(PlayerId("id-9"), "Bob", Country("FI")), DUBLIN)
    store.keep(board, None, NOW, [], listings=[other])
    key = Listing(player("ADA"), DUBLIN).key
    found = store.named(board, [], key, 5, NOW)
    assert [one.player_id.value for one in found.listed] == [f"id-{n}" for n in range(5)]
    assert found.complete
    few = store.named(board, [ADA], key, 3, NOW)
    assert (few.listed, few.complete) == (found.listed[:3], False)
    assert few.records == (Record(),)
    assert not store.named(board, [], key, 2, NOW).complete
    assert store.named(replace(board, board_id="global-2"), [], key, 5, NOW).listed == ()


def test_a_count_stops_at_its_limit_and_says_so(store: DynamoStore) -> None:
    for number in range(9):
        send(store, submission(number, f"p{number}"))
    middle = store.rows(ALL, None, Direction.NEXT, 9, NOW)[6].standing
    found = store.surroundings(ALL, Wanted(1, 1, Way.to(middle, None, Reach(5, 5))), NOW)
    assert (found.count_above, found.count_below) == (
        Count(5, complete=False),
        Count(2, complete=True),
    )


def test_names_of_every_kind_come_back_as_they_went_in(
    store: DynamoStore,
) -> None:
    for number, name in enumerate(["Zoë", "می‌خواهم", "👩‍🚀", "<b>&\"'", "𝒳", "อ้อม"]):
        one = submission(number, f"p{number}")
        send(store, replace(one, player=replace(player(f"p{number}"), name=name)))
    rows = store.rows(ALL, None, Direction.NEXT, 9, NOW)
    assert names(rows) == ["อ้อม", "𝒳", "<b>&\"'", "👩‍🚀", "می‌خواهم", "Zoë"]
