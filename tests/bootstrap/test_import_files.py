"""Files as they come: what is read, what is rejected, what is refused as a whole."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bootstrap.exits import Interrupted, Problem, Unavailable
from bootstrap.importing.load import Checked, Import
from bootstrap.importing.reader import CsvFile
from bootstrap.importing.scorefile import COLUMNS, Record
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.usecases.ports import Loaded, StoreUnavailable

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BOARD = Board("global", "Global")
HEADER = "player,country,score,achieved_at\n"
ADA = "Ada,GB,12,2026-11-20T10:00:00Z\n"
BOB = "Bob,FI,11,2026-11-20T10:00:01Z\n"
NO_COUNTRY = "Choose a country by the two letters of ISO 3166-1, such as FI: “ZZ” is none."


class Memory:
    """A loader that remembers, one submission at a time; it may end in a way of its own."""

    def __init__(self, end: BaseException | None = None) -> None:
        self.names: list[str] = []
        self.end = end

    def load(
        self, board: Board, submissions: Iterable[Submission], now: datetime
    ) -> Iterator[Loaded]:
        assert (board, now) == (BOARD, NOW)
        for submission in submissions:
            self.names.append(submission.player.name)
            yield Loaded(stored=1)
            if self.end:
                raise self.end


class Files:
    """Checks and loads files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scores.csv"
        self.rejects = folder / "scores.csv.rejects.csv"
        self.loader = Memory()

    def take(self, content: str | bytes) -> Checked:
        self.file.write_bytes(content if isinstance(content, bytes) else content.encode())
        with self.file.open("rb") as opened:
            run = Import(CsvFile(self.file, opened), BOARD, self.loader, NOW)
            checked = run.check()
            assert self.loader.names == [], "something was stored before all was checked"
            run.load(lambda _: None)
        return checked

    def refusal(self, content: str | bytes) -> str:
        """Return why a file is refused as a whole, with nothing stored and nothing left behind."""
        with pytest.raises(Problem) as refused:
            self.take(content)
        assert refused.value.exit_code == 1
        assert self.loader.names == []
        assert list(self.file.parent.iterdir()) == [self.file]
        assert refused.value.message.endswith("Nothing was imported.")
        return refused.value.message

    def rejected(self) -> list[tuple[str, str, str]]:
        """Return line, column and player of each reject."""
        with self.rejects.open(encoding="utf-8", newline="") as file:
            return [(row["line"], row["column"], row["player"]) for row in csv.DictReader(file)]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_all_rows_of_a_good_file_are_loaded_and_no_rejects_are_written(files: Files) -> None:
    assert files.take(HEADER + ADA + BOB) == Checked(2, 0, None, ())
    assert files.loader.names == ["Ada", "Bob"]
    assert not files.rejects.exists()


@pytest.mark.parametrize(
    "content",
    [
        (HEADER + ADA + BOB).replace("\n", "\r\n"),
        (HEADER + ADA + BOB).replace("\n", "\r"),
        "\ufeff" + HEADER + ADA + BOB,
        (HEADER + ADA + BOB).rstrip("\n"),
        "\n\n" + HEADER + "\n" + ADA + "\r\n\n" + BOB + "\n\n",
        " Player , COUNTRY,Score,Achieved_At\n" + ADA + BOB,
        'player,country,score,achieved_at\n"Ada","GB","12","2026-11-20T10:00:00Z"\n' + BOB,
        "score,country,player,achieved_at\n12,GB,Ada,2026-11-20T10:00:00Z\n7,FI,Bob,2026-11-20T10:00Z",
    ],
)
def test_line_ends_marks_quotes_case_and_order_don_t_matter(files: Files, content: str) -> None:
    files.take(content)

    assert files.loader.names == ["Ada", "Bob"]


def test_names_with_commas_and_quotes_are_read(files: Files) -> None:
    files.take(HEADER + '"Lovelace, ""Ada""",GB,12,2026-11-20T10:00:00Z\n')

    assert files.loader.names == ['Lovelace, "Ada"']


