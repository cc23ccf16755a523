"""`boards`, for real, against MiniStack: what is changed in one region holds in both."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bootstrap import exits
from bootstrap.boards import BOARDS
from bootstrap.boards.changing import SPREAD_AFTER
from bootstrap.boards.shelf import Shelf
from bootstrap.importing.target import board_of
from bootstrap.sandbox.environment import offline, within
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.boards import Board, Operator, Order, Retention
from leaderboard_app.domain.periods import ALL_TIME, PeriodKind
from leaderboard_app.domain.rankings import Direction, View
from leaderboard_app.domain.scores import Unit
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway.store import DynamoStore
from tests.bootstrap.commands import Commands, problem
from tests.worlds import DUBLIN, OREGON, REGIONS, send, submission

pytestmark = [pytest.mark.ministack, pytest.mark.usefixtures("applied")]

LAPS = (
    "create laps --title Laps --order lower --unit time --decimals 3 --minimum 0:20 "
    "--maximum 10:00 --periods all,day --keep-day 30 --max-rise 5 --shards 2"
)

Stores = dict[str, DynamoStore]


@pytest.fixture
def boards(commands: Commands) -> Callable[..., str]:
    """Runs a command line that has to end well, and returns what it says."""

    def run(line: str, *more: str) -> str:
        result = commands.run("boards", *line.split(), *more)
        assert result.exit_code == exits.DONE, result.output
        return result.output

    return run


@pytest.fixture
def stores(deployment: Deployment, on_ministack: str) -> Stores:
    """Each region's table as the app has it."""
    return {r: DynamoStore(r, deployment.table, on_ministack) for r in REGIONS}


def board(stores: Stores, region: str, board_id: str) -> Board:
    """Return a board as a region has it."""
    return next(each for each in stores[region].boards() if each.board_id == board_id)


Run = Callable[..., str]


def test_a_board_is_made_in_both_regions(boards: Run, stores: Stores) -> None:
    said = boards(LAPS)

    made = Board(
        "laps",
        "Laps",
        Order.LOWER,
        decimals=3,
        minimum=20_000,
        maximum=600_000,
        periods=(PeriodKind.ALL, PeriodKind.DAY),
        shards=2,
        unit=Unit.TIME,
        retention=Retention(day=30),
        max_rise=5_000,
    )
    assert board(stores, OREGON, "laps") == board(stores, DUBLIN, "laps") == made
    assert "--minimum     0:20.000" in said


def test_boards_are_listed_and_shown(boards: Run) -> None:
    boards("create daily --operator first --closed --title", "Daily puzzle")

    assert [line.split() for line in boards("list").splitlines()] == [
        ["BOARD", "OPEN", "ORDER", "COUNTS", "UNIT", "SHARDS", "TITLE"],
        ["daily", "closed", "higher", "first", "points", "1", "Daily", "puzzle"],
        ["global", "open", "higher", "best", "points", "1", "Global"],
    ]
    assert [each["board"] for each in json.loads(boards("list --json"))] == ["daily", "global"]
    shown = json.loads(boards("show daily --json"))
    assert (shown["operator"], shown["is_open"]) == ("first", False)
    assert shown["maximum"] == 10**15
    assert "  --maximum     none" in boards("show daily").splitlines()


def test_a_board_is_closed_and_opened_for_both_regions(boards: Run, stores: Stores) -> None:
    assert boards("close global").startswith("Board global is closed.")
    assert not board(stores, DUBLIN, "global").is_open
    assert boards("close global") == "Board global is closed already.\n"
    boards("open global")
    assert board(stores, DUBLIN, "global") == BOARDS[0]


def test_a_change_leaves_all_else_and_apply_leaves_the_change(
    boards: Run, commands: Commands, stores: Stores
) -> None:
    said = boards("change global --minimum -5 --keep-week 99 --title", "World")

    assert said.splitlines()[:4] == [
        "Board global:",
        "  --title       Global -> World",
        "  --minimum     0 -> -5",
        "  --keep-week   70 -> 99",
    ]
    changed = replace(BOARDS[0], title="World", minimum=-5, retention=Retention(week=99))
    assert board(stores, DUBLIN, "global") == changed
    assert boards("change global --minimum -5") == "Board global is so already.\n"
    assert commands.run("apply").exit_code == exits.DONE
    assert board(stores, DUBLIN, "global") == changed


@pytest.mark.parametrize("wanted", ["--order lower", "--operator first", "--decimals 2"])
def test_a_board_with_entries_keeps_what_they_were_made_by(
    boards: Run, commands: Commands, stores: Stores, wanted: str
) -> None:
    """Also where only the other region knows of them, as during a partition."""
    now = datetime.now(UTC)
    send(stores[DUBLIN], played(7, now, DUBLIN), now=now)
    boards("close global")

    refusal = problem(commands.run("boards", "change", "global", *wanted.split()))

    option = wanted.split(maxsplit=1)[0]
    assert refusal.startswith(f"{option}: board global has entries (seen in us-west-2), and keeps")
    assert board(stores, OREGON, "global") == replace(BOARDS[0], is_open=False)


