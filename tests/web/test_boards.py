from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.boards import Board, Order
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.places import Reach
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.scores import Unit
from tests.web.html_page import Page
from tests.web.memory_store import MemoryStore
from tests.web.worlds import (
    SPRINT,
    STAR_RUN,
    CheckedClient,
    Clock,
    Seed,
    client_of,
    make_app,
)
from tests.worlds import OREGON

BOARD = "/boards/star-run"


def test_the_front_door_leads_to_the_first_board_by_title(client: CheckedClient) -> None:
    response = client.get("/")
    assert (response.status_code, response.location) == (302, "/boards/sprint")


def test_without_a_board_the_front_door_says_how_to_make_one(
    client: CheckedClient, store: MemoryStore
) -> None:
    store.take_away_boards()
    assert "bootstrap apply" in client.page("/", 404).get("advice").text


def test_a_board_shows_rank_name_country_score_and_time(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 1250, "FI", ago=timedelta(hours=3))
    seed("Zoë", 98_000, "NO")
    assert client.page(BOARD).rows() == [
        ["1", "Zoë", "🇳🇴 Norway", "98\u202f000", "23 Nov 2026, 12:00"],
        ["2", "Ada", "🇫🇮 Finland", "1\u202f250", "23 Nov 2026, 09:00"],
    ]


def test_times_are_there_for_machines_too(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 1)
    assert client.page(BOARD).one("time")["datetime"] == "2026-11-23T12:00Z"


def test_a_board_where_lower_is_better_says_so_and_shows_its_decimals(
    client: CheckedClient, seed: Seed
) -> None:
    seed("Slow", 1234, board=SPRINT)
    seed("Quick", 987, board=SPRINT)
    page = client.page("/boards/sprint")
    assert [row[3] for row in page.rows()] == ["9.87", "12.34"]
    assert "lowest score first" in page.one("caption").text


def test_the_first_three_stand_on_the_podium_and_nobody_else(
    client: CheckedClient, seed: Seed
) -> None:
    for score in range(5):
        seed(f"Player {score}", score)
    body = next(client.page(BOARD).get("ranking").all("tbody"))
    medals = [row["class"] for row in body.all("tr")]
    assert medals == ["medal-1", "medal-2", "medal-3", "", ""]


def test_a_name_is_shown_as_text_whatever_it_holds(client: CheckedClient, seed: Seed) -> None:
    seed("<b onclick=x>&amp;", 1)
    assert client.page(BOARD).rows()[0][1] == "<b onclick=x>&amp;"


def test_a_name_leads_to_its_players_page(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 1)
    assert client.page(BOARD).link("Ada") == f"{BOARD}/players/name:ada"


def test_tabs_lead_to_the_periods_that_a_board_keeps(client: CheckedClient) -> None:
    tabs = [each.text for each in client.page(BOARD).get("tabs").all("a")]
    assert tabs == ["All time", "Month", "Week", "Day"]
    assert [each.text for each in client.page("/boards/sprint").get("tabs").all("a")] == [
        "All time",
        "Day",
    ]


@pytest.mark.parametrize(
    ("period", "tab", "names"),
    [
        ("", "All time", ["Ever", "Month", "Week", "Day"]),
        ("all", "All time", ["Ever", "Month", "Week", "Day"]),
        ("month", "Month", ["Month", "Week", "Day"]),
        ("2026-11", "Month", ["Month", "Week", "Day"]),
        ("2026-10", "Month", ["Ever"]),
        ("week", "Week", ["Week", "Day"]),
        ("2026-W48", "Week", ["Week", "Day"]),
        ("day", "Day", ["Day"]),
        ("2026-11-24", "Day", ["Week"]),
    ],
)
def test_a_period_shows_what_was_achieved_in_it(
    client: CheckedClient, seed: Seed, clock: Clock, period: str, tab: str, names: list[str]
) -> None:
    for name, score, days_on in (("Ever", 40, -30), ("Month", 30, 27), ("Week", 20, 4)):
        clock.now += timedelta(days=days_on)
        seed(name, score)
    clock.now += timedelta(days=1)
    seed("Day", 10)
    page = client.page(f"{BOARD}?period={period}")
    current = [each.text for each in page.get("tabs").all("a") if each["aria-current"]]
    assert (current, [row[1] for row in page.rows()]) == ([tab], names)


