"""The 500 made-up scores: that the file is what its script makes, and holds what a demo needs."""

from __future__ import annotations

import collections
import csv
import unicodedata
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bootstrap.data import make, make_countries
from bootstrap.data.names import Dice, folded, made_players
from leaderboard_app.domain import names
from leaderboard_app.domain.countries import NAMES, Country

PAGE = 25


@pytest.fixture(scope="module")
def rows() -> list[make.Row]:
    return make.make_rows()


@pytest.fixture(scope="module")
def rows_by_player(rows: list[make.Row]) -> dict[str, list[make.Row]]:
    by_player = collections.defaultdict(list)
    for row in rows:
        by_player[row.player].append(row)
    return by_player


@pytest.fixture(scope="module")
def bests(rows_by_player: dict[str, list[make.Row]]) -> list[make.Row]:
    """The best of each player, best first; what a board for all time shows."""
    found = [max(own, key=lambda row: row.score) for own in rows_by_player.values()]
    return sorted(found, key=lambda row: (-row.score, row.achieved_at))


def test_the_file_is_what_the_script_makes(rows: list[make.Row]) -> None:
    assert make.TARGET.read_bytes() == make.as_csv(rows).encode()


def test_the_file_has_a_header_and_500_rows_in_utf_8_with_plain_line_ends() -> None:
    text = make.TARGET.read_bytes().decode("utf-8")
    header, *cells = csv.reader(text.splitlines())

    assert header == ["player", "country", "score", "achieved_at"]
    assert len(cells) == 500
    assert all(len(row) == 4 for row in cells)
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert text.endswith("\n")


def test_times_are_in_utc_with_milliseconds() -> None:
    for row in csv.DictReader(make.TARGET.read_text(encoding="utf-8").splitlines()):
        moment = datetime.strptime(row["achieved_at"], "%Y-%m-%dT%H:%M:%S.%f%z")
        assert row["achieved_at"] == f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def test_every_name_is_one_that_the_leaderboard_keeps_as_it_is(rows: list[make.Row]) -> None:
    for row in rows:
        assert names.normalise(row.player) == row.player
        assert unicodedata.is_normalized("NFKC", row.player)
        assert 1 <= len(row.player) <= 32


def test_no_name_holds_a_control_or_an_invisible_character(rows: list[make.Row]) -> None:
    refused = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    # Unseen too, though a mark by its category: it picks between the two looks of an emoji.
    selectors = {"\ufe0e", "\ufe0f"}

    for row in rows:
        assert not refused & {unicodedata.category(character) for character in row.player}
        assert not selectors & set(row.player)


def test_different_names_are_different_players(rows_by_player: dict[str, list[make.Row]]) -> None:
    assert len({folded(name) for name in rows_by_player}) == len(rows_by_player)
    assert len({names.player_id_of(name) for name in rows_by_player}) == len(rows_by_player)


def test_names_come_in_all_lengths(rows: list[make.Row]) -> None:
    lengths = {len(row.player) for row in rows}

    assert min(lengths) == 1
    assert max(lengths) == 32


