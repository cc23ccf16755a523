from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.rankings import View
from tests.web.memory_store import MemoryStore
from tests.web.worlds import STAR_RUN, CheckedClient, Clock, Seed, client_of, make_app

PAST = "/boards/star-run/periods"
Days = Callable[[int], None]


@pytest.fixture
def days(store: MemoryStore, clock: Clock, seed: Seed) -> Days:
    """Return what lets days go by, each with four players and walked at its end."""

    def go_by(number: int) -> None:
        for day in range(number):
            for each in range(4):
                seed(f"Player {each}", day * 10 + each)
            for kind in PeriodKind:
                period = Period.containing(kind, clock.now)
                store.walk(View(STAR_RUN, period), 1, clock.now)
            clock.now += timedelta(days=1)

    return go_by


def test_days_that_are_over_are_listed_with_their_first_three(
    client: CheckedClient, days: Days
) -> None:
    days(3)
    page = client.page(f"{PAST}?kind=day")
    assert [row[0] for row in page.rows("past")] == [
        "25 November 2026",
        "24 November 2026",
        "23 November 2026",
    ]
    assert page.rows("past")[0][1:] == ["Player 3 23 Player 2 22 Player 1 21", "4"]


def test_a_past_period_leads_to_its_ranking_and_a_winner_to_their_page(
    client: CheckedClient, days: Days
) -> None:
    days(1)
    page = client.page(f"{PAST}?kind=day")
    assert page.link("23 November 2026") == "/boards/star-run?period=2026-11-23"
    assert client.page(page.link("23 November 2026")).rows()[0][1] == "Player 3"
    assert client.page(page.link("Player 3")).one("h1").text == "Player 3"


def test_each_kind_of_period_has_its_list(client: CheckedClient, days: Days) -> None:
    days(15)
    page = client.page(PAST)
    current = [each.text for each in page.get("tabs").all("a") if each["aria-current"]]
    assert (current, [row[0] for row in page.rows("past")]) == (["Months"], ["November 2026"])
    weeks = client.page(page.link("Weeks"))
    assert [row[0] for row in weeks.rows("past")] == ["Week 49, 2026", "Week 48, 2026"]


def test_what_runs_is_not_past(client: CheckedClient, days: Days) -> None:
    days(2)
    page = client.page(f"{PAST}?kind=month")
    assert "No winners here yet" in page.get("empty").text
    assert page.link("See the month that runs now") == "/boards/star-run?period=month"


def test_many_periods_take_several_pages(client: CheckedClient, days: Days) -> None:
    days(40)
    first = client.page(f"{PAST}?kind=day")
    second = client.page(first.link("Earlier →"))
    listed = [row[0] for page in (first, second) for row in page.rows("past")]
    assert (len(listed), len(set(listed)), listed[-1]) == (40, 40, "23 November 2026")
    assert second.find("pages") is None


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("kind=all", 404),
        ("kind=year", 404),
        ("kind=%00", 404),
        ("kind=day&before=x", 400),
        ("kind=day&before=2026-W40", 400),
        ("kind=day&before=all", 400),
        ("kind=day&before=1968-01-01", 400),
        ("kind=day&before=1969-01-01", 200),
        ("kind=day&before=2026-11-٢٣", 400),
    ],
)
def test_a_hostile_address_is_answered_with_a_page(
    client: CheckedClient, days: Days, query: str, status: int
) -> None:
    days(1)
    client.page(f"{PAST}?{query}", status)


def test_a_board_of_all_time_alone_has_no_past(clock: Clock) -> None:
    board = Board("only", "Only", periods=(PeriodKind.ALL,))
    client = client_of(make_app(MemoryStore([board]), clock))
    page = client.page("/boards/only/periods")
    assert "one ranking, of all time" in page.get("empty").text
    assert client.page("/boards/only").find("more") is not None
    assert "winners" not in client.page("/boards/only").get("more").text


def test_the_winners_are_one_step_of_the_store(client: CheckedClient, store: MemoryStore) -> None:
    client.get(PAST)
    store.calls.clear()
    client.page(PAST)
    assert store.calls == {"walked": 1}


def test_a_board_leads_to_the_past_of_the_period_it_shows(client: CheckedClient) -> None:
    page = client.page("/boards/star-run?period=week")
    assert page.link("Past weeks’ winners") == f"{PAST}?kind=week"
    assert client.page("/boards/star-run").link("Past winners") == PAST
