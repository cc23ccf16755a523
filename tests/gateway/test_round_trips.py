"""Speed, counted: how many calls each access pattern makes, and which of them at once."""

from __future__ import annotations

from dataclasses import replace

from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import View
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import read
from leaderboard_app.usecases.boards import Boards
from tests.gateway.calls import expecting
from tests.worlds import BOARD, DUBLIN, NOW, send, submission

ADA = PlayerId("ada")
WIDE = replace(BOARD, shards=8)


def test_a_submission_is_two_round_trips(store: DynamoStore) -> None:
    """The record and what goes with it; then the submission and four entries."""
    with expecting(store, 2, 5):
        send(store, submission(10))


def test_a_submission_that_improves_nothing_writes_itself_alone(store: DynamoStore) -> None:
    send(store, submission(10))
    with expecting(store, 2, 1):
        send(store, submission(5))


def test_a_submission_sent_again_only_reads(store: DynamoStore) -> None:
    """Invariant 3."""
    send(store, submission(10))
    with expecting(store, 2):
        assert send(store, submission(10)).replayed


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
    """The record; then what stands above, what stands below and the count."""
    for number in range(9):
        send(store, submission(number, f"p{number}"))
    with expecting(store, 2, 3):
        around = read.around(store, View(BOARD, ALL_TIME), PlayerId("p3"), NOW, 4)
    assert around
    assert around.rank.place == 6


def test_boards_are_asked_for_once_a_minute(store: DynamoStore) -> None:
    boards = Boards(store, lambda: NOW)
    with expecting(store, 1):
        assert boards.all() == ()
        assert boards.find("global") is None
        assert boards.all() == ()