def test_names_come_in_many_scripts(rows: list[make.Row]) -> None:
    letters = {letter for row in rows for letter in row.player if letter.isalpha()}
    scripts = {unicodedata.name(letter).split()[0] for letter in letters}

    assert len(scripts) >= 12
    assert scripts >= {
        *("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "HEBREW", "ARABIC", "ETHIOPIC"),
        *("DEVANAGARI", "BENGALI", "TAMIL", "THAI", "CJK", "HIRAGANA", "KATAKANA", "HANGUL"),
    }


def test_some_names_need_quoting_in_csv_and_escaping_in_html(rows: list[make.Row]) -> None:
    characters = {character for row in rows for character in row.player}

    assert characters >= set(",\"'&<")


def test_players_come_from_at_least_60_countries(rows: list[make.Row]) -> None:
    assert len({Country(row.country) for row in rows}) >= 60


def test_one_country_fills_more_than_a_page_of_its_own(bests: list[make.Row]) -> None:
    assert max(collections.Counter(row.country for row in bests).values()) > PAGE


def test_a_player_has_one_country(rows_by_player: dict[str, list[make.Row]]) -> None:
    assert all(len({row.country for row in own}) == 1 for own in rows_by_player.values())


def test_a_few_players_come_again_with_lower_scores_before_and_after_their_best(
    rows_by_player: dict[str, list[make.Row]],
) -> None:
    regulars = [own for own in rows_by_player.values() if len(own) > 1]
    before, after = 0, 0
    for own in regulars:
        best = max(own, key=lambda row: row.score)
        lower = [row for row in own if row.score < best.score]
        before += any(row.achieved_at < best.achieved_at for row in lower)
        after += any(row.achieved_at > best.achieved_at for row in lower)

    assert 5 <= len(regulars) <= 30
    assert before >= 5
    assert after >= 5


def test_scores_have_a_long_tail(bests: list[make.Row]) -> None:
    scores = [row.score for row in bests]

    assert min(scores) == 0
    assert max(scores) <= 1_000_000
    assert scores[0] > 10 * scores[len(scores) // 2]


def test_a_dozen_players_are_tied_with_the_one_above_most_of_them_by_time(
    bests: list[make.Row],
) -> None:
    ties = [(above, row) for above, row in pairwise(bests) if above.score == row.score]
    at_one_time = [row for above, row in ties if above.achieved_at == row.achieved_at]

    assert len(ties) >= 12
    assert len(at_one_time) == 1


def test_ties_are_seen_on_the_first_page(bests: list[make.Row]) -> None:
    scores = [row.score for row in bests[:PAGE]]

    assert len(scores) - len(set(scores)) >= 3


def test_dates_run_from_may_to_november_and_the_last_month_has_plenty(rows: list[make.Row]) -> None:
    months = collections.Counter(f"{row.achieved_at:%Y-%m}" for row in rows)

    assert sorted(months) == [f"2026-{month:02}" for month in range(5, 12)]
    assert months["2026-11"] > 4 * PAGE
    assert min(row.achieved_at for row in rows) >= datetime(2026, 5, 1, tzinfo=UTC)
    assert max(row.achieved_at for row in rows) == make.UNTIL < datetime(2026, 11, 21, tzinfo=UTC)


def test_the_rows_are_in_the_order_of_their_times(rows: list[make.Row]) -> None:
    assert all(before.achieved_at <= row.achieved_at for before, row in pairwise(rows))


def test_another_end_moves_all_rows_alike(rows: list[make.Row]) -> None:
    moved = make.make_rows(until=make.UNTIL + timedelta(days=100))

    for row, later in zip(rows, moved, strict=True):
        assert later.achieved_at - row.achieved_at == timedelta(days=100)
        assert (later.player, later.score) == (row.player, row.score)


@pytest.mark.parametrize(
    ("until", "newest"),
    [
        ("2027-01-31", "2027-01-31T00:00:00.000Z"),
        ("2027-01-31T12:30:00Z", "2027-01-31T12:30:00.000Z"),
        ("2027-01-31T12:30:00.250-02:00", "2027-01-31T14:30:00.250Z"),
    ],
)
def test_the_command_writes_rows_until_a_date(tmp_path: Path, until: str, newest: str) -> None:
    target = tmp_path / "scores.csv"

    make.main(["--until", until, "--output", str(target)])

    lines = target.read_bytes().decode().split("\n")
    assert len(lines) == 1 + 500 + 1
    assert lines[-2].endswith(f",{newest}")


def test_the_command_says_how_a_date_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "scores.csv"

    with pytest.raises(SystemExit) as end:
        make.main(["--until", "yesterday", "--output", str(target)])

    assert end.value.code == 2
    assert "'yesterday' is no date: write 2026-12-31" in capsys.readouterr().err
    assert not target.exists()


def test_the_same_seed_draws_the_same_players() -> None:
    assert made_players(Dice(7)) == made_players(Dice(7))
    assert made_players(Dice(7)) != made_players(Dice(8))


def test_too_few_name_parts_are_said(tmp_path: Path) -> None:
    source = tmp_path / "names.json"
    source.write_text(
        '{"shapes": {"plain": ["{first}{second}"]}, "singles": [], "voices": [{"shapes": "plain",'
        ' "countries": {"FI": 2}, "first": "Aino", "second": "Hyrrä"}]}',
        encoding="utf-8",
    )

    with pytest.raises(ValueError, match="players of FI"):
        made_players(Dice(7), source)


def test_the_table_of_countries_leaves_out_what_is_none_and_is_in_the_order_of_names() -> None:
    territories = {"001": "world", "419": "Latin America", "EU": "European Union", "ZZ": "Unknown"}
    in_order_of_codes = dict(sorted(NAMES.items()))

    found = make_countries.countries(territories | in_order_of_codes)

    assert found == list(NAMES.items())


def test_a_code_that_cldr_adds_or_drops_is_not_taken_over_unseen() -> None:
    with pytest.raises(ValueError, match="251 countries instead of 250"):
        make_countries.countries({**NAMES, "XC": "Somewhere new"})
