"""The pages in several languages: which one is answered, and how it says things."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.scores import Unit
from leaderboard_app.web.languages.known import LANGUAGES
from tests.web.html_page import Page
from tests.web.memory_store import MemoryStore
from tests.web.worlds import CheckedClient, Seed, client_of, make_app

BOARD = "/boards/star-run"
CODES = [each.code for each in LANGUAGES]
OTHERS = [code for code in CODES if code != "en"]

PARTS = Board("parts", "Parts", decimals=1, minimum=-(10**6), maximum=10**9)
FINE = Board("fine", "Fine", decimals=3, maximum=10**9)
LAP = Board("lap", "Lap", unit=Unit.TIME, decimals=3)
EMPTY = client_of(make_app(MemoryStore([])))


def spoken(client: CheckedClient, address: str) -> str:
    page = client.page(address).one("html")
    return page["lang"]


@pytest.mark.parametrize("code", OTHERS)
def test_the_address_decides_the_language_whatever_the_browser_asks_for(
    client: CheckedClient, seed: Seed, code: str
) -> None:
    seed("Ada", 5)
    asking = {"Accept-Language": "fi, de;q=0.5"}
    assert client.page_of(client.get(f"/{code}{BOARD}", headers=asking)).one("html")["lang"] == code
    assert client.page_of(client.get(BOARD, headers=asking)).one("html")["lang"] == "en"


def test_an_english_address_may_say_so_and_is_the_plain_ones_twin(
    client: CheckedClient, seed: Seed
) -> None:
    seed("Ada", 5)
    page = client.page(f"/en{BOARD}")
    assert page.one("html")["lang"] == "en"
    (canonical,) = [each["href"] for each in page.all("link") if each["rel"] == "canonical"]
    assert canonical == f"http://localhost{BOARD}"


@pytest.mark.parametrize("path", ["/fi", "/fi/boards/star-run", "/deutsch", "/DE", "/de/de"])
def test_what_names_no_language_of_ours_is_nowhere(client: CheckedClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/de/api/v1/boards", "/ar/static/leaderboard.css"])
def test_what_is_for_machines_is_in_no_language(client: CheckedClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("de", "/de/boards/sprint"),
        ("de-AT,en;q=0.9", "/de/boards/sprint"),
        ("fi,ar;q=0.8,en;q=0.5", "/ar/boards/sprint"),
        ("fi", "/boards/sprint"),
        ("", "/boards/sprint"),
        ("*", "/boards/sprint"),
        ("de;q=0, en", "/boards/sprint"),
        ("\x7f;;q=,", "/boards/sprint"),
    ],
)
def test_the_way_in_leads_to_the_browsers_language(
    client: CheckedClient, asked: str, found: str
) -> None:
    response = client.get("/", headers={"Accept-Language": asked})
    assert (response.status_code, response.location) == (302, found)
    assert "Accept-Language" in response.vary


@pytest.mark.parametrize("code", CODES)
def test_who_chose_a_language_keeps_it_on_the_way_home(client: CheckedClient, code: str) -> None:
    prefix = "" if code == "en" else f"/{code}"
    (home,) = [each["href"] for each in client.page(prefix + BOARD).all("a")
               if each["class"] == "home"]  # fmt: skip
    response = client.get(home, headers={"Accept-Language": "de, ar"})
    assert response.location == f"{prefix}/boards/sprint"


def test_every_link_of_a_page_stays_in_its_language(client: CheckedClient, seed: Seed) -> None:
    for score in range(30):
        seed(f"Player {score}", score, player_id=PlayerId(f"p{score}"))
    for path in (BOARD, f"{BOARD}/spread", f"{BOARD}/players/p1"):
        response = client.get(f"/de{path}")
        page = client.page_of(response)
        links = [each for each in page.all("a") if not each["hreflang"] and each["href"][:1] == "/"]
        assert len(links) > 3
        assert {each["href"] for each in links if not each["href"].startswith("/de/")} <= {
            each["href"] for each in links if each["href"].startswith("/api/v1/")
        }
        assert all(each["action"].startswith("/de/") for each in page.all("form"))
        assert all(each["src"].startswith("/static/") for each in page.all("img", "script"))


def test_a_page_leads_to_itself_in_each_language(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5, "FI")
    page = client.page(f"/ar{BOARD}?period=week&country=FI")
    query = "?period=week&country=FI"
    links = [
        (each["href"], each["lang"], each["aria-current"])
        for each in page.get("languages").all("a")
    ]
    assert links == [
        (f"{BOARD}{query}", "en", ""),
        (f"/de{BOARD}{query}", "de", ""),
        (f"/ar{BOARD}{query}", "ar", "true"),
    ]
    for address, code, _ in links:
        assert spoken(client, address) == code


def test_search_engines_are_told_of_each_language(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5)
    for prefix in ("", "/de"):
        links = client.page(f"{prefix}{BOARD}?period=week").one("head").all("link")
        told = {each["hreflang"]: each["href"] for each in links if each["hreflang"]}
        assert told == {
            "en": f"http://localhost{BOARD}?period=week",
            "de": f"http://localhost/de{BOARD}?period=week",
            "ar": f"http://localhost/ar{BOARD}?period=week",
        }


def test_what_is_remembered_of_one_language_is_not_answered_in_another(
    client: CheckedClient, seed: Seed
) -> None:
    seed("Ada", 5)
    answers = [client.get(f"{prefix}{BOARD}") for prefix in ("", "/de", "/ar", "", "/de")]
    tags = [each.headers["ETag"] for each in answers]
    assert len(set(tags)) == 3
    assert tags[:2] == tags[3:]
    assert answers[1].data == answers[4].data
    held = client.get(f"/de{BOARD}", headers={"If-None-Match": tags[1]})
    assert held.status_code == 304


def test_the_link_to_another_region_keeps_the_language(store: MemoryStore) -> None:
    client = client_of(make_app(store))
    page = client.page(f"/de{BOARD}?period=week")
    (link,) = [each["href"] for each in page.all("a") if "dublin.example" in each["href"]]
    assert link == f"https://dublin.example/base/de{BOARD}?period=week"


def test_numbers_dates_and_countries_are_written_as_the_language_has_them(
    client: CheckedClient, seed: Seed
) -> None:
    seed("Ada", 123_456, "DE", ago=timedelta(minutes=1))
    (german,) = client.page(f"/de{BOARD}").rows()
    assert german[3] == "123.456"
    assert german[2].endswith("Deutschland")
    assert re.fullmatch(r"[0-9]+\. Nov\. 2026, [0-9]{2}:[0-9]{2}", german[4])
    (arabic,) = client.page(f"/ar{BOARD}").rows()
    assert arabic[3] == "123,456"
    assert arabic[2].endswith("ألمانيا")
    assert re.fullmatch(r"[0-9]+ نوفمبر 2026، [0-9]{2}:[0-9]{2}", arabic[4])
    (english,) = client.page(BOARD).rows()
    assert english[3] == "123\u202f456"


def test_a_country_of_a_german_list_is_where_a_german_looks_for_it(client: CheckedClient) -> None:
    names = [each.text for each in client.page(f"/de{BOARD}").get("country").all("option")][1:]
    assert len(names) == 250
    assert names.index("Österreich") < names.index("Pakistan")
    assert names.index("Ägypten") < names.index("Albanien")


def add(client: CheckedClient, board: Board, score: str, prefix: str = "/de") -> tuple[int, Page]:
    address = f"{prefix}/boards/{board.board_id}/scores/new"
    sent = client.page(address).fields("score-form")
    response = client.post(address, data=sent | {"name": "Ada", "country": "FI", "score": score})
    if response.status_code == 303:
        return 303, client.page(response.location.partition("#")[0])
    return response.status_code, client.page_of(response)


@pytest.mark.parametrize(
    ("board", "typed", "shown"),
    [
        (PARTS, "1234,5", "1.234,5"),
        (PARTS, "1.234,5", "1.234,5"),
        (PARTS, "12.345", "12.345,0"),
        (PARTS, "1.234.567", "1.234.567,0"),
        (PARTS, "-7,5", "-7,5"),
        (PARTS, "1.5", "1,5"),
        (PARTS, "1\u202f234,5", "1.234,5"),
        (PARTS, "١٢٫٥", "12,5"),
        (FINE, "1,234", "1,234"),
        (FINE, "1.234,000", "1.234,000"),
        (LAP, "1:23,456", "1:23,456"),
        (LAP, "83,456", "1:23,456"),
        (LAP, "1:23.456", "1:23,456"),
    ],
)
def test_a_score_is_typed_as_the_page_writes_it(board: Board, typed: str, shown: str) -> None:
    client = client_of(make_app(MemoryStore([board])))
    status, page = add(client, board, typed)
    assert status == 303
    assert page.rows()[0][3] == shown


@pytest.mark.parametrize(
    ("board", "typed"),
    [(FINE, "1.234"), (PARTS, "1,5,5"), (PARTS, "1.23.456"), (PARTS, "1,2.345")],
)
def test_what_can_be_read_in_two_ways_or_none_is_refused_and_kept(board: Board, typed: str) -> None:
    client = client_of(make_app(MemoryStore([board])))
    status, page = add(client, board, typed)
    assert status == 422
    assert page.fields("score-form")["score"] == typed
    assert page.get("score-error").text


def test_arabic_pages_take_arabic_digits() -> None:
    client = client_of(make_app(MemoryStore([PARTS])))
    status, page = add(client, PARTS, "١٬٢٣٤٫٥", "/ar")
    assert status == 303
    assert page.rows()[0][3] == "1,234.5"


def test_a_place_is_typed_as_the_page_writes_it(client: CheckedClient, seed: Seed) -> None:
    seed("Ada", 5)
    page = client.page(f"/de{BOARD}?at=1.000&by=place")
    assert page.fields("jump")["at"] == "1.000"
    client.page(f"/de{BOARD}?at=1.5&by=place", 422)
    assert client.page(f"/ar{BOARD}?at=٤٠&by=place").fields("jump")["at"] == "٤٠"


def test_names_do_not_turn_what_stands_around_them(client: CheckedClient, seed: Seed) -> None:
    """Unicode's isolates, where a page runs from right to left and no tag can do it."""
    seed("Ada", 5)
    arabic = client.page(f"/ar{BOARD}")
    (told,) = [each for each in arabic.all("meta") if each["name"] == "description"]
    assert "\u2068Ada\u2069" in told["content"]
    assert arabic.get("live")["data-row"].count("\u2068{") == 3
    assert "\u2068" not in client.get(BOARD).text
    assert client.page(BOARD).get("live")["data-row"] == "{name} in place {place} with {score}"