def test_the_links_of_the_tabs_stay_right_when_time_goes_on(
    client: CheckedClient, seed: Seed, clock: Clock
) -> None:
    seed("Ada", 1)
    day = client.page(BOARD).link("Day")
    clock.now += timedelta(days=1)
    assert client.page(day).find("empty")


def test_earlier_periods_are_a_step_away_as_long_as_they_are_kept(client: CheckedClient) -> None:
    def steps(period: str) -> list[str]:
        page = client.page(f"{BOARD}?period={period}")
        return [each["aria-label"] for each in page.get("stepper").all("a")]

    assert steps("day") == ["Before: 22 November 2026"]
    assert steps("week") == ["Before: Week 47, 2026"]
    assert steps("2026-10") == ["Before: September 2026", "After: November 2026"]
    # Days are kept for 14 days after their end: that of the 9th goes at the 24th's midnight.
    assert steps("2026-11-09") == ["After: 10 November 2026"]


def test_all_time_has_no_steps(client: CheckedClient) -> None:
    assert client.page(BOARD).find("stepper") is None


def test_a_country_shows_its_players_with_places_of_their_own(
    client: CheckedClient, seed: Seed
) -> None:
    for name, score, country in (("Ada", 30, "FI"), ("Zoë", 20, "NO"), ("Bo", 10, "NO")):
        seed(name, score, country)
    page = client.page(f"{BOARD}?country=NO")
    assert [row[:2] for row in page.rows()] == [["1", "Zoë"], ["2", "Bo"]]
    assert page.fields("filter") == {"country": "NO"}


def test_the_country_filter_keeps_the_period_and_the_tabs_keep_the_country(
    client: CheckedClient,
) -> None:
    page = client.page(f"{BOARD}?period=week&country=no")
    assert page.fields("filter") == {"period": "week", "country": "NO"}
    assert page.link("Month") == f"{BOARD}?period=month&country=NO"
    assert page.link("All time") == f"{BOARD}?country=NO"


def test_the_country_filter_offers_all_countries(client: CheckedClient) -> None:
    options = list(client.page(BOARD).get("country").all("option"))
    assert [each["value"] for each in options[:2]] == ["", "AF"]
    assert len(options) == 251


def test_an_empty_ranking_says_so_and_leads_on(client: CheckedClient) -> None:
    page = client.page(f"{BOARD}?period=day&country=NO")
    assert "No scores here yet" in page.get("empty").text
    assert page.link("See all countries") == f"{BOARD}?period=day"
    assert page.find("ranking") is None


def test_pages_turn_forth_and_back_with_places_that_go_on(
    client: CheckedClient, seed: Seed
) -> None:
    for score in range(60):
        seed(f"Player {score}", score)
    first = client.page(BOARD)
    second = client.page(first.link("Next →"))
    third = client.page(second.link("Next →"))
    places = [int(row[0]) for page in (first, second, third) for row in page.rows()]
    assert places == list(range(1, 61))
    assert client.page(third.link("← Previous")).rows() == second.rows()
    assert client.page(second.link("← Previous")).rows() == first.rows()
    assert client.page(third.link("First")).rows() == first.rows()
    assert client.page(first.link("Last")).rows()[-10:] == third.rows()


def test_the_first_page_leads_only_forth_and_the_last_only_back(
    client: CheckedClient, seed: Seed
) -> None:
    for score in range(26):
        seed(f"Player {score}", score)
    first = client.page(BOARD)
    last = client.page(first.link("Next →"))
    assert [each.text for each in first.get("pages").all("a")] == ["Next →", "Last"]
    assert [each.text for each in last.get("pages").all("a")] == ["First", "← Previous"]


