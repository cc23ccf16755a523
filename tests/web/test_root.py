"""The app below a path of its own, as behind an API Gateway stage: `/oregon`."""

from __future__ import annotations

from urllib.parse import urlsplit

from leaderboard_app.web.languages.known import LANGUAGES
from tests.web.html_page import Page
from tests.web.worlds import CheckedClient, Seed

ROOT = "/oregon"


def fetch(client: CheckedClient, path: str) -> Page:
    assert path.startswith(f"{ROOT}/")
    parts = urlsplit(path)
    response = client.get(
        parts.path.removeprefix(ROOT), query_string=parts.query, base_url=f"http://localhost{ROOT}"
    )
    assert response.status_code == 200, path
    return Page(response.text)


def test_every_address_on_every_page_lies_below_the_root(client: CheckedClient, seed: Seed) -> None:
    for score in range(60):
        seed(f"Player {score}", score)
    home = client.get("/", base_url=f"http://localhost{ROOT}").location
    assert home == f"{ROOT}/boards/sprint"
    waiting = [f"{ROOT}/boards/star-run?period=week&country=FI", home]
    seen: list[str] = []
    while waiting and len(seen) < 60:
        seen.append(waiting.pop(0))
        # Languages have tests of their own; each would triple what is fetched here.
        new = dict.fromkeys(map(_in_english, _addresses(fetch(client, seen[-1]))))
        waiting += [each for each in new if each not in {*seen, *waiting, f"{ROOT}/"}]
    assert any("cursor=" in path for path in seen)
    assert any("/players/" in path for path in seen)


def _in_english(address: str) -> str:
    for language in LANGUAGES:
        if address == f"{ROOT}/{language.code}/":
            return f"{ROOT}/"
        address = address.replace(f"{ROOT}/{language.code}/", f"{ROOT}/")
    return address


def _addresses(page: Page) -> list[str]:
    images = [each["src"] for each in page.all("img")]
    links = [each["href"] for each in page.all("link") if each["rel"] in {"icon", "stylesheet"}]
    assert all(address.startswith(f"{ROOT}/static/") for address in images + links)
    others = [each for each in page.all("link") if each["rel"] in {"canonical", "alternate"}]
    below = (f"{ROOT}/", f"http://localhost{ROOT}/")
    assert all(each["href"].startswith(below) for each in others)
    assert all(each["action"].startswith(f"{ROOT}/") for each in page.all("form") if each["action"])
    addresses = (each["href"].partition("#")[0] for each in page.all("a") if not each["type"])
    in_other_forms = [each["href"] for each in page.all("a") if each["type"]]
    assert all(address.startswith(f"{ROOT}/") for address in in_other_forms)
    return [address for address in addresses if address and "dublin.example" not in address]


def test_a_score_added_below_the_root_leads_to_its_row_there(client: CheckedClient) -> None:
    root = f"http://localhost{ROOT}"
    form = "/boards/star-run/scores/new"
    sent = Page(client.get(form, base_url=root).text).fields("score-form")
    sent |= {"name": "Ada", "country": "FI", "score": "7"}
    response = client.post(form, data=sent, base_url=root)
    assert response.location.startswith(f"{ROOT}/boards/star-run?")
    assert fetch(client, response.location.partition("#")[0]).find("marked-row")
