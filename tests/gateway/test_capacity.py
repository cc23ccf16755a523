"""Speed, counted: the capacity units each access pattern consumes, flat in the players.

On MiniStack, which reports Queries and writes as DynamoDB does; see the chart in
docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.periods import ALL_TIME, PeriodKind
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import View
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import read
from leaderboard_app.usecases.find import find
from tests.gateway.calls import consuming
from tests.gateway.conftest import table_at
from tests.worlds import BOARD, NOW, OREGON, send, submission

pytestmark = pytest.mark.ministack

ALL = View(BOARD, ALL_TIME)
ONE_PERIOD = replace(BOARD, periods=(PeriodKind.ALL,))


def test_a_first_submission_costs_five_items_and_their_places_in_two_indexes(
    real_store: DynamoStore,
) -> None:
    """A submission's item is in one index, for operators; each of four entries is in two.

    Beside them, once a minute and process, the markers of four rankings; and, once a name of a
    player whose id is another, its listing.
    """
    with consuming(real_store) as consumed:
        send(real_store, submission(10))
    assert consumed["PutItem"] == 2 + 4 * 3 + 4 + 1
    assert consumed["Query"] + consumed["BatchGetItem"] <= 3


def test_an_improvement_costs_a_move_in_each_index(real_store: DynamoStore) -> None:
    """A changed standing is one delete and one put in an index."""
    send(real_store, submission(10))
    with consuming(real_store) as consumed:
        send(real_store, submission(20))
    assert consumed["PutItem"] == 2 + 4 * 5


def test_a_score_that_improves_nothing_costs_a_write_and_its_place_in_an_index(
    real_store: DynamoStore,
) -> None:
    send(real_store, submission(20))
    with consuming(real_store) as consumed:
        send(real_store, submission(10))
    assert consumed["PutItem"] == 2


def test_a_held_score_costs_a_transaction_of_five_items(real_store: DynamoStore) -> None:
    """Itself, its removal, the log and a request to each region cost twice as usual."""
    slow = replace(BOARD, max_rise=1)
    send(real_store, submission(10, at=NOW - timedelta(minutes=1)), slow)
    with consuming(real_store) as consumed:
        assert send(real_store, submission(900), slow).held
    assert consumed["TransactWriteItems"] == 2 * (1 + 1 + 1 + 2) + 1
    assert consumed["PutItem"] == 0


def test_the_latest_for_operators_cost_as_many_units_as_rows_are_shown(
    real_store: DynamoStore,
) -> None:
    """A Query of 26 small rows; of each row shown the item itself, as of the last local write."""
    for number in range(30):
        send(real_store, submission(number, f"p{number}", at=NOW - timedelta(seconds=number)))
    with consuming(real_store) as consumed:
        assert len(real_store.logbook.latest(BOARD, NOW.date(), None, 25).reports) == 25
    assert consumed["Query"] <= 1
    assert consumed["BatchGetItem"] <= 75


def test_a_submission_sent_again_writes_nothing(real_store: DynamoStore) -> None:
    """Invariant 3. It improved nothing, so that it brought no name."""
    send(real_store, submission(30))
    send(real_store, submission(20))
    with consuming(real_store) as consumed:
        send(real_store, submission(20))
    assert consumed["PutItem"] == 0


@pytest.fixture(scope="module", params=[100, 10_000])
def full_store(request: pytest.FixtureRequest, ministack: str) -> Iterator[DynamoStore]:
    """Yield a store with that many players on the board."""
    with table_at(ministack) as store:
        many = (
            submission(number, f"player-{number:06}", writer="import")
            for number in range(request.param)
        )
        loader = BulkLoader(OREGON, store.table_name, ministack)
        assert sum(done.stored for done in loader.load(ONE_PERIOD, many, NOW)) == request.param
        yield store


@pytest.mark.slow
class TestFlatInThePlayers:
    """The same units at 100 and at 10,000 players: each test runs at both."""

    def test_the_top_page(self, full_store: DynamoStore) -> None:
        with consuming(full_store) as consumed:
            page = read.top(full_store, ALL, NOW)
        assert len(page.rows) == 25
        assert consumed == {"Query": 0.5}

    def test_the_top_of_a_country(self, full_store: DynamoStore) -> None:
        with consuming(full_store) as consumed:
            page = read.top(full_store, replace(ALL, country=Country("FI")), NOW)
        assert len(page.rows) == 25
        assert consumed == {"Query": 0.5}

    def test_the_next_and_the_previous_page(self, full_store: DynamoStore) -> None:
        following = read.top(full_store, ALL, NOW).next
        assert following
        with consuming(full_store) as consumed:
            page = read.turn(full_store, ALL, following, NOW)
        assert consumed == {"Query": 0.5}
        assert page.next
        third = read.turn(full_store, ALL, page.next, NOW)
        assert third.previous
        with consuming(full_store) as consumed:
            assert read.turn(full_store, ALL, third.previous, NOW) == page
        assert consumed == {"Query": 0.5}

    def test_a_players_page(self, full_store: DynamoStore) -> None:
        with consuming(full_store) as consumed:
            assert read.player_page(full_store, ONE_PERIOD, PlayerId("player-000050"), NOW)
        assert sum(consumed.values()) <= 2.5

    def test_finding_a_player(self, full_store: DynamoStore) -> None:
        """Two records and a name's listings."""
        with consuming(full_store) as consumed:
            assert len(find(full_store, ONE_PERIOD, "player-000050", NOW)) == 1
        assert sum(consumed.values()) <= 5.5

    def test_a_submission(self, full_store: DynamoStore) -> None:
        """Itself and an entry, in an index and in two; its ranking's marker; its listing."""
        one = submission(10**6, "newcomer", at=NOW - timedelta(minutes=1))
        with consuming(full_store) as consumed:
            send(full_store, one, ONE_PERIOD)
        assert consumed["PutItem"] == 2 + 3 + 1 + 1
        assert consumed["Query"] + consumed["BatchGetItem"] <= 3