def test_a_table_says_what_it_is_sorted_by_and_which_way(client: CheckedClient, seed: Seed) -> None:
    for board, way in ((STAR_RUN, "descending"), (SPRINT, "ascending")):
        seed("Ada", 1_000, board=board)
        for path in (f"/boards/{board.board_id}", f"/embed/boards/{board.board_id}"):
            heads = client.page(path).get("ranking").all("th")
            sorted_by = {each.text: each["aria-sort"] for each in heads if each["aria-sort"]}
            assert sorted_by == {"Score": way}


def test_one_page_needs_no_way_to_turn_it(client: CheckedClient, seed: Seed) -> None:
    for score in range(25):
        seed(f"Player {score}", score)
    assert client.page(BOARD).find("pages") is None


def test_a_page_of_this_week_turns_on_in_the_next_week(
    client: CheckedClient, seed: Seed, clock: Clock
) -> None:
    for score in range(30):
        seed(f"Player {score}", score)
    following = client.page(f"{BOARD}?period=week").link("Next →")
    clock.now += timedelta(days=7)
    assert len(client.page(following).rows()) == 5


def test_a_cursor_turns_the_pages_in_every_region(
    client: CheckedClient, dublin: CheckedClient, seed: Seed
) -> None:
    for score in range(30):
        seed(f"Player {score}", score)
    assert len(dublin.page(client.page(BOARD).link("Next →")).rows()) == 5


def test_a_board_is_one_call_to_the_store(
    client: CheckedClient, store: MemoryStore, seed: Seed
) -> None:
    seed("Ada", 1)
    client.get(BOARD)
    for path in (BOARD, f"{BOARD}?period=week&country=FI", f"{BOARD}?period=2026-10"):
        store.calls.clear()
        client.page(path)
        assert store.calls == {"rows": 1}


def test_a_players_row_is_shown_in_its_place_and_marked(client: CheckedClient, seed: Seed) -> None:
    for score in range(100):
        seed(f"Player {score}", score)
    page = client.page(f"{BOARD}?player=name::{'0' * 32}")
    assert "No place in this ranking" in page.get("banner").text
    sent = seed("Ada", 50)
    page = client.page(f"{BOARD}?player={sent.player.player_id}")
    marked = page.get("marked-row")
    assert [cell.text for cell in marked.all("td", "th")][:2] == ["51", "Ada"]
    assert page.get("banner").text == "Ada is in place 51 of 101 (exact, top 51\u00a0%), with 50."
    assert len(page.rows()) == 25


def test_a_row_is_marked_only_where_one_is_asked_for(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 50)
    page = client.page(BOARD)
    assert page.find("marked-row") is None
    assert page.find("banner") is None


def test_a_place_too_far_down_to_count_is_said_to_be_that_or_lower(
    client: CheckedClient, store: MemoryStore, seed: Seed
) -> None:
    for score in range(60):
        seed(f"Player {score}", score)
    store.reach = Reach(30, 30)
    page = client.page(f"{BOARD}?player={seed('Ada', 0).player.player_id}")
    assert page.get("banner").text == "Ada is in place 31 or lower, with 0."
    assert page.rows()[-1][0].endswith("+")
    assert page.get("places-note").text == "Places marked + are these or lower."


def test_boards_lead_to_each_other(client: CheckedClient) -> None:
    page = client.page(BOARD)
    assert page.link("Sprint") == "/boards/sprint"
    current = [each.text for each in page.get("boards").all("a") if each["aria-current"]]
    assert current == ["Star Run"]


def test_add_score_leads_to_the_form_and_knows_the_way_back(client: CheckedClient) -> None:
    assert client.page(BOARD).link("Add score") == f"{BOARD}/scores/new"
    page = client.page(f"{BOARD}?period=2026-W48")
    assert page.link("Add score") == f"{BOARD}/scores/new?period=week"


def test_a_board_sets_no_cookie_and_reads_none(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 1)
    client.get(f"{BOARD}/scores/new")
    response = client.get(BOARD)
    assert "Set-Cookie" not in response.headers
    assert "Vary" not in response.headers


