"""What one region holds and another ranks, not knowing of an earlier score, is held in both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.reports import State
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.usecases import corner, moderate
from tests.convergence.world import START, World
from tests.worlds import DUBLIN, OREGON, REGIONS

ADA = Player(PlayerId("ada"), "Ada", Country("FI"))


@pytest.fixture
def world() -> Iterator[World]:
    """Yield two regions that are cut off from one another, whose best may rise by one a minute."""
    world = World(REGIONS, (0, 0))
    world.board = replace(world.board, max_rise=1)
    world.table.part(OREGON, DUBLIN)
    yield world
    world.close()


def sent(world: World, region: str, score: int, ago: int = 0) -> Submission:
    """Send a score in a region, where it is accepted."""
    submission_id = SubmissionId.make(START - timedelta(minutes=ago), score.to_bytes(10))
    one = Submission(submission_id, world.board.board_id, ADA, score, region, "api")
    assert world.submit(region, one, None, world.ownership(region))
    return one


def shown(world: World) -> list[list[int]]:
    """Return the scores that each region ranks."""
    return [
        [row.score(world.board.order) for row in world.ranking(region, ALL_TIME)]
        for region in world.regions
    ]


def test_the_hold_of_one_region_counts_in_all(world: World) -> None:
    sent(world, OREGON, 1, ago=1)
    sent(world, DUBLIN, 9)
    one = sent(world, OREGON, 9)
    assert shown(world) == [[1], [9]]
    world.settle([ADA.player_id])
    assert shown(world) == [[1], [1]]
    for store in world.stores.values():
        report = store.logbook.find(world.board, ADA.player_id, one.submission_id)
        assert report
        assert report.state is State.HELD


def test_a_score_that_both_regions_stored_and_one_held_can_be_approved(world: World) -> None:
    """Of its item the later write stays: it may stand in the list of the latest, held or not."""
    sent(world, OREGON, 1, ago=1)
    one = sent(world, OREGON, 9)
    world.now += timedelta(seconds=1)
    sent(world, DUBLIN, 9)
    world.settle([ADA.player_id])
    store, ownership = world.stores[DUBLIN], world.ownership(DUBLIN)
    report = store.logbook.find(world.board, ADA.player_id, one.submission_id)
    assert report
    act = Act("act", "ann", "seen the replay", world.now)
    corner.restore(store, world.board, report, act, ownership)
    assert store.logbook.held(world.board, None, 9).reports == ()
    assert shown(world)[1] == [9]


def test_what_an_operator_let_count_counts_in_all(world: World) -> None:
    sent(world, OREGON, 1, ago=1)
    one = sent(world, OREGON, 9)
    act = Act("act", "ann", "seen the replay", world.now)
    named = ADA.player_id, one.submission_id
    world.decide(
        OREGON,
        lambda store, ownership: moderate.restore(
            store, world.board, *named, act, ownership, (one, world.board)
        ),
        None,
    )
    world.settle([ADA.player_id])
    assert shown(world) == [[9], [9]]
