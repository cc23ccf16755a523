"""`import` from the command line, into MiniStack."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bootstrap import exits
from bootstrap.sandbox.environment import offline, within
from bootstrap.sandbox.run import EXAMPLE_SCORES
from bootstrap.table.apply import Apply
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import Direction, View
from leaderboard_app.domain.records import Ownership
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.submit import submit
from tests.bootstrap.commands import Commands, problem

HEADER = "player,country,score,achieved_at\n"
ADA = "Ada,GB,12,2026-11-20T10:00:00Z\n"
BOB = "Bob,FI,11,2026-11-20T10:00:01Z\n"

pytestmark = [pytest.mark.ministack, pytest.mark.usefixtures("on_ministack")]


def shown(deployment: Deployment, region: str) -> list[tuple[str, int]]:
    """Return name and score of each row of a region's board."""
    store = DynamoStore(region, deployment.table)
    (board,) = store.boards()
    rows = store.rows(View(board, ALL_TIME), None, Direction.NEXT, 999, datetime.now(UTC))
    return [(row.name, row.score(board.order)) for row in rows]


def test_rows_are_on_the_board_of_every_region(commands: Commands, applied: Deployment) -> None:
    result = commands.load(HEADER + ADA + BOB)

    assert result.exit_code == exits.DONE
    assert result.output.startswith("2 rows in 0.")
    assert result.output.endswith(" rows a second.\n")
    for region in applied.regions:
        assert shown(applied, region) == [("Ada", 12), ("Bob", 11)]


def test_importing_again_changes_nothing_and_says_so(
    commands: Commands, applied: Deployment
) -> None:
    commands.load(HEADER + ADA + BOB)

    result = commands.load(HEADER + ADA + BOB + ADA + "Cy,SE,10,2026-11-20T10:00:02+00:00\n")

    assert result.exit_code == exits.DONE
    assert result.output.endswith(" rows a second: 1 new, 3 there before.\n")
    assert shown(applied, applied.regions[0]) == [("Ada", 12), ("Bob", 11), ("Cy", 10)]


def test_a_lower_score_never_takes_the_place_of_a_better_one(
    commands: Commands, applied: Deployment
) -> None:
    commands.load(HEADER + ADA)

    commands.load(HEADER + ADA.replace("12", "7"))

    assert shown(applied, applied.regions[0]) == [("Ada", 12)]


def test_a_score_that_was_played_here_stays_above_a_lower_imported_one(
    commands: Commands, applied: Deployment
) -> None:
    commands.load(HEADER + ADA)
    region, now = applied.regions[0], datetime.now(UTC)
    store = DynamoStore(region, applied.table)
    (board,) = store.boards()
    (row,) = store.rows(View(board, ALL_TIME), None, Direction.NEXT, 1, now)
    record, (imported,) = store.history(board, row.player_id, 1, now)
    assert len(record.bests()) == len(board.open_periods(imported.achieved_at, now))
    played = replace(
        imported,
        submission_id=SubmissionId.make(now - timedelta(seconds=1), bytes(10)),
        score=99,
        writer=region,
        source="form",
    )
    submit(store, board, played, Ownership(region, applied.regions), now)

    commands.load(HEADER + ADA.replace("12", "50"))

    assert shown(applied, region) == [("Ada", 99)]


def test_bad_rows_are_told_and_the_rest_is_loaded(commands: Commands, applied: Deployment) -> None:
    result = commands.load(HEADER + ADA + "Bob,FI,many,2026-11-20T10:00:01Z\n")

    rejects = commands.folder / "scores.csv.rejects.csv"
    assert result.exit_code == exits.PARTLY
    first, last = result.output.splitlines()
    assert first == f"1 row rejected: see {rejects}"
    assert last.startswith("1 row in ")
    assert ",Bob,FI,many,2026-11-20T10:00:01Z" in rejects.read_text(encoding="utf-8")
    assert shown(applied, applied.regions[0]) == [("Ada", 12)]


def test_a_file_of_nothing_but_bad_rows_loads_nothing(
    commands: Commands, applied: Deployment
) -> None:
    result = commands.load(HEADER + "Bob,FI,many,2026-11-20T10:00:01Z\n")

    assert result.exit_code == exits.PARTLY
    assert shown(applied, applied.regions[0]) == []


