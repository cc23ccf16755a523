"""The API as tools outside of this process meet it: contract tests, and the docs' examples."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Direction, View
from leaderboard_app.gateway import items
from tests.gateway.conftest import table_at
from tests.live_api import LiveApi, serving
from tests.web.html_page import Page
from tests.web.worlds import SPRINT, STAR_RUN
from tests.worlds import NOW

pytestmark = [pytest.mark.ministack, pytest.mark.slow]

SCHEMATHESIS_SECONDS = 150
CONFIG = """
[checks]
# A schema can't say all that a domain asks for: which months there are, or what a board takes.
positive_data_acceptance.enabled = false

[[operations]]
include-operation-id = "submit_batch"
# What is wrong with one submission of a batch is the answer to that one.
checks.negative_data_rejection.enabled = false
"""

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def live(ministack: str) -> Iterator[LiveApi]:
    with table_at(ministack) as store:
        for board in (STAR_RUN, SPRINT):
            store.client.put_item(TableName=store.table_name, Item=items.board_item(board))
        with serving(store) as live:
            yield live


def run(*command: str, live: LiveApi, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program with a key to the API."""
    key = {"LEADERBOARD_KEY": live.secret}
    return subprocess.run(
        command,
        env=os.environ | key,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SCHEMATHESIS_SECONDS,
        check=False,
    )


def example(live: LiveApi, language: str, folder: Path) -> Path:
    """Return an example, copied from the docs page into a file."""
    with urlopen(f"{live.api}/docs", timeout=10) as answer:  # noqa: S310 - a loopback address.
        page = Page(answer.read().decode())
    file = folder / f"example.{language}"
    file.write_text("".join(map(str, page.get(f"example-{language}").content)), encoding="utf-8")
    return file


def history(live: LiveApi) -> list[int]:
    """Return the scores that the example's player submitted."""
    _, submissions = live.store.history(SPRINT, PlayerId("player-1"), 9, NOW)
    return [one.score for one in submissions]


def documented(live: LiveApi) -> int:
    """Return how many operations the document has."""
    with urlopen(f"{live.api}/openapi.json", timeout=10) as answer:  # noqa: S310 - on loopback.
        paths = json.load(answer)["paths"]
    return sum(method in METHODS for path in paths.values() for method in path)


def test_no_answer_is_undocumented_and_none_is_our_fault(live: LiveApi, tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text(CONFIG, encoding="utf-8")
    done = run(
        *(str(Path(sys.executable).parent / "schemathesis"), "--no-color"),
        *("run", f"{live.api}/openapi.json"),
        *("--header", f"Authorization: Bearer {live.secret}"),
        *("--seed", "1", "--max-examples", "15", "--continue-on-failure"),
        live=live,
        folder=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Tested: {documented(live)}" in done.stdout
    # Enough got through to be stored: it is the real thing that was tested.
    assert live.store.rows(View(STAR_RUN, ALL_TIME), None, Direction.NEXT, 1, NOW)


def test_the_curl_example_runs_as_it_stands(live: LiveApi, tmp_path: Path) -> None:
    done = run("sh", str(example(live, "curl", tmp_path)), live=live, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    submitted, rank = map(json.loads, done.stdout.splitlines())
    assert not submitted["replayed"]
    assert rank["rank"]["place"] == 1
    assert history(live) == [5000]


def test_the_python_example_runs_as_it_stands(live: LiveApi, tmp_path: Path) -> None:
    file = example(live, "python", tmp_path)
    done = run(sys.executable, "-W", "error", str(file), live=live, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "'replayed': False" in done.stdout
    assert history(live) == [5000]


def test_the_python_example_says_what_is_wrong_with_its_key(live: LiveApi, tmp_path: Path) -> None:
    file = example(live, "python", tmp_path)
    source = file.read_text(encoding="utf-8")
    file.write_text(source.replace("Bearer {KEY}", "Bearer nonsense"), encoding="utf-8")
    done = run(sys.executable, str(file), live=live, folder=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stderr)["status"] == 401
    assert history(live) == []