def test_every_writers_scores_are_shown(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 1, writer="import")
    seed("Ada", 2, writer=OREGON)
    assert [row[3] for row in client.page(BOARD).rows()] == ["2"]


def test_up_to_six_boards_are_links_and_more_are_folded_away(clock: Clock) -> None:
    def boards(number: int) -> Page:
        store = MemoryStore([Board(f"b{each}", f"Board {each:02}") for each in range(number)])
        return client_of(make_app(store, clock)).page("/boards/b0")

    assert boards(1).find("boards") is None
    assert len(list(boards(6).get("boards").all("a"))) == 6
    assert boards(6).find("all-boards") is None
    many = boards(30).get("all-boards")
    assert next(many.all("summary")).text == "All 30 boards"
    assert [each.text for each in many.all("a")][:2] == ["Board 00", "Board 01"]


def test_a_closed_board_says_so_and_offers_no_form(store: MemoryStore, clock: Clock) -> None:
    store.replace_board(replace(STAR_RUN, is_open=False))
    page = client_of(make_app(store, clock)).page(BOARD)
    assert page.get("closed").text == "Closed: it takes no more scores"
    assert page.find("add-score") is None
    assert "leads" not in page.get("empty").text


def test_times_and_distances_are_shown_in_their_unit(clock: Clock) -> None:
    lap = Board("lap", "Lap", Order.LOWER, decimals=3, unit=Unit.TIME)
    throw = Board("throw", "Throw", decimals=2, unit=Unit.METRES)
    store = MemoryStore([lap, throw])
    seed = Seed(store, clock)
    seed("Ada", 83_456, board=lap)
    seed("Ada", 90_72, board=throw)
    client = client_of(make_app(store, clock))
    assert client.page("/boards/lap").rows()[0][3] == "1:23.456"
    assert client.page("/boards/throw").rows()[0][3] == "90.72\u00a0m"


def test_the_picture_marks_the_player_whose_row_is_shown(
    client: CheckedClient, store: MemoryStore, seed: Seed, clock: Clock
) -> None:
    for score in range(100):
        seed(f"Player {score}", score)
    store.walk(View(STAR_RUN, ALL_TIME), 1, clock.now)
    page = client.page(f"{BOARD}?player=name::{'0' * 32}")
    assert page.find("spread") is None
    sent = seed("Ada", 50)
    page = client.page(f"{BOARD}?player={sent.player.player_id}")
    assert "Marked: Place 51, 50." in page.get("spread-says").text
    assert client.page(BOARD).find("spread") is None


def test_the_row_of_a_player_is_two_steps_of_the_store(
    client: CheckedClient, store: MemoryStore, seed: Seed
) -> None:
    sent = seed("Ada", 50)
    client.get(BOARD)
    store.calls.clear()
    client.page(f"{BOARD}?player={sent.player.player_id}")
    assert store.calls == {"known": 1, "surroundings": 1}


def test_a_player_without_a_place_is_a_link_away(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5)
    page = client.page(f"{BOARD}?period=2026-10&player=name:ada")
    assert page.link("See their page") == f"{BOARD}/players/name:ada"


@pytest.mark.parametrize(
    "query",
    [
        "player=%00",
        "player=a%20b",
        "player=" + "x" * 65,
        "player=٤",
        "cursor=x",
        "cursor=%00",
        "country=zz",
        "country=%F0%9F%87%AB",
        "period=2026-13",
        "period=-1",
        "period=" + "9" * 5000,
        "player=ada&submission=1",
    ],
)
def test_what_an_address_says_wrongly_is_a_bad_request(client: CheckedClient, query: str) -> None:
    client.page(f"{BOARD}?{query}", 400)


def test_a_cursor_of_another_board_turns_no_page(client: CheckedClient, seed: Seed) -> None:
    for score in range(30):
        seed(f"Player {score}", 1000 + score, board=SPRINT)
    following = client.page("/boards/sprint").link("Next →")
    page = client.page(following.replace("sprint", "star-run"), 400)
    assert page.get("advice").text == "This page link belongs to another ranking."