@pytest.mark.usefixtures("applied")
def test_columns_that_are_not_read_are_said_once(commands: Commands) -> None:
    result = commands.load(
        "player,country,score,achieved_at,level\nAda,GB,12,2026-11-20T10:00:00Z,7\n"
        "Bob,FI,11,2026-11-20T10:00:00Z,8\n"
    )

    assert result.exit_code == exits.DONE
    assert result.output.splitlines()[0] == "Not read: the columns 'level'."
    assert result.output.count("level") == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("player,country,score\nAda,GB,12\n", "lacks the column 'achieved_at'"),
        (HEADER.encode() + b"\xc5sa,SE,1,2026-11-20T10:00:00Z", "is not UTF-8"),
    ],
)
def test_a_file_that_is_no_good_loads_nothing(
    commands: Commands, applied: Deployment, content: str | bytes, said: str
) -> None:
    result = commands.load(content)

    assert result.exit_code == exits.REFUSED
    assert said in problem(result)
    assert shown(applied, applied.regions[0]) == []


@pytest.mark.usefixtures("applied")
def test_an_unknown_board_is_refused_with_those_that_there_are(commands: Commands) -> None:
    result = commands.load(HEADER + ADA, "--board", "speedrun")

    assert result.exit_code == exits.REFUSED
    assert problem(result) == "There is no board 'speedrun'. The boards are: global."


def test_without_a_table_the_command_that_makes_it_is_named(commands: Commands) -> None:
    result = commands.load(HEADER + ADA)

    assert result.exit_code == exits.REFUSED
    assert problem(result).endswith("it is not there. Run python -m bootstrap apply first.")


def test_a_file_that_is_not_there_is_a_wrong_command_line(commands: Commands) -> None:
    result = commands.run("import", str(commands.folder / "none.csv"))

    assert result.exit_code == exits.USAGE
    assert "does not exist" in result.stderr


def test_a_folder_is_a_wrong_command_line(commands: Commands) -> None:
    result = commands.run("import", str(commands.folder))

    assert result.exit_code == exits.USAGE
    assert "is a directory" in result.stderr


@pytest.mark.slow
def test_missing_credentials_are_said_in_one_line(on_ministack: str, tmp_path: Path) -> None:
    # In a process of its own: one that had credentials before remembers them.
    file = tmp_path / "scores.csv"
    file.write_text(HEADER + ADA, encoding="utf-8")
    environment = {**offline(os.environ), "AWS_ENDPOINT_URL": on_ministack}
    del environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"]

    ended = subprocess.run(
        [sys.executable, "-m", "bootstrap", "import", str(file)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == exits.DENIED
    assert ended.stderr.startswith("Error: Unable to locate credentials. Set AWS_PROFILE, or ")
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.slow
def test_a_table_that_is_away_is_said_in_one_line(commands: Commands) -> None:
    with within({**offline(os.environ), "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}):
        result = commands.load(HEADER + ADA)

    assert result.exit_code == exits.UNAVAILABLE
    assert "Run this again in a while." in problem(result)


@pytest.mark.slow
def test_the_example_scores_are_good(commands: Commands, applied: Deployment) -> None:
    result = commands.run("import", str(EXAMPLE_SCORES))

    assert result.exit_code == exits.DONE
    assert result.output.startswith("500 rows in ")
    assert shown(applied, applied.regions[1])


@pytest.mark.slow
def test_a_terminal_gets_a_progress_bar(tmp_path: Path) -> None:
    # On the deployment of zappa_settings.json, as a person would run it.
    file = tmp_path / "scores.csv"
    file.write_text(HEADER + ADA + BOB, encoding="utf-8")
    Apply.to(Deployment.read(), lambda _: None).run()
    ours, theirs = pty.openpty()

    ended = subprocess.run(
        [sys.executable, "-m", "bootstrap", "import", str(file)], stdout=theirs, check=False
    )
    os.close(theirs)
    with os.fdopen(ours, "rb") as terminal:
        said = terminal.read1(65_536).decode()

    assert ended.returncode == exits.DONE
    assert "Importing  [####" in said
    assert "100%" in said
