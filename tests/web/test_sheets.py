"""The pages' rows as CSV: whole, safe in a spreadsheet, and led on by Link headers."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from leaderboard_app.domain.csv_lines import bare
from leaderboard_app.domain.periods import ALL_TIME, Period, PeriodKind
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import View
from tests.web.memory_store import MemoryStore
from tests.web.worlds import SPRINT, STAR_RUN, CheckedClient, Clock, Seed
from tests.worlds import NOW

BOARD = "/boards/star-run"
FORMULAS = [
    '=HYPERLINK("x")',
    "+Bob",
    "-Cy-",
    "@di",
    "＝Eve",
    "'=Gus",
    'Ida, "the" first',
    "شهرزاد",
]


def lines(response: TestResponse) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8"), newline="")))


def test_a_ranking_has_the_rows_of_its_page(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 1250, board=SPRINT)
    seed("Bob", 1200, "JP", SPRINT)
    response = client.get("/boards/sprint.csv")
    first, second = lines(response)
    assert first == {
        "place": "1",
        "known": "exact",
        "player_id": "name:bob",
        "player": "Bob",
        "country": "JP",
        "score": "1200",
        "score_text": "12.00",
        "achieved_at": "2026-11-23T12:00:00.000Z",
    }
    assert (second["place"], second["score_text"]) == ("2", "12.50")
    assert response.headers["Content-Disposition"] == 'attachment; filename="sprint-all.csv"'


def test_players_who_may_be_meant_are_those_that_the_page_lists(
    client: CheckedClient, seed: Seed
) -> None:
    for twin in ("u-1", "u-2"):
        seed("Twin", 5, player_id=PlayerId(twin))
    page = client.page(f"{BOARD}/find?q=twin")
    found = lines(client.get(page.link("These players as CSV")))
    assert [(each["player_id"], each["player"], each["country"]) for each in found] == [
        (row[2], row[0], "FI") for row in page.rows("found")
    ]
    told = client.get(page.link("These players as JSON")).get_json()["players"]
    assert [each["player_id"] for each in told] == ["u-1", "u-2"]
    assert client.get(f"{BOARD}/find.csv?q=").status_code == 400
    assert client.page(f"{BOARD}/find?q=zzz").find("as-data") is None


def test_the_rows_around_a_player_are_there_as_data(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5)
    page = client.page(f"{BOARD}?period=week&player=name:ada")
    data = client.get(page.link("These rows as JSON")).get_json()
    assert [row["player_id"] for row in data["rows"]] == ["name:ada"]
    assert lines(client.get(page.link("These rows as CSV")))[0]["player_id"] == "name:ada"


def test_no_name_is_a_formula_and_each_comes_back_as_it_was(
    client: CheckedClient, seed: Seed
) -> None:
    for number, name in enumerate(FORMULAS):
        seed(name, 100 - number)
    found = [line["player"] for line in lines(client.get(f"{BOARD}.csv"))]
    assert not [name for name in found if re.match("[=+@\uff1d-]", name)]
    assert list(map(bare, found)) == FORMULAS


def test_links_lead_through_all_pages_and_back(client: CheckedClient, seed: Seed) -> None:
    for number in range(60):
        seed(f"Player {number}", number, ago=timedelta(seconds=number))
    seen: list[str] = []
    address, previous = f"{BOARD}.csv?period=week&country=FI", ""
    while address:
        response = client.get(address)
        seen += [line["place"] for line in lines(response)]
        ways = {
            relation: way
            for way, relation in re.findall(
                r'<([^>]+)>; rel="(\w+)"', " ".join(response.headers.getlist("Link"))
            )
        }
        assert ("prev" in ways) == bool(previous)
        address, previous = ways.get("next", ""), address
    assert seen == [str(place) for place in range(1, 61)]


def test_the_filename_names_the_view(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5)
    found = client.get(f"{BOARD}.csv?period=week&country=FI").headers["Content-Disposition"]
    assert found == 'attachment; filename="star-run-2026-W48-FI.csv"'


def test_a_page_leads_to_its_own_rows(client: CheckedClient, seed: Seed) -> None:
    for number in range(30):
        seed(f"Player {number}", number)
    page = client.page(f"{BOARD}?at=26")
    ways = {each["type"]: each["href"] for each in page.all("link") if each["rel"] == "alternate"}
    assert next(line["place"] for line in lines(client.get(ways["text/csv"]))) == "26"
    data = client.get(ways["application/json"]).get_json()
    assert data["rows"][0]["place"] == 26


def test_a_place_that_is_none_is_refused(client: CheckedClient) -> None:
    assert client.get(f"{BOARD}.csv?at=x").status_code == 400


def test_winners_come_a_row_each(
    client: CheckedClient, store: MemoryStore, clock: Clock, seed: Seed
) -> None:
    seed("Ada", 5)
    seed("Bob", 6)
    clock.now += timedelta(days=1)
    store.walk(View(STAR_RUN, Period.containing(PeriodKind.DAY, NOW)), 1, clock.now)
    found = lines(client.get(f"{BOARD}/periods.csv?kind=day"))
    assert [(one["period"], one["players"], one["place"], one["player"]) for one in found] == [
        ("2026-11-23", "2", "1", "Bob"),
        ("2026-11-23", "2", "2", "Ada"),
    ]


def test_a_spread_has_the_score_at_every_step(
    client: CheckedClient, store: MemoryStore, seed: Seed
) -> None:
    assert lines(client.get(f"{BOARD}/spread.csv")) == []
    for number in range(5):
        seed(f"Player {number}", number)
    store.walk(View(STAR_RUN, ALL_TIME), 2, NOW)
    found = lines(client.get(f"{BOARD}/spread.csv"))
    assert [(one["place"], one["of"], one["score"]) for one in found] == [
        ("1", "5", "4"),
        ("3", "5", "2"),
        ("5", "5", "0"),
    ]


def test_a_players_scores_come_newest_first(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5, ago=timedelta(minutes=5))
    seed("Ada", 3)
    found = lines(client.get(f"{BOARD}/players/name:ada/history.csv"))
    assert [(one["score"], one["region"]) for one in found] == [
        ("3", "us-west-2"),
        ("5", "us-west-2"),
    ]


@pytest.mark.parametrize(
    "path",
    ["/boards/none.csv", f"{BOARD}/players/name:none/history.csv", f"{BOARD}/spread.csv?period=x"],
)
def test_what_there_is_not_is_an_error_page(client: CheckedClient, path: str) -> None:
    assert client.get(path).status_code in {400, 404}
