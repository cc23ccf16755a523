"""Many files, standard input, JSON lines, ids of players' own, formulas."""

from __future__ import annotations

import json
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from bootstrap import exits
from bootstrap.cli import cli
from bootstrap.importing.rows import BadRow, submission_of
from bootstrap.importing.scorefile import COLUMNS, Record
from bootstrap.importing.sources import Format, opened
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import Direction, View
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway.store import DynamoStore
from tests.bootstrap.commands import Commands, problem

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BOARD = Board("global", "Global", decimals=2)
HEADER = "player,country,score,achieved_at\n"
ADA = "Ada,GB,12,2026-11-20T10:00:00Z\n"
BOB = "Bob,FI,11,2026-11-20T10:00:01Z\n"
GOOD = {"player": "Ada", "country": "GB", "score": 12, "achieved_at": "2026-11-20T10:00:00Z"}


def names(deployment: Deployment) -> list[str]:
    """Return the names on the deployment's only board, best first."""
    store = DynamoStore(deployment.regions[0], deployment.table)
    (board,) = store.boards()
    rows = store.rows(View(board, ALL_TIME), None, Direction.NEXT, 99, datetime.now(UTC))
    return [row.name for row in rows]


def written(commands: Commands, **files: str) -> list[str]:
    """Write files, whose names have `_` for a dot, and return their paths."""
    paths = [commands.folder / name.replace("_", ".") for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_text(content, encoding="utf-8")
    return [str(path) for path in paths]


def records(path: Path, form: Format | None = None) -> list[Record]:
    with opened(path, form) as file:
        return list(file.records())


def line(tmp_path: Path, text: str) -> Record:
    """Return the only record of a file of JSON lines."""
    file = tmp_path / "scores.jsonl"
    file.write_text(f"\n{text}\n", encoding="utf-8", errors="surrogatepass")
    (record,) = records(file)
    assert record.line == 2
    return record


def submission(record: Record) -> Submission:
    return submission_of(record, BOARD, NOW)


@pytest.mark.ministack
def test_many_files_get_a_line_each_and_one_for_all(
    commands: Commands, applied: Deployment
) -> None:
    lines = "".join(f"{json.dumps(row)}\n" for row in (GOOD | {"player": "Cy", "score": 9},))
    files = written(commands, a_csv=HEADER + ADA, b_csv=HEADER + BOB, c_jsonl=lines)

    result = commands.run("import", *files)

    assert result.exit_code == exits.DONE
    *each, last = result.output.splitlines()
    assert [said.split(": 1 row in ")[0] for said in each] == files
    assert last.startswith("All 3 files: 3 rows in ")
    assert names(applied) == ["Ada", "Bob", "Cy"]


@pytest.mark.ministack
def test_a_file_that_is_no_good_is_said_and_the_others_are_imported(
    commands: Commands, applied: Deployment
) -> None:
    files = written(commands, a_csv=HEADER + ADA, b_csv="", c_csv=HEADER + BOB + ",,,\n")

    result = commands.run("import", *files)

    assert result.exit_code == exits.REFUSED
    assert problem(result) == "b.csv is empty. Nothing was imported."
    assert result.stdout.splitlines()[-1].startswith("2 of 3 files: 2 rows in ")
    assert result.stdout.endswith(" 1 row rejected.\n")
    assert names(applied) == ["Ada", "Bob"]


def piped(commands: Commands, content: str, *arguments: str) -> Result:
    """Import standard input, with the test's folder as the current one."""
    with chdir(commands.folder):
        return CliRunner().invoke(
            cli, ["import", "-", *arguments], content, obj=lambda: commands.deployment
        )


@pytest.mark.ministack
def test_standard_input_is_imported_and_its_rejects_are_written_here(
    commands: Commands, applied: Deployment
) -> None:
    result = piped(commands, HEADER + ADA + ",,,\n")

    assert result.exit_code == exits.PARTLY
    assert result.output.startswith("1 row rejected: see stdin.rejects.csv\n1 row in ")
    assert list(commands.folder.glob("stdin.rejects.csv"))
    assert names(applied) == ["Ada"]


@pytest.mark.ministack
def test_standard_input_may_be_json_lines(commands: Commands, applied: Deployment) -> None:
    assert piped(commands, json.dumps(GOOD), "--format", "jsonl").exit_code == exits.DONE
    assert names(applied) == ["Ada"]


@pytest.mark.ministack
@pytest.mark.usefixtures("applied")
def test_standard_input_that_is_empty_is_refused(commands: Commands) -> None:
    assert problem(piped(commands, "")) == "stdin is empty. Nothing was imported."


def test_standard_input_twice_is_a_wrong_command_line(commands: Commands) -> None:
    assert commands.run("import", "-", "-").exit_code == exits.USAGE


def test_a_line_gives_the_same_submission_as_a_row(tmp_path: Path) -> None:
    row = Record(2, GOOD | {"score": "12"})  # type: ignore[arg-type] # all text by now.

    assert submission(line(tmp_path, json.dumps(GOOD))) == submission(row)


@pytest.mark.parametrize(
    ("score", "kept"),
    [("1000000000000.15", 100_000_000_000_015), ("-0", 0), ('"12.50"', 1250), ("7", 700)],
)
def test_a_number_loses_no_digit(tmp_path: Path, score: str, kept: int) -> None:
    text = json.dumps(GOOD).replace("12,", f"{score},")

    assert submission(line(tmp_path, text)).score == kept


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "The line is no JSON"),
        ("[" * 100_000, "The line is no JSON"),
        ("[]", "no JSON object"),
        ("7", "no JSON object"),
        ('{"player": "Ada"}', "lacks 'country'"),
        (json.dumps(GOOD | {"player": 7}), "'player' must be text."),
        (json.dumps(GOOD | {"player": None}), "'player' must be text."),
        (json.dumps(GOOD | {"score": True}), "'score' must be text or a number."),
        (json.dumps(GOOD | {"score": [1]}), "'score' must be text or a number."),
        (json.dumps(GOOD | {"player_id": 7}), "'player_id' must be text."),
        (json.dumps(GOOD)[:-1] + ', "score": 13}', "names 'score' twice"),
        (json.dumps(GOOD).replace("12,", "NaN,"), "Enter a number"),
        (json.dumps(GOOD).replace("12,", "1e3,"), "Enter a number"),
        (json.dumps(GOOD).replace("12,", "9" * 5000 + ","), "Enter a number"),
        (json.dumps(GOOD | {"player": "\ud800"}), "broken characters"),
    ],
    ids=range(15),
)
def test_a_bad_line_is_rejected_with_its_reason(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadRow) as bad:
        submission(line(tmp_path, text))

    assert said in bad.value.reason
    assert len(bad.value.reason) < 200


