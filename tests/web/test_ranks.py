from __future__ import annotations

from datetime import timedelta

import pytest

from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import Placing, Rank
from leaderboard_app.web.ranks import RankWords
from tests.worlds import BOARD, NOW, submission

ENTRY = Entry.of(submission(5), BOARD, ALL_TIME)
AT_NOON_FIVE = NOW + timedelta(minutes=5)


def words(rank: Rank, total: int | None) -> RankWords:
    return RankWords.of(Placing(rank, total, ENTRY), NOW + timedelta(hours=1))


def test_an_exact_rank_says_so() -> None:
    said = words(Rank(12_345), 1_000_000)
    assert said.place == "place 12\u202f345 of 1\u202f000\u202f000"
    assert said.details == "exact, top 1.3\u00a0%"


def test_a_rank_of_a_walk_says_as_of_when() -> None:
    said = words(Rank(12, exact=False, as_of=AT_NOON_FIVE), 1000)
    assert (said.place, said.details) == (
        "place 12 of 1\u202f000",
        "as of 12:05 UTC, top 1.2\u00a0%",
    )


def test_a_walk_of_another_day_is_said_with_its_day() -> None:
    said = words(Rank(12, exact=False, as_of=AT_NOON_FIVE - timedelta(days=1)), 1000)
    assert said.known == "as of 22 Nov 2026, 12:05 UTC"


def test_a_rank_that_nobody_knows_says_that_or_lower() -> None:
    said = words(Rank(10_001, exact=False), None)
    assert (said.place, said.details) == ("place 10\u202f001 or lower", "")


@pytest.mark.parametrize(
    ("place", "total", "said"),
    [
        (1, 9, ""),
        (1, 10, "top 10\u00a0%"),
        (10, 10, "top 100\u00a0%"),
        (7, 10, "top 70\u00a0%"),
        (1, 3, ""),
        (333, 1000, "top 34\u00a0%"),
        (12, 406, "top 3\u00a0%"),
        (1, 1000, "top 0.1\u00a0%"),
        (1, 1_000_000, "top 0.0001\u00a0%"),
        (12_000, 1_000_000, "top 1.2\u00a0%"),
        (12_001, 1_000_000, "top 1.3\u00a0%"),
    ],
)
def test_the_share_of_players_is_never_told_too_small(place: int, total: int, said: str) -> None:
    assert words(Rank(place), total).top == said