def test_extra_columns_are_named_and_not_read(files: Files) -> None:
    content = 'level,player,country,score,achieved_at,note\n7,Ada,GB,12,2026-11-20T10:00:00Z,"a\nb"'

    assert files.take(content).ignored == ("level", "note")
    assert files.loader.names == ["Ada"]


def test_bad_rows_are_rejected_with_line_column_reason_and_values_and_the_rest_is_loaded(
    files: Files,
) -> None:
    checked = files.take(HEADER + ADA + "\n" + "Cy,ZZ,11,2026-11-20T10:00:00Z\n" + BOB)

    assert checked == Checked(2, 1, files.rejects, ())
    assert files.loader.names == ["Ada", "Bob"]
    assert files.rejects.read_text(encoding="utf-8").splitlines() == [
        "line,column,reason,player,country,score,achieved_at",
        f'4,country,"{NO_COUNTRY}",Cy,ZZ,11,2026-11-20T10:00:00Z',
    ]


def test_lines_are_counted_as_an_editor_counts_them(files: Files) -> None:
    two_lines = '"Cy\ndi",GB,12,2026-11-20T10:00:00Z\n'

    files.take(HEADER + two_lines + ADA + ",,,\n")

    assert files.rejected() == [("2", "player", "Cy\ndi"), ("5", "country", "")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Cy\n", "1 cells and the header 4"),
        ("Cy,GB,12\n", "3 cells and the header 4"),
        ("Cy,GB,12,000,2026-11-20T10:00:00Z\n", "Quote a value that holds a comma"),
        ("   \n", "1 cells and the header 4"),
    ],
)
def test_rows_of_another_width_are_rejected(files: Files, row: str, said: str) -> None:
    files.take(HEADER + ADA + row + BOB)

    assert files.loader.names == ["Ada", "Bob"]
    assert files.rejected()[0][:2] == ("3", "")
    assert said in files.rejects.read_text(encoding="utf-8")


def test_a_row_that_can_t_be_split_is_rejected(files: Files) -> None:
    files.take(HEADER + ADA + '"C"y,GB,12,2026-11-20T10:00:00Z\n' + BOB)

    assert files.loader.names == ["Ada", "Bob"]
    assert files.rejected() == [("3", "", "")]


def test_a_field_of_ten_megabytes_is_rejected_with_its_row(files: Files) -> None:
    bomb = "x" * 10_000_000

    files.take(HEADER + ADA + f"{bomb},GB,12,2026-11-20T10:00:00Z\n" + BOB)

    assert files.loader.names == ["Ada", "Bob"]
    assert files.rejected() == [("3", "", "")]


def test_nul_bytes_are_rejected_with_their_row(files: Files) -> None:
    files.take(HEADER + ADA + "C\0y,GB,12,2026-11-20T10:00:00Z\n" + "\0\0\0\n" + BOB)

    assert files.loader.names == ["Ada", "Bob"]
    assert files.rejected() == [("3", "player", "C\0y"), ("4", "", "\0\0\0")]


def test_rejects_that_were_mended_can_be_imported_from_their_file(files: Files) -> None:
    files.take(HEADER + "Cy,ZZ,11,2026-11-20T10:00:00Z\n")

    mended = files.rejects.read_text(encoding="utf-8").replace(",ZZ,", ",SE,")
    files.rejects.unlink()
    checked = files.take(mended)

    assert files.loader.names == ["Cy"]
    assert checked == Checked(1, 0, None, ("line", "column", "reason"))


