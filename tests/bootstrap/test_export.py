"""`export` from the command line, and back by `import`, on MiniStack."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bootstrap import exits
from bootstrap.table.apply import Apply
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.boards import Board, Order
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.records import EntryWrite
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from tests.bootstrap.commands import Commands, problem

HEADER = "player,country,score,achieved_at,player_id\n"
AT = datetime(2026, 11, 20, 10, 0, 0, 120_000, tzinfo=UTC)

NAMES = [
    "Ada",
    '=HYPERLINK("http://example.org")',
    "+Bob",
    "-Cy-",
    "@di",
    "＝Eve",
    "'Tis Fay",
    "'=Gus",
    "''-Hal",
    'Ida, "the" first',
    "名前",
    "O'Neil",
]

pytestmark = [pytest.mark.ministack, pytest.mark.usefixtures("on_ministack")]


def played(board: Board, number: int, name: str, score: int) -> Submission:
    """Return a submission of a player who has an id of their own."""
    player = Player.named(name, Country("FI"), PlayerId(f"-game:{number:05}"))
    made = SubmissionId.make(AT + timedelta(seconds=number), number.to_bytes(10))
    return Submission(made, board.board_id, player, score, "us-west-2", "api")


def rank(deployment: Deployment, board: Board, *submissions: Submission) -> None:
    """Put the entries of submissions into all-time's ranking."""
    store = DynamoStore(deployment.regions[0], deployment.table)
    for one in submissions:
        store.keep(board, None, AT, [EntryWrite(Entry.of(one, board, ALL_TIME))])


def with_board(deployment: Deployment, board: Board) -> None:
    """Put a board into the table."""
    store = DynamoStore(deployment.regions[0], deployment.table)
    store.client.put_item(TableName=deployment.table, Item=items.board_item(board))


@pytest.fixture
def board(applied: Deployment) -> Board:
    """Return the board that every deployment begins with."""
    (board,) = DynamoStore(applied.regions[0], applied.table).boards()
    return board


def exported(commands: Commands, *arguments: str) -> bytes:
    result = commands.run("export", *arguments)
    assert result.exit_code == exits.DONE, result.stderr
    return result.stdout_bytes


def test_a_ranking_is_written_best_first_with_ids_and_times(
    commands: Commands, applied: Deployment, board: Board
) -> None:
    rank(applied, board, played(board, 1, "Ada", 5), played(board, 2, "Bob", 7))

    result = commands.run("export")

    assert result.exit_code == exits.DONE
    assert result.stdout == (
        HEADER + "Bob,FI,7,2026-11-20T10:00:02.120Z,'-game:00002\n"
        "Ada,FI,5,2026-11-20T10:00:01.120Z,'-game:00001\n"
    )
    assert result.stderr == "2 rows of global, all, exported.\n"


def test_json_lines_hold_the_same_and_no_apostrophes(
    commands: Commands, applied: Deployment, board: Board
) -> None:
    rank(applied, board, played(board, 1, "=Ada", 5))

    said = json.loads(exported(commands, "--format", "jsonl"))

    assert said == {
        "player": "=Ada",
        "country": "FI",
        "score": 5,
        "achieved_at": "2026-11-20T10:00:01.120Z",
        "player_id": "-game:00001",
    }


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_what_was_exported_and_imported_is_exported_the_same(
    commands: Commands, applied: Deployment, form: str
) -> None:
    board = Board("laps", "Laps", Order.LOWER, decimals=3, minimum=-10_000, shards=3)
    with_board(applied, board)
    laps = [played(board, n, name, 7 * n - 40) for n, name in enumerate(NAMES)]
    rank(applied, board, *laps)
    file = commands.folder / f"laps.{form}"
    asked = ("--board", "laps", "--output")
    exported(commands, *asked, str(file))
    other = replace(applied, prefix=f"t{secrets.token_hex(6)}")
    Apply.to(other, lambda _: None).run()
    with_board(other, board)
    theirs = Commands(other, commands.folder)

    result = theirs.run("import", str(file), "--board", "laps")

    assert result.exit_code == exits.DONE, result.output
    again = file.with_name(f"again.{form}")
    exported(theirs, *asked, str(again))
    assert again.read_bytes() == file.read_bytes()
    assert file.read_bytes().count(b"\n") == len(NAMES) + (form == "csv")


def test_a_player_who_stands_twice_is_written_once(
    commands: Commands, applied: Deployment, board: Board
) -> None:
    low, high = played(board, 1, "Ada", 5), played(board, 1, "Ada", 9)
    rank(applied, board, low, replace(high, writer="eu-west-1"))

    assert exported(commands).decode().splitlines()[1:] == [
        "Ada,FI,9,2026-11-20T10:00:01.120Z,'-game:00001"
    ]


@pytest.mark.usefixtures("applied")
def test_an_empty_board_is_a_file_of_its_header(commands: Commands) -> None:
    assert exported(commands).decode() == HEADER


def test_a_past_day_s_ranking_is_its_own(
    commands: Commands, applied: Deployment, board: Board
) -> None:
    rank(applied, board, played(board, 1, "Ada", 5))

    assert exported(commands, "--period", "2026-11-19").decode() == HEADER


@pytest.mark.usefixtures("applied")
def test_an_export_that_fails_leaves_the_older_file(commands: Commands) -> None:
    file = commands.folder / "scores.csv"
    file.write_text("old", encoding="utf-8")

    gone = replace(commands.deployment, prefix="gone")
    result = commands.run("export", "--output", str(file), read=lambda: gone)

    assert problem(result).endswith("Run python -m bootstrap apply first.")
    assert result.exit_code == exits.REFUSED
    assert file.read_text(encoding="utf-8") == "old"
    assert list(commands.folder.iterdir()) == [file]


@pytest.mark.usefixtures("applied")
def test_a_file_that_can_t_be_written_is_said(commands: Commands) -> None:
    result = commands.run("export", "--output", str(Path(commands.folder, "none", "scores.csv")))

    assert result.exit_code == exits.REFUSED
    assert problem(result).endswith("can't be written: No such file or directory.")


@pytest.mark.usefixtures("applied")
def test_what_is_no_period_is_a_wrong_command_line(commands: Commands) -> None:
    result = commands.run("export", "--period", "2026-13")

    assert result.exit_code == exits.USAGE
    assert "is no period" in result.stderr


@pytest.mark.usefixtures("applied")
def test_an_unknown_board_is_refused(commands: Commands) -> None:
    assert problem(commands.run("export", "--board", "none")).startswith("There is no board 'none'")


def test_a_period_that_the_board_does_not_keep_is_refused(
    commands: Commands, applied: Deployment
) -> None:
    with_board(applied, Board("ever", "Ever", periods=(ALL_TIME.kind,)))

    result = commands.run("export", "--board", "ever", "--period", "2026-11")

    assert problem(result) == "Board ever keeps no ranking by month. It keeps: all."