def test_errors_are_said_in_the_language_of_the_address(client: CheckedClient) -> None:
    english = client.page("/boards/nothing", 404)
    german = client.page("/de/boards/nothing", 404)
    assert german.one("html")["lang"] == "de"
    assert german.get("advice").text not in {"", english.get("advice").text}


def test_what_somebody_typed_is_no_sentence(client: CheckedClient) -> None:
    for prefix in ("", "/de", "/ar"):
        page = client.page(f"{prefix}{BOARD}?period={{0.__class__}}", 400)
        assert "{0.__class__}" in page.get("advice").text


SEGMENTS = st.sampled_from(["de", "ar", "en", "", "boards", "star-run", "api", "static", ".."])
SIGNS = st.text(st.sampled_from("/deanrx.%?&:\\\x00é "), max_size=24)


@given(path=SIGNS | st.lists(SEGMENTS, max_size=6).map("/".join))
def test_no_address_breaks_what_takes_the_language_off(path: str) -> None:
    response = EMPTY.get("/" + path, base_url="http://localhost/oregon")
    assert response.status_code < 500
    assert not response.headers.get("Location", "").startswith("//")


def test_the_api_answers_in_english_alone(client: CheckedClient) -> None:
    asking = {"Accept-Language": "de"}
    answer = client.get("/api/v1/boards/nothing", headers=asking)
    assert answer.get_json()["detail"] == "There is no board of that name."
