"""Raising a board's shards needs no migration: every entry is found, whoever knows what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Direction, View
from leaderboard_app.domain.records import Ownership
from leaderboard_app.gateway import items, schema
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import moderate
from tests.worlds import BOARD, NOW, OREGON, REGIONS, send, submission

SPREAD_FROM = NOW + timedelta(minutes=5)
ACT = Act("1", "operator", "cheated", NOW)
PLAYERS = [f"p{number:02}" for number in range(12)]


def raised(board: Board, shards: int) -> Board:
    """Return a board as it is stored when its shards were just raised."""
    spread = replace(
        board, shards=shards, spread_before=board.shards_written, spread_from=SPREAD_FROM
    )
    return items.board_of(items.board_item(spread))


def ranking(store: DynamoStore, board: Board, country: str = "") -> list[tuple[str, int]]:
    """Return the names and scores of all rows."""
    view = View(board, ALL_TIME, Country(country) if country else None)
    rows = store.rows(view, None, Direction.NEXT, 99, NOW)
    return [(row.name, row.score(board.order)) for row in rows]


def shards_of(store: DynamoStore) -> set[str]:
    """Return the shards that entries of all time stand in."""
    kept = store.client.scan(TableName=store.table_name)["Items"]
    keys = (item["board_key"]["S"] for item in kept if "board_key" in item)
    return {key.rsplit("#", 1)[1] for key in keys if "#all#" in key}


@pytest.fixture
def played(store: DynamoStore) -> DynamoStore:
    """Return a store on whose one shard twelve players have scores."""
    for number, name in enumerate(PLAYERS):
        send(store, submission(number, name))
    return store


@pytest.mark.parametrize("steps", [(4,), (16,), (4, 16)])
def test_rankings_stay_whole_while_shards_are_raised(
    played: DynamoStore, steps: tuple[int, ...]
) -> None:
    """Right after, once it is time to write to the new ones, and with scores in between."""
    expected = {name: number for number, name in enumerate(PLAYERS)}
    known = BOARD
    for shards in steps:
        # Who knows the new number reads all and writes to the old ones; who does not, sees that.
        known = raised(known, shards)
        send(played, submission(100 + shards, PLAYERS[0]), known.as_of(NOW))
        expected[PLAYERS[0]] = 100 + shards
        whole = sorted(expected.items(), key=lambda each: -each[1])
        assert ranking(played, known) == ranking(played, BOARD) == whole
        assert shards_of(played) == {"0"}
    spread = known.as_of(SPREAD_FROM)
    for number, name in enumerate(PLAYERS[::2]):
        send(played, submission(200 + number, name), spread)
        expected[name] = 200 + number
    whole = sorted(expected.items(), key=lambda each: -each[1])
    assert ranking(played, known) == ranking(played, spread) == whole
    assert ranking(played, spread, "FI") == whole
    assert len(shards_of(played)) > 1


def test_who_has_not_heard_that_the_time_came_still_writes_where_all_look(
    played: DynamoStore,
) -> None:
    """An entry then moves back into a shard of before, and stands in one alone."""
    spread = raised(BOARD, 16).as_of(SPREAD_FROM)
    send(played, submission(50, PLAYERS[3]), spread)
    send(played, submission(60, PLAYERS[3]), raised(BOARD, 16).as_of(NOW))
    assert ranking(played, spread)[0] == (PLAYERS[3], 60)
    assert len(ranking(played, spread)) == len(PLAYERS)


def test_ranks_are_the_same_before_and_after(played: DynamoStore) -> None:
    """A count above a player asks all shards."""
    spread = raised(BOARD, 16).as_of(SPREAD_FROM)
    for number, name in enumerate(PLAYERS[6:]):
        send(played, submission(300 + number, name), spread)
    for place, (name, _) in enumerate(ranking(played, spread), 1):
        entry = played.record(spread, PlayerId(name), NOW).bests()["all"]
        above = played.rows(View(spread, ALL_TIME), entry.standing, Direction.PREVIOUS, 99, NOW)
        assert len(above) + 1 == place


def test_a_removal_takes_a_score_out_of_whichever_shard_it_stands_in(played: DynamoStore) -> None:
    spread = raised(BOARD, 16).as_of(SPREAD_FROM)
    best = submission(500, PLAYERS[5])
    send(played, best, spread)
    for name, submission_id in (
        (PLAYERS[5], best.submission_id),
        (PLAYERS[6], submission(6, PLAYERS[6]).submission_id),
    ):
        here = Ownership(OREGON, REGIONS)
        moderate.remove(played, spread, PlayerId(name), submission_id, ACT, here)
    expected = [(n, number) for number, n in enumerate(PLAYERS) if n != PLAYERS[6]]
    assert ranking(played, spread) == expected[::-1]


def test_mending_goes_by_the_time_as_well(played: DynamoStore) -> None:
    """Mends take the boards as they are stored, not as the pages remember them."""
    spread = raised(BOARD, 16)
    for name in PLAYERS:
        one = submission(900, name)
        send(played, one, spread.as_of(NOW))
        played.moderation.remove(BOARD.board_id, PlayerId(name), one.submission_id, ACT, [OREGON])
        covers = Ownership(OREGON, REGIONS).covers
        moderate.mend(played, spread, PlayerId(name), covers, SPREAD_FROM)
    assert len(shards_of(played)) > 1
    assert ranking(played, spread) == [(n, i) for i, n in reversed(list(enumerate(PLAYERS)))]


def test_a_player_goes_to_the_same_shard_whoever_asks() -> None:
    """While shards are being spread, by the number of before."""
    spread = raised(BOARD, 16)
    for name in PLAYERS:
        assert schema.shard_of(PlayerId(name), spread.as_of(NOW)) == 0
