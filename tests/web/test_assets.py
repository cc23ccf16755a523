from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from flask import Flask

from leaderboard_app.web.assets import asset_url
from leaderboard_app.web.languages.known import LANGUAGES
from tests.web.worlds import CheckedClient, Seed

STATIC = Path(__file__).parents[2] / "static"


def test_an_address_changes_with_the_content(app: Flask) -> None:
    digest = hashlib.sha256((STATIC / "icon.svg").read_bytes()).hexdigest()
    with app.test_request_context():
        assert asset_url("icon.svg") == f"/static/icon.svg?v={digest[:12]}"


def test_a_file_that_is_not_there_has_no_address(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(KeyError):
        asset_url("nothing.css")


def test_every_file_is_served_as_what_it_is(client: CheckedClient) -> None:
    assert client.get("/static/leaderboard.css").mimetype == "text/css"
    assert client.get("/static/icon.svg").mimetype == "image/svg+xml"


def test_the_sheet_asks_for_nothing_else() -> None:
    sheet = (STATIC / "leaderboard.css").read_text(encoding="utf-8")
    assert "@import" not in sheet
    assert "url(" not in sheet


@pytest.mark.parametrize("code", [each.code for each in LANGUAGES])
def test_a_full_board_with_its_sheet_weighs_14_kb_at_most(
    client: CheckedClient, seed: Seed, code: str
) -> None:
    for score in range(30):
        seed(f"Player {score} 陈小明", 10**6 - score * 997)
    page = gzip.compress(client.get(f"/{code}/boards/star-run").data)
    sheet = gzip.compress((STATIC / "leaderboard.css").read_bytes())
    assert len(page) + len(sheet) <= 14 * 1024
