"""What the pages give out as CSV does nothing in a spreadsheet but stand there."""

from __future__ import annotations

import csv
import io
import re

import pytest

from leaderboard_app.domain.submissions import SubmissionId
from tests.security.targets import HOST, Target
from tests.worlds import NOW

PLAYERS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\uff1d1+1", "'=1+1", '=HYPERLINK("//evil","a")']
FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


@pytest.fixture(scope="module")
def ids(target: Target) -> list[str]:
    """Return the ids of players whose names are formulas, as a game server sent them."""
    browser = target.visitor()
    found = []
    for number, name in enumerate(PLAYERS):
        sent = {
            "submission_id": SubmissionId.make(NOW, number.to_bytes(10)).value,
            "player_id": f"-{number}",
            "name": name,
            "country": "FI",
            "score": 100 + number,
            "metadata": {"=1+1": "=1+1"},
        }
        answer = browser.post(
            "/api/v1/boards/star-run/submissions",
            base_url=HOST,
            json=sent,
            headers={"Authorization": f"Bearer {target.submit.text}"},
        )
        assert answer.status_code == 201, answer.text
        found.append(f"-{number}")
    return found


def test_no_cell_of_any_sheet_is_a_formula(target: Target, ids: list[str]) -> None:
    browser, seen = target.visitor(), ""
    sheets = [rule for rule in target.rules() if rule.rule.endswith(".csv")]
    for rule in sheets:
        for player_id in ids:
            path, named = target.path(rule, player_id=player_id), {"q": player_id}
            answer = browser.get(path, base_url=HOST, query_string=named)
            assert answer.mimetype == "text/csv", rule.rule
            assert answer.headers["Content-Disposition"].startswith("attachment;")
            seen += answer.text
            for cell in (cell for line in csv.reader(io.StringIO(answer.text)) for cell in line):
                assert not FORMULA.match(cell) or NUMBER.fullmatch(cell), cell
    assert sheets
    assert all(f"'{name}" in seen.replace('""', '"') for name in PLAYERS)