def test_a_board_without_entries_takes_another_order_once_it_is_closed(
    boards: Run, commands: Commands, stores: Stores
) -> None:
    refusal = problem(commands.run("boards", "change", "global", "--order", "lower"))
    assert refusal.startswith("--order: board global is open, and a score may come in meanwhile.")
    boards("close global")
    boards("change global --order lower --operator first")
    assert board(stores, DUBLIN, "global").order is Order.LOWER
    assert board(stores, DUBLIN, "global").operator is Operator.FIRST


def test_shards_are_raised_with_scores_before_and_after_in_both_regions(
    boards: Run, commands: Commands, stores: Stores, deployment: Deployment
) -> None:
    """No migration: rankings and submissions go on, in both regions; imports follow, too."""
    now = datetime.now(UTC)
    for number in range(8):
        send(stores[REGIONS[number % 2]], played(number, now, REGIONS[number % 2]), now=now)
    before = board(stores, OREGON, "global")

    assert "New shards are written to from" in boards("change global --shards 16")

    known = board(stores, DUBLIN, "global")
    assert (known.shards, known.shards_written) == (16, 1)
    spread = known.as_of(now + 2 * SPREAD_AFTER)
    for number, region in ((8, OREGON), (9, DUBLIN)):
        send(stores[region], played(number, now, region), before, now=now)
    for number, region in ((10, OREGON), (11, DUBLIN)):
        send(stores[region], played(number, now, region), known.as_of(now), now=now)
    for region in REGIONS:
        assert ranking(stores[region], before, now) == ranking(stores[region], known, now)
    for number, region in ((12, OREGON), (13, DUBLIN), (14, OREGON), (15, DUBLIN)):
        send(stores[region], played(number, now, region), spread, now=now)
    for region in REGIONS:
        assert ranking(stores[region], known, now) == list(range(15, -1, -1))
    assert board_of(deployment, "global").shards_written == 1
    shelf = Shelf.of(deployment)
    shelf.replace(shelf.get("global"), replace(known, spread_from=now))
    assert board_of(deployment, "global").shards_written == 16
    refusal = problem(commands.run("boards", "change", "global", "--shards", "8"))
    assert "They can only be raised." in refusal


def test_of_two_changes_at_the_same_time_one_is_told(
    boards: Run, deployment: Deployment, stores: Stores
) -> None:
    """Whoever read the board before the other's change does not undo it."""
    shelf = Shelf.of(deployment)
    read_before = shelf.get("global")
    boards("change global --max-rise 9")
    assert not shelf.replace(read_before, replace(read_before.board, title="Mine"))
    assert board(stores, DUBLIN, "global") == replace(BOARDS[0], max_rise=9)
    again = shelf.get("global")
    assert shelf.replace(again, replace(again.board, max_rise=None, title="Mine"))
    assert board(stores, DUBLIN, "global") == replace(BOARDS[0], title="Mine")


def test_a_board_that_is_there_is_not_made_again(boards: Run, commands: Commands) -> None:
    boards("create laps")
    refusal = problem(commands.run("boards", "create", "laps", "--title", "Other"))
    assert refusal == "There is a board 'laps' already. Change it with boards change laps."


@pytest.mark.parametrize("name", ["", "A", "a#b", "../etc", "x" * 33, "all\n", "\u202e", "a b"])
def test_a_name_that_is_none_is_refused(commands: Commands, name: str) -> None:
    assert problem(commands.run("boards", "create", name)).startswith("BOARD: ")
    assert problem(commands.run("boards", "show", name)).startswith("There is no board ")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("create x --operator latest", "'latest' is not offered"),
        ("create x --operator sum", "'sum' is none: choose best or first."),
        ("create x --periods all,year", "'year' is none: choose from all, month, week, day."),
        ("create x --shards many", "'many' is not a valid integer"),
        ("create x --order up", "'up' is not one of 'higher', 'lower'"),
        ("change global", "Say what to change"),
    ],
)
def test_a_command_line_that_is_wrong_says_how(commands: Commands, line: str, said: str) -> None:
    result = commands.run("boards", *line.split())
    assert result.exit_code == exits.USAGE
    assert said in " ".join(result.stderr.split())


def test_a_table_that_is_missing_is_told_with_its_cure(commands: Commands) -> None:
    missing = Deployment("nothinghere", commands.deployment.stages)
    refusal = problem(commands.run("boards", "list", read=lambda: missing))
    assert refusal.endswith("it is not there. Run python -m bootstrap apply first.")


def test_aws_that_is_away_is_told_in_one_line(commands: Commands) -> None:
    with within({**offline({}), "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}):
        result = commands.run("boards", "list")
    assert result.exit_code == exits.UNAVAILABLE
    assert problem(result).startswith("Could not read the boards in table ")


def played(number: int, now: datetime, region: str) -> Submission:
    """Return a submission of a player of its own."""
    return submission(number, f"p{number}", at=now, writer=region)


def ranking(store: DynamoStore, known: Board, now: datetime) -> list[int]:
    """Return all scores of a board, best first."""
    rows = store.rows(View(known, ALL_TIME), None, Direction.NEXT, 99, now)
    return [row.score(known.order) for row in rows]
