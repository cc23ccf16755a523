"""A row of a CSV file as a submission."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bootstrap.exporting.lines import lines_of
from bootstrap.importing.rows import BadRow, moment, submission_of
from bootstrap.importing.scorefile import Record
from bootstrap.importing.sources import Format
from leaderboard_app.domain import moments
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import NAMES
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import Row
from leaderboard_app.domain.scores import Unit
from leaderboard_app.domain.submissions import Submission

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BOARD = Board("global", "Global")
GOOD = {"player": "Ada", "country": "GB", "score": "12", "achieved_at": "2026-11-20T10:00:00Z"}

times = st.integers(0, moments.to_ms(NOW)).map(moments.from_ms)
offsets = st.integers(-23 * 60, 23 * 60).map(lambda m: timezone(timedelta(minutes=m)))


def submission(**changes: str) -> Submission:
    return on(BOARD, **changes)


def on(board: Board, **changes: str) -> Submission:
    return submission_of(Record(2, GOOD | changes), board, NOW)


def column_at_fault(**changes: str) -> str | None:
    try:
        submission(**changes)
    except BadRow as bad:
        return bad.column
    return None


def test_a_row_is_a_submission_by_the_writer_import() -> None:
    found = submission()

    assert (found.player.name, found.player.country.code, found.score) == ("Ada", "GB", 12)
    assert found.player.player_id.value == "name:ada"
    assert found.achieved_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert found.board_id == "global"
    assert (found.writer, found.source) == ("import", "import")


def test_the_same_row_is_the_same_submission_however_it_is_written() -> None:
    assert submission() == submission(
        player="  Ada ", country="gb", score="+12", achieved_at="2026-11-20 12:00:00.000+02:00"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"player": "Ida"},
        {"player": "ADA"},
        {"country": "FI"},
        {"score": "13"},
        {"achieved_at": "2026-11-20T10:00:00.001Z"},
    ],
)
def test_a_row_that_says_anything_else_is_another_submission(change: dict[str, str]) -> None:
    assert submission(**change).submission_id != submission().submission_id


def test_the_same_row_on_another_board_is_another_submission() -> None:
    other = on(Board("speedrun", "Speedrun"))

    assert other.submission_id != submission().submission_id


def test_a_score_has_the_board_s_decimals() -> None:
    assert on(Board("laps", "Laps", decimals=2), score="12.5").score == 1250


def test_files_carry_plain_numbers_whatever_the_unit() -> None:
    """In seconds, in metres: so that a spreadsheet takes them for numbers."""
    laps = Board("laps", "Laps", decimals=3, unit=Unit.TIME)
    assert on(laps, score="83.456").score == 83_456
    with pytest.raises(BadRow, match=r"Enter a number, for example 1\.234\."):
        on(laps, score="1:23.456")
    row = Row.of(Entry.of(on(laps, score="83.456"), laps, ALL_TIME))
    assert ",83.456," in list(lines_of([row], laps, Format.CSV))[1]


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("player", "", "Enter a name"),
        ("player", "\u200b", "Enter a name"),
        ("player", "x" * 33, "33 characters"),
        ("player", "x" * 1_000_000, "1000000 characters"),
        ("player", "A\0da", "control characters"),
        ("player", "A\nda", "control characters"),
        ("player", "A\u202eda", "direction of text"),
        ("country", "", "two letters"),
        ("country", "Finland", "two letters"),
        ("country", "ZZ", "two letters"),
        ("country", "X" * 1_000_000, "two letters"),
        ("score", "", "Enter a number"),
        ("score", "many", "Enter a number"),
        ("score", "1e3", "Enter a number"),
        ("score", "1,000", "Enter a number"),
        ("score", "NaN", "Enter a number"),
        ("score", "١٢", "Enter a number"),
        ("score", "1.5", "whole number"),
        ("score", "-1", "This board takes scores from 0"),
        ("score", "9" * 16, "A score lies between"),
        ("score", "9" * 1_000_000, "Enter a number"),
        ("achieved_at", "", "Write the time like"),
        ("achieved_at", "yesterday", "Write the time like"),
        ("achieved_at", "1763632800", "Write the time like"),
        ("achieved_at", "2026-11-20", "Write the time like"),
        ("achieved_at", "20/11/2026 10:00", "Write the time like"),
        ("achieved_at", "2026-11-20T10:00:00Z\0", "Write the time like"),
        ("achieved_at", "２０２６-11-20T10:00:00Z", "Write the time like"),
        ("achieved_at", "2026-11-20T10:00:00", "lacks its offset"),
        ("achieved_at", "2026-02-30T10:00:00Z", "There is no such time"),
        ("achieved_at", "2026-11-20T24:30:00Z", "There is no such time"),
        ("achieved_at", "2026-11-20T10:00:00+25:00", "There is no such time"),
        ("achieved_at", "0000-01-01T00:00:00Z", "There is no such time"),
        ("achieved_at", "0001-01-01T00:00:00+23:59", "between 1970 and November 2286"),
        ("achieved_at", "1969-12-31T23:59:59Z", "between 1970 and November 2286"),
        ("achieved_at", "2026-11-23T12:05:00.001Z", "lies ahead"),
        ("achieved_at", "9999-12-31T23:59:59-23:59", "lies ahead"),
    ],
)
def test_a_bad_value_is_told_with_its_column(column: str, text: str, said: str) -> None:
    with pytest.raises(BadRow) as bad:
        submission(**{column: text})

    assert bad.value.column == column
    assert said in bad.value.reason
    assert len(bad.value.reason) < 200


def test_a_clock_that_is_five_minutes_fast_is_borne_with() -> None:
    assert submission(achieved_at="2026-11-23T12:05:00Z").score == 12


def test_the_first_moment_that_a_score_can_have_is_taken() -> None:
    found = submission(achieved_at="1970-01-01T00:00:00Z")

    assert found.achieved_at == datetime(1970, 1, 1, tzinfo=UTC)
    assert BOARD.open_periods(found.achieved_at, NOW)


def test_a_row_that_was_broken_is_told_as_a_whole() -> None:
    with pytest.raises(BadRow) as bad:
        submission_of(Record(7, None, "The row can't be split: why."), BOARD, NOW)

    assert (bad.value.column, bad.value.reason) == ("", "The row can't be split: why.")


@given(at=times, offset=offsets)
def test_a_time_means_the_same_in_every_time_zone(at: datetime, offset: timezone) -> None:
    assert moment(at.astimezone(offset).isoformat(), NOW) == at


@given(st.text())
def test_no_text_is_anything_but_a_time_or_refused(text: str) -> None:
    assert column_at_fault(achieved_at=text) in {None, "achieved_at"}


@given(
    name=st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20),
    country=st.sampled_from(sorted(NAMES)),
    score=st.integers(0, 10**15),
    at=times,
)
def test_a_good_row_is_taken_and_gives_one_id(
    name: str, country: str, score: int, at: datetime
) -> None:
    row = {"player": name, "country": country, "score": str(score), "achieved_at": f"{at}"}
    # Some letters are blank, and some grow when they are normalised.
    assume(column_at_fault(**row) is None)

    first, second = submission(**row), submission(**row)

    assert first == second
    assert first.score == score
    assert first.submission_id.value[14] == "7"


@given(st.fixed_dictionaries({column: st.text() for column in GOOD}))
def test_no_row_does_anything_but_be_taken_or_refused(cells: dict[str, str]) -> None:
    assert column_at_fault(**cells) in {None, *GOOD}