def test_rejects_of_an_earlier_import_go_when_the_file_is_good(files: Files) -> None:
    files.take(HEADER + ADA + "Cy,ZZ,11,2026-11-20T10:00:00Z\n")
    files.loader = Memory()

    files.take(HEADER + ADA)

    assert not files.rejects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (HEADER, "has no rows"),
        (HEADER + "\n\n\r\n", "has no rows"),
        ("\n\n", "lacks the column 'player'"),
        ("\ufeff", "lacks the column 'player'"),
        (ADA + BOB, "lacks the column 'player'"),
        ("player,country,score\nAda,GB,12\n", "lacks the column 'achieved_at'"),
        (HEADER.replace(",", ";") + ADA.replace(",", ";"), "lacks the column 'player'"),
        ("player,player,country,score,achieved_at\n", "names the column 'player' twice"),
        ('"player"x,country,score,achieved_at\n', "has a broken header"),
        ("x" * 10_000_000 + "," + HEADER, "has a broken header"),
        ("x" * 17_000_000, "line 1 is longer than 16,777,216 characters"),
        (HEADER.encode() + "Åsa".encode("latin-1"), "is not UTF-8: byte 0xC5 in line 2"),
        ((HEADER + ADA * 9_999).encode() + b"\xff", "is not UTF-8: byte 0xFF in line 10001"),
        (HEADER.encode() + b"\xed\xa0\x80,GB,12,2026-11-20T10:00:00Z", "is not UTF-8"),
        ((HEADER + ADA).encode("utf-16"), "is UTF-16: save it as UTF-8"),
        (HEADER + ADA + '"Bob,FI,11,2026-11-20T10:00:00Z\n' + BOB, "line 3: a quote is opened"),
        (HEADER + '"' + ADA * 10_000, "line 2: a quote is opened and not closed"),
    ],
    ids=range(18),
)
def test_what_is_no_csv_file_of_scores_is_refused_whole(
    files: Files, content: str | bytes, said: str
) -> None:
    message = files.refusal(content)

    assert message.startswith("scores.csv ")
    assert said in message
    assert len(message) < 300


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    descriptor = os.open(pipe, os.O_RDWR)

    with os.fdopen(descriptor, "rb", buffering=0) as opened, pytest.raises(Problem) as refused:
        CsvFile(pipe, opened)

    assert "is no regular file" in refused.value.message


def test_rejects_that_can_t_be_written_stop_the_import(files: Files) -> None:
    files.rejects.with_name("scores.csv.rejects.csv.part").mkdir()

    with pytest.raises(Problem, match=r"scores\.csv\.rejects\.csv can't be written: Is a dir"):
        files.take(HEADER + ADA + ",,,\n")

    assert files.loader.names == []


@pytest.mark.parametrize(
    ("end", "kind", "said"),
    [
        (StoreUnavailable("DynamoDB: busy"), Unavailable, "DynamoDB: busy. Loaded so far: 1 row;"),
        (KeyboardInterrupt(), Interrupted, "Interrupted. Loaded so far: 1 row;"),
    ],
)
def test_an_import_that_is_cut_off_says_how_far_it_came_and_what_to_do(
    files: Files, end: BaseException, kind: type[Problem], said: str
) -> None:
    files.loader = Memory(end)

    with pytest.raises(kind) as cut:
        files.take(HEADER + ADA + BOB)

    assert cut.value.message == f"{said} import the file again for the rest."


def test_a_file_that_changes_under_the_import_is_said(files: Files) -> None:
    files.file.write_text(HEADER + ADA + BOB, encoding="utf-8")
    with files.file.open("rb") as opened:
        run = Import(CsvFile(files.file, opened), BOARD, files.loader, NOW)
        run.check()
        files.file.write_text(HEADER + ADA, encoding="utf-8")

        with pytest.raises(Problem, match="The file changed while it was read"):
            run.load(lambda _: None)


def records(content: bytes) -> list[Record]:
    with tempfile.TemporaryFile() as file:
        file.write(HEADER.encode() + content)
        file.flush()
        return list(CsvFile(Path("scores.csv"), file).records())


cells = st.text(st.characters(codec="utf-8", exclude_characters="\r")).map(lambda text: f"_{text}")


@given(st.lists(st.tuples(cells, cells, cells, cells)))
def test_what_a_csv_writer_wrote_is_read_as_it_was(rows: list[tuple[str, ...]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)

    found = [record.cells for record in records(text.getvalue().encode())]

    assert found == [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def lines_or_refusal(content: bytes) -> list[int] | str:
    try:
        return [record.line for record in records(content)]
    except Problem as refused:
        return refused.message


@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_be_read_or_refused(content: bytes) -> None:
    found = lines_or_refusal(content)

    if isinstance(found, str):
        assert found.endswith("Nothing was imported.")
    else:
        assert found == sorted(set(found))
