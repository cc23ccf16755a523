from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from leaderboard_app.domain.countries import NAMES
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.rankings import Rank
from leaderboard_app.web import presentation
from tests.web.html_page import Page


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("all", "All time"),
        ("2026-11", "November 2026"),
        ("2026-W48", "Week 48, 2026"),
        # The Monday of this week lies in 2025, and the week in 2026.
        ("2026-W01", "Week 1, 2026"),
        ("2026-11-23", "23 November 2026"),
    ],
)
def test_a_period_has_a_name_for_people(key: str, name: str) -> None:
    assert presentation.period_name(Period.parse(key)) == name


def test_a_day_has_a_name_for_people() -> None:
    assert presentation.day_name(date(2024, 2, 29)) == "29 February 2024"


def test_a_time_is_written_for_people_and_for_machines() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
    written = presentation.when(moment)
    assert written == '<time datetime="2026-01-02T03:04Z">2 Jan 2026, 03:04</time>'


def test_a_rank_that_was_not_counted_out_says_so() -> None:
    assert presentation.place(Rank(10_001)) == "10\u202f001"
    assert presentation.place(Rank(10_001, exact=False)) == "10\u202f001 or lower"


def test_the_countries_are_offered_under_their_names_with_one_selected() -> None:
    options = Page(f"<select>{presentation.country_options('FI')}</select>").all("option")
    assert [(each["value"], each.text) for each in options] == list(NAMES.items())
    assert [each["value"] for each in options if "selected" in each.attributes] == ["FI"]


def test_only_a_country_can_be_selected() -> None:
    with pytest.raises(KeyError):
        presentation.country_options("<script>")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (0.999, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (86_399, "23 h"),
        (86_400 * 400, "400 d"),
    ],
)
def test_a_stretch_of_time_is_said_in_its_largest_whole_unit(seconds: float, said: str) -> None:
    assert presentation.span(timedelta(seconds=seconds)) == said.replace(" ", "\u00a0")
