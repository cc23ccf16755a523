"""The walk along a ranking, and the apostrophes of what it writes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bootstrap.exporting import walk
from bootstrap.exporting.output import writing
from bootstrap.exporting.walk import Walk
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.csv_lines import bare, guarded, line_of
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Direction, Row, View
from leaderboard_app.usecases.ports import StoreUnavailable

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
VIEW = View(Board("global", "Global"), ALL_TIME)


class Ranking:
    """Gives rows of so many standings, after refusing so often."""

    def __init__(self, standings: int, refusals: int = 0, players: int = 10**9) -> None:
        self.standings = standings
        self.refusals = refusals
        self.players = players

    def rows(
        self, view: View, past: int | None, direction: Direction, limit: int, now: datetime
    ) -> tuple[Row, ...]:
        assert (view, direction, now) == (VIEW, Direction.NEXT, NOW)
        if self.refusals:
            self.refusals -= 1
            raise StoreUnavailable("busy")
        top = self.standings if past is None else past - 1
        return tuple(self._row(standing) for standing in islice(range(top, 0, -1), limit))

    def _row(self, standing: int) -> Row:
        name = f"p{standing % self.players}"
        return Row(PlayerId(name), name, Country("FI"), standing)


def walked(ranking: Ranking, pauses: list[float]) -> Iterator[int]:
    rows = Walk(ranking, VIEW, NOW, pauses.append, lambda: 1.0).rows()
    return (row.standing for row in rows)


@pytest.mark.parametrize("standings", [0, 1, 499, 500, 501, 1_300])
def test_every_row_comes_once_in_order(standings: int) -> None:
    assert list(walked(Ranking(standings), [])) == list(range(standings, 0, -1))


def test_a_player_who_stands_on_several_pages_comes_once() -> None:
    assert list(walked(Ranking(1_300, players=700), [])) == list(range(1_300, 600, -1))


def test_a_page_that_is_refused_is_asked_for_again_after_pauses_that_grow() -> None:
    pauses: list[float] = []

    assert list(walked(Ranking(3, refusals=3), pauses)) == [3, 2, 1]
    assert pauses == [0.5, 1.0, 2.0]


def test_a_store_that_keeps_refusing_is_said_in_the_end() -> None:
    pauses: list[float] = []

    with pytest.raises(StoreUnavailable, match="busy"):
        list(walked(Ranking(3, refusals=99), pauses))

    assert len(pauses) == walk.TRIES - 1


def test_a_file_appears_once_it_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"

    with writing(file) as output:
        output.write(b"half")
        assert not file.exists()

    assert file.read_bytes() == b"half"


signs = st.sampled_from("'=+-@\t\r\n＝＋－＠﹦﹢﹣﹫1.a")
texts = st.text() | st.text(signs, max_size=6)


@given(texts)
def test_every_text_survives_its_apostrophe(text: str) -> None:
    assert bare(guarded(text)) == text


@given(texts)
def test_no_guarded_text_begins_like_a_formula_unless_it_is_a_number(text: str) -> None:
    found = guarded(text)

    is_number = found[1:].replace(".", "", 1).isdigit()
    assert not found.startswith(tuple("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫")) or is_number


@given(texts, texts)
def test_different_texts_stay_different(one: str, other: str) -> None:
    assert (guarded(one) == guarded(other)) == (one == other)


@pytest.mark.parametrize("number", ["-5", "+5", "-12.50", "7"])
def test_numbers_stay_bare(number: str) -> None:
    assert guarded(number) == number


@pytest.mark.parametrize("text", ["Ada", "'Tis", "O'Neil", "", "'", "a=b"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert guarded(text) == bare(text) == text


@given(st.lists(texts.filter(lambda text: "\0" not in text), min_size=2, max_size=4))
def test_every_text_survives_a_line_of_csv(cells: list[str]) -> None:
    (read,) = csv.reader(io.StringIO(line_of(cells), newline=""), strict=True)

    assert list(map(bare, read)) == cells
