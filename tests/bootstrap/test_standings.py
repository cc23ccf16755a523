"""`standings`, for real, against MiniStack."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import repeat

import pytest

from bootstrap import exits
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.records import Ownership
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.walk import Outcome, Walker
from leaderboard_app.usecases.walk_ports import Lease
from tests.bootstrap.commands import Commands, problem

OREGON, DUBLIN = "us-west-2", "eu-west-1"
BOARD = Board("global", "Global")
SCORES = """player,country,score,achieved_at
Ada,FI,3,2024-01-02T10:00:00Z
Bob,FI,2,2024-01-02T10:00:00Z
Cyd,FI,1,2024-01-02T10:00:00Z
"""

pytestmark = [pytest.mark.ministack, pytest.mark.usefixtures("on_ministack", "applied")]


def test_what_changed_is_walked_in_every_region_and_told(commands: Commands) -> None:
    commands.load(SCORES)

    result = commands.run("standings")

    assert result.exit_code == exits.DONE, result.output
    lines = result.output.splitlines()
    for region in (OREGON, DUBLIN):
        assert f"{region} global all: walked, 3 players" in lines
    assert lines[-1] == "8 walked, 0 unchanged."


def test_one_board_period_and_region_can_be_named(commands: Commands) -> None:
    commands.load(SCORES)

    result = commands.run("standings", "--board", "global", "--period", "all", "--region", DUBLIN)

    assert result.output.splitlines() == [
        f"{DUBLIN} global all: walked, 3 players",
        "1 walked, 0 unchanged.",
    ]


def test_the_unchanged_are_skipped_unless_all_are_asked_for(
    commands: Commands, deployment: Deployment
) -> None:
    settle(deployment)

    skipped = commands.run("standings", "--region", OREGON)
    walked = commands.run("standings", "--region", OREGON, "--all")

    assert skipped.output.splitlines()[-1] == "0 walked, 4 unchanged."
    assert f"{OREGON} global all: unchanged" in skipped.output
    assert walked.output.splitlines()[-1] == "4 walked, 0 unchanged."


def test_what_another_run_walks_is_left_to_it_and_told(
    commands: Commands, deployment: Deployment
) -> None:
    now = datetime.now(UTC)
    lease = Lease(View(BOARD, ALL_TIME), "another", now + timedelta(minutes=5))
    assert DynamoStore(OREGON, deployment.table).walks.begin(lease, now) == (True, None)

    result = commands.run("standings", "--region", OREGON, "--period", "all")

    assert result.exit_code == exits.UNWELL
    assert f"{OREGON} global all: walked by another run" in result.output


def test_a_board_or_region_that_is_not_there_is_told_in_a_line(commands: Commands) -> None:
    assert problem(commands.run("standings", "--board", "none")) == (
        "There is no board 'none'. The boards are: global."
    )
    assert problem(commands.run("standings", "--board", "")) == (
        "There is no board ''. The boards are: global."
    )
    assert problem(commands.run("standings", "--region", "mars")) == (
        f"No stage runs in 'mars': the regions are {OREGON}, {DUBLIN}."
    )


def settle(deployment: Deployment) -> None:
    """Let the rankings have been walked long after anything changed."""
    store = DynamoStore(OREGON, deployment.table)
    ownership = Ownership(OREGON, deployment.regions)
    for hours in (2, 1):
        at = datetime.now(UTC) - timedelta(hours=hours)
        walker = Walker(
            store, ownership, repeat(at).__next__, at + timedelta(minutes=5), f"by hand {hours}"
        )
        assert {each.outcome for each in walker.walk([BOARD], every=True)} == {Outcome.WALKED}
