"""Readers get full pages with right ranks, at both ends of a board and in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from moto import mock_aws

from bootstrap.table import shape
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.errors import InvalidValue, PlaceOutOfReach
from leaderboard_app.domain.periods import ALL_TIME, Period
from leaderboard_app.domain.places import Reach
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Cursor, Direction, Page, Rank, View
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import read
from tests.worlds import BOARD, NOW, OREGON, player, send, submission

ALL = View(BOARD, ALL_TIME)
PLAYERS = 17


@pytest.fixture(scope="module")
def full() -> Iterator[DynamoStore]:
    """Yield a store whose board has p01 (the best) to p17."""
    with mock_aws():
        store = DynamoStore(OREGON, "full-leaderboard")
        store.client.create_table(**shape.table("full-leaderboard"))
        for number in range(1, PLAYERS + 1):
            country = "SE" if number % 2 else "FI"
            send(store, submission(1000 - number, f"p{number:02}", country=country))
        yield store


@pytest.fixture
def _near(full: DynamoStore) -> Iterator[None]:
    """Let no more than ten rows be counted or read for an answer."""
    full.reach, before = Reach(10, 10), full.reach
    yield
    full.reach = before


def shown(page: Page) -> list[str]:
    """Return each row as place and name."""
    return [f"{place} {row.name}" for place, row in page.placed()]


def places(first: int, last: int) -> list[str]:
    """Return the rows that stand at places of the full board."""
    return [f"{number} p{number:02}" for number in range(first, last + 1)]


def test_the_top_page_begins_at_one(full: DynamoStore) -> None:
    page = read.top(full, ALL, NOW, 5)
    assert shown(page) == places(1, 5)
    assert page.previous is None


def test_pages_turn_to_the_end_and_back(full: DynamoStore) -> None:
    page = read.top(full, ALL, NOW, 5)
    forth = [page]
    while page.next:
        page = read.turn(full, ALL, page.next, NOW, 5)
        forth.append(page)
    assert [row for page in forth for row in shown(page)] == places(1, PLAYERS)
    back = [page]
    while page.previous:
        page = read.turn(full, ALL, page.previous, NOW, 5)
        back.append(page)
    assert [shown(page) for page in reversed(back)] == [shown(page) for page in forth]


def test_a_page_that_ends_with_the_board_leads_nowhere(full: DynamoStore) -> None:
    """Also where the board ends exactly with the page."""
    assert read.top(full, ALL, NOW, PLAYERS).next is None
    assert read.top(full, ALL, NOW, PLAYERS - 1).next is not None


def test_a_previous_page_past_the_top_is_the_top(full: DynamoStore) -> None:
    """Rows above may have gone since the cursor was made."""
    third = read.top(full, ALL, NOW, 3).rows[2]
    cursor = Cursor.past(ALL, Direction.PREVIOUS, third.standing, Rank(9))
    assert shown(read.turn(full, ALL, cursor, NOW, 5)) == places(1, 5)


def test_an_empty_board_is_an_empty_page(full: DynamoStore) -> None:
    page = read.top(full, View(BOARD, Period.parse("2020-01")), NOW)
    assert (page.rows, page.next, page.previous) == ((), None, None)


def test_a_country_is_ranked_by_itself(full: DynamoStore) -> None:
    page = read.top(full, replace(ALL, country=Country("FI")), NOW, 3)
    assert shown(page) == ["1 p02", "2 p04", "3 p06"]


@pytest.mark.parametrize(
    ("place", "first", "last"),
    [(1, 1, 8), (8, 1, 8), (9, 4, 11), (12, 7, 14), (16, 10, 17), (17, 10, 17)],
)
def test_a_player_is_shown_among_the_nearest(
    full: DynamoStore, place: int, first: int, last: int
) -> None:
    """On the top page where it holds them, else with five above; the page is full at both ends."""
    around = read.around(full, ALL, PlayerId(f"p{place:02}"), NOW, 5, 2, fill=True)
    assert around
    assert (around.rank, around.total) == (Rank(place), PLAYERS)
    assert shown(around.page) == places(first, last)
    assert (around.page.previous is not None) == (first > 1)
    assert (around.page.next is not None) == (last < PLAYERS)


def test_pages_lead_on_from_around_a_player(full: DynamoStore) -> None:
    around = read.around(full, ALL, PlayerId("p09"), NOW, 4, 0)
    assert around
    assert around.page.next
    assert around.page.previous
    assert shown(around.page) == places(5, 9)
    assert shown(read.turn(full, ALL, around.page.next, NOW, 5)) == places(10, 14)
    assert shown(read.turn(full, ALL, around.page.previous, NOW, 3)) == places(2, 4)


@pytest.mark.parametrize(
    ("place", "first", "last"), [(1, 1, 4), (2, 1, 5), (9, 7, 12), (16, 14, 17), (17, 15, 17)]
)
def test_so_many_rows_are_shown_on_either_side_as_there_are(
    full: DynamoStore, place: int, first: int, last: int
) -> None:
    """Two above and three below are asked for; at the ends of the board there are fewer."""
    around = read.around(full, ALL, PlayerId(f"p{place:02}"), NOW, 2, 3)
    assert around
    assert shown(around.page) == places(first, last)
    assert (around.page.previous is not None) == (first > 1)
    assert (around.page.next is not None) == (last < PLAYERS)


@pytest.mark.parametrize(
    ("place", "first", "last"), [(1, 1, 5), (2, 2, 6), (13, 13, 17), (15, 15, 17), (99, 13, 17)]
)
def test_a_ranking_opens_at_a_place_and_past_the_end_at_its_last_page(
    full: DynamoStore, place: int, first: int, last: int
) -> None:
    page = read.at_place(full, ALL, place, NOW, 5)
    assert shown(page) == places(first, last)
    assert page.rank == Rank(first)
    assert (page.previous is not None) == (first > 1)
    assert (page.next is not None) == (last < PLAYERS)


def test_an_empty_ranking_opens_anywhere(full: DynamoStore) -> None:
    page = read.at_place(full, View(BOARD, Period.parse("2020-01")), 99, NOW)
    assert (page.rows, page.rank, page.previous, page.next) == ((), Rank(1), None, None)


def test_no_place_is_less_than_one(full: DynamoStore) -> None:
    with pytest.raises(InvalidValue, match=r"begin at 1\."):
        read.at_place(full, ALL, 0, NOW)


@pytest.mark.usefixtures("_near")
def test_without_a_walk_a_place_far_down_is_out_of_reach(full: DynamoStore) -> None:
    """And said to be so; as far as reading reaches, places open."""
    last = read.at_place(full, ALL, 10, NOW, 5)
    assert shown(last) == places(10, 14)
    assert last.next
    with pytest.raises(PlaceOutOfReach, match="places up to 10:"):
        read.at_place(full, ALL, 11, NOW, 5)
    finns = replace(ALL, country=Country("FI"))
    assert read.at_place(full, finns, 99, NOW, 3).rank == Rank(6)


def test_who_is_not_in_a_ranking_is_not_found_around(full: DynamoStore) -> None:
    assert read.around(full, ALL, PlayerId("nobody"), NOW) is None
    finns = replace(ALL, country=Country("FI"))
    assert read.around(full, finns, PlayerId("p01"), NOW) is None
    assert read.around(full, View(BOARD, Period.parse("2020-01")), PlayerId("p01"), NOW) is None


@pytest.mark.usefixtures("_near")
def test_a_rank_that_was_not_counted_to_the_end_says_so(full: DynamoStore) -> None:
    around = read.around(full, ALL, PlayerId("p15"), NOW, 4, 0)
    assert around
    assert (around.rank, around.total) == (Rank(11, exact=False), None)
    assert read.rank(full, ALL, PlayerId("p15"), NOW) == around.placing


def test_a_rank_among_few_is_exact_and_so_is_their_number(full: DynamoStore) -> None:
    placing = read.rank(full, ALL, PlayerId("p05"), NOW)
    assert placing
    assert (placing.rank, placing.total, placing.entry.score) == (Rank(5), PLAYERS, 995)
    assert placing.percentile == pytest.approx(500 / 17)


@pytest.mark.usefixtures("_near")
def test_the_first_is_first_however_many_follow(full: DynamoStore) -> None:
    placing = read.rank(full, ALL, PlayerId("p01"), NOW)
    assert placing
    assert (placing.rank, placing.total, placing.percentile) == (Rank(1), None, None)


def test_a_country_is_counted_by_itself(full: DynamoStore) -> None:
    finns = replace(ALL, country=Country("FI"))
    placing = read.rank(full, finns, PlayerId("p06"), NOW)
    assert placing
    assert (placing.rank, placing.total) == (Rank(3), 8)
    assert read.spread(full, finns) is None


def test_who_does_not_stand_in_a_ranking_has_no_rank(full: DynamoStore) -> None:
    assert read.rank(full, ALL, PlayerId("nobody"), NOW) is None
    assert read.rank(full, View(BOARD, Period.parse("2020-01")), PlayerId("p01"), NOW) is None


def test_the_own_row_comes_from_the_record_and_not_from_an_index(store: DynamoStore) -> None:
    """An index may lag behind the write: here its row is missing altogether."""
    send(store, submission(10, "bob"))
    send(store, submission(5, "ada"))
    key = {"pk": {"S": "player#ada"}, "sk": {"S": "board#global#entry#all#us-west-2"}}
    store.client.update_item(
        TableName=store.table_name, Key=key, UpdateExpression="REMOVE board_key, country_key"
    )
    around = read.around(store, ALL, PlayerId("ada"), NOW)
    assert around
    assert shown(around.page) == ["1 bob", "2 ada"]


def test_a_players_page_lists_bests_all_time_first_and_history_newest_first(
    store: DynamoStore,
) -> None:
    send(store, submission(10, at=NOW - timedelta(days=1)))
    send(store, submission(5))
    page = read.player_page(store, BOARD, player().player_id, NOW)
    assert page
    assert [(entry.period.key, entry.score) for entry in page.bests] == [
        ("all", 10),
        ("2026-11", 10),
        ("2026-W48", 5),
        ("2026-W47", 10),
        ("2026-11-23", 5),
        ("2026-11-22", 10),
    ]
    assert [one.score for one in page.history] == [5, 10]


def test_a_player_is_shown_as_they_were_last_called(store: DynamoStore) -> None:
    send(store, submission(10, at=NOW - timedelta(days=1)))
    renamed = submission(5)
    send(store, replace(renamed, player=replace(renamed.player, name="Ada L.")))
    page = read.player_page(store, BOARD, player().player_id, NOW)
    assert page
    assert page.player.name == "Ada L."


def test_an_unknown_player_has_no_page(store: DynamoStore) -> None:
    assert read.player_page(store, BOARD, PlayerId("nobody"), NOW) is None
