"""Speed, counted: how many calls each access pattern makes, and which of them at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leaderboard_app.domain.allowances import Client
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.places import Reach
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.rankings import Direction, Rank, View
from leaderboard_app.domain.records import Ownership
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import read
from leaderboard_app.usecases.allowances import Allowances
from leaderboard_app.usecases.boards import Boards
from leaderboard_app.usecases.find import find
from leaderboard_app.usecases.submit import submit
from tests.gateway.calls import expecting
from tests.worlds import BOARD, DUBLIN, NOW, OREGON, REGIONS, send, submission

ADA = PlayerId("ada")
WIDE = replace(BOARD, shards=8)


def test_a_submission_is_two_round_trips(store: DynamoStore) -> None:
    """The record and what goes with it; then all that the first submission of anybody brings.

    Itself, four entries, the four rankings' markers, and the listing of an id's name.
    """
    with expecting(store, 2, 1 + 4 + 4 + 1):
        send(store, submission(10))


def test_an_improvement_writes_itself_and_its_entries(store: DynamoStore) -> None:
    """Its rankings were marked within the minute, its player is listed."""
    send(store, submission(5))
    with expecting(store, 2, 5):
        send(store, submission(10))


def test_who_comes_by_another_name_is_listed_once_more(store: DynamoStore) -> None:
    send(store, submission(5))
    renamed, again = (
        replace(one, player=replace(one.player, name="Ada L."))
        for one in (submission(10), submission(20))
    )
    with expecting(store, 2, 5 + 1):
        send(store, renamed)
    with expecting(store, 2, 5):
        send(store, again)


def test_whose_name_gives_the_id_is_never_listed(store: DynamoStore) -> None:
    """So are all players of the form."""
    send(store, submission(5, "bob"))
    one = submission(10)
    with expecting(store, 2, 5):
        send(store, replace(one, player=Player.named("Ada", Country("FI"))))


def test_an_allowance_is_counted_beside_the_reading(store: DynamoStore) -> None:
    """And so takes no time of its own."""
    allowances, ownership = Allowances(store.counters, lambda: NOW), Ownership(OREGON, REGIONS)
    with expecting(store, 3, 10):
        permit = allowances.take(Client("key:a"), 9)
        submit(store, BOARD, submission(10), ownership, NOW, may_write=permit.check)


def test_a_submission_that_improves_nothing_writes_itself_alone(store: DynamoStore) -> None:
    send(store, submission(10))
    with expecting(store, 2, 1):
        send(store, submission(5))


def test_a_submission_sent_again_only_reads(store: DynamoStore) -> None:
    """Invariant 3."""
    one = replace(submission(10), player=Player.named("Ada", Country("FI")))
    send(store, one)
    with expecting(store, 2):
        assert send(store, one).replayed


def test_a_submission_sent_again_lists_the_name_again_that_it_brought(store: DynamoStore) -> None:
    """Invariant 7: it may be sent again as this could not be stored when all else could."""
    send(store, submission(10))
    with expecting(store, 2, 1):
        assert send(store, submission(10)).replayed
    send(store, submission(5))
    with expecting(store, 2):
        assert send(store, submission(5)).replayed


def test_asking_another_region_to_mend_is_one_more_call_at_once(store: DynamoStore) -> None:
    """Where its entries of the player stand ranked, and lower."""
    send(store, submission(5, writer=DUBLIN))
    with expecting(store, 2, 6):
        send(store, submission(10))


def test_a_page_is_one_round_trip(store: DynamoStore) -> None:
    for number in range(9):
        send(store, submission(number, f"p{number}"))
    view = View(BOARD, ALL_TIME)
    with expecting(store, 1):
        top = read.top(store, view, NOW, 3)
    assert top.next
    with expecting(store, 1):
        second = read.turn(store, view, top.next, NOW, 3)
    assert second.next
    with expecting(store, 1):
        third = read.turn(store, view, second.next, NOW, 3)
    assert third.previous
    with expecting(store, 1):
        assert read.turn(store, view, third.previous, NOW, 3).rows == second.rows


def test_a_page_asks_every_shard_at_once(store: DynamoStore) -> None:
    for number in range(9):
        send(store, submission(number, f"p{number}", board=WIDE), WIDE)
    with expecting(store, 8):
        page = read.top(store, View(WIDE, ALL_TIME), NOW, 3)
    assert [row.name for row in page.rows] == ["p8", "p7", "p6"]


def test_a_players_page_is_one_round_trip(store: DynamoStore) -> None:
    """Entries, profile and history, asked for at once."""
    send(store, submission(10))
    with expecting(store, 3):
        assert read.player_page(store, BOARD, ADA, NOW)


def test_the_page_around_a_player_is_two_round_trips(store: DynamoStore) -> None:
    """The record and the boundaries; then the rows above and below, and the counts either way."""
    for number in range(9):
        send(store, submission(number, f"p{number}"))
    view = View(BOARD, ALL_TIME)
    with expecting(store, 3, 4):
        around = read.around(store, view, PlayerId("p3"), NOW, 2, 1)
    assert around
    assert (around.rank.place, around.total) == (6, 9)
    with expecting(store, 3, 2):
        assert read.rank(store, view, PlayerId("p3"), NOW) == around.placing


@pytest.mark.parametrize("board", [BOARD, WIDE], ids=["one shard", "eight shards"])
def test_a_rank_from_a_boundary_is_two_round_trips(store: DynamoStore, board: Board) -> None:
    """The record and the boundaries; then rows above, rows below and one count, of every shard."""
    standings = fill(store, board)
    store.reach = Reach(2, 5)
    with expecting(store, 3, 3 * board.shards):
        around = read.around(store, View(board, ALL_TIME), PlayerId("p3"), NOW, 2, 1)
    assert around
    assert (around.rank, around.total) == (Rank(6, exact=False, as_of=NOW), len(standings))
    with expecting(store, 3, board.shards):
        assert read.rank(store, View(board, ALL_TIME), PlayerId("p3"), NOW) == around.placing


@pytest.mark.parametrize("board", [BOARD, WIDE], ids=["one shard", "eight shards"])
def test_a_jump_to_a_place_is_two_round_trips(store: DynamoStore, board: Board) -> None:
    """The boundaries, then the rows; near the top, the rows alone; past the end, the last ones."""
    fill(store, board)
    view = View(board, ALL_TIME)
    with expecting(store, board.shards):
        assert read.at_place(store, view, 3, NOW, 2).rank == Rank(3)
    store.reach = Reach(2, 5)
    for place, first in ((7, 7), (100, 8)):
        with expecting(store, 1, board.shards):
            page = read.at_place(store, view, place, NOW, 2)
        assert (page.rank.place, len(page.rows)) == (first, 2)


def test_finding_a_player_is_one_round_trip(store: DynamoStore) -> None:
    """Two records, of the id and of the one that the name gives; the listings of every shard."""
    send(store, submission(1))
    with expecting(store, 2 + 2 + 8):
        assert len(find(store, WIDE, "Ada", NOW)) == 1


def fill(store: DynamoStore, board: Board) -> list[int]:
    """Rank p8, the best, to p0, and let a walk have found so; return their standings."""
    for number in range(9):
        send(store, submission(number, f"p{number}", board=board), board)
    rows = store.rows(View(board, ALL_TIME), None, Direction.NEXT, 9, NOW)
    standings = [row.standing for row in rows]
    taken = Boundaries(9, 3, tuple(standings[::3]), standings[-1], NOW)
    item = items.boundaries_item(board.board_id, ALL_TIME, OREGON, taken, None)
    store.client.put_item(TableName=store.table_name, Item=item)
    return standings


def test_boards_are_asked_for_once_a_minute(store: DynamoStore) -> None:
    boards = Boards(store, lambda: NOW)
    with expecting(store, 1):
        assert boards.all() == ()
        assert boards.find("global") is None
        assert boards.all() == ()