def test_names_that_are_not_read_are_told_a_few_of_them(tmp_path: Path) -> None:
    file = tmp_path / "scores.ndjson"
    rows = (GOOD | {f"extra{number}": 1} for number in range(30))
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    with opened(file) as found:
        assert len(list(found.records())) == 30
        assert found.extra_columns == tuple(f"extra{number}" for number in range(10))


@pytest.mark.parametrize(
    ("name", "form"), [("a.csv", "csv"), ("a.NDJSON", "jsonl"), ("a.jsonl", "jsonl"), ("a", "csv")]
)
def test_the_suffix_names_the_format(name: str, form: str) -> None:
    assert Format.of(Path(name)) == form


def test_a_player_id_of_its_own_is_kept() -> None:
    cells = {column: str(value) for column, value in GOOD.items()}

    own = submission(Record(2, cells | {"player_id": " game:7 "}))
    none = submission(Record(2, cells | {"player_id": ""}))

    assert own.player.player_id.value == "game:7"
    assert none == submission(Record(2, cells))
    assert own.submission_id != none.submission_id


def test_what_is_no_player_id_is_told_in_its_column() -> None:
    cells = {column: str(value) for column, value in GOOD.items()}

    with pytest.raises(BadRow) as bad:
        submission(Record(2, cells | {"player_id": "no id"}))

    assert bad.value.column == "player_id"


@pytest.mark.ministack
@pytest.mark.usefixtures("applied")
def test_rejects_keep_ids_and_are_no_formulas(commands: Commands) -> None:
    row = "=1+1,ZZ,-5,2026-11-20T10:00:00Z,-x\n"

    commands.load(f"{HEADER.strip()},player_id\n{row}")

    (reject,) = records(commands.folder / "scores.csv.rejects.csv")
    text = (commands.folder / "scores.csv.rejects.csv").read_text(encoding="utf-8")
    assert text.endswith(",'=1+1,ZZ,-5,2026-11-20T10:00:00Z,'-x\n")
    assert reject.cells == dict(zip((*COLUMNS, "player_id"), row.strip().split(","), strict=True))


@pytest.mark.parametrize(
    ("cell", "name"),
    [("'=Ada", "=Ada"), ("=Ada", "=Ada"), ("''=Ada", "'=Ada"), ("'Tis", "'Tis"), ("'", "'")],
)
def test_exactly_the_apostrophe_of_a_formula_is_taken_off(
    tmp_path: Path, cell: str, name: str
) -> None:
    file = tmp_path / "scores.csv"
    file.write_text(HEADER + ADA.replace("Ada", cell), encoding="utf-8")

    (record,) = records(file)

    assert record.cells is not None
    assert record.cells["player"] == name


@given(st.text(max_size=200) | st.text(st.sampled_from('{}[]":,ntf1e- '), max_size=60))
def test_no_line_does_anything_but_be_read_or_rejected(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.jsonl"
    file.write_text(f"{text}\n.", encoding="utf-8")

    for record in records(file):
        with pytest.raises(BadRow):
            submission(record)
