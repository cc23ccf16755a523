"""`validate`, through real pages of both regions."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from bootstrap import exits
from bootstrap.exits import Problem, Unavailable
from bootstrap.keys.book import KeyBook
from bootstrap.sandbox import loopback
from bootstrap.steering import marks, reaching
from bootstrap.steering.browser import Answer, Browser, Page
from bootstrap.steering.marks import Mark
from bootstrap.steering.validate import Validation, board_of
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.keys import Scope
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.rankings import View
from leaderboard_app.factory import create_app
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.settings import Settings
from leaderboard_app.usecases import read
from tests.bootstrap.commands import Commands, problem

OREGON, DUBLIN = "us-west-2", "eu-west-1"

pytestmark = [pytest.mark.ministack, pytest.mark.usefixtures("on_ministack")]


@contextmanager
def serving(deployment: Deployment, region: str, *, form_is_open: bool = True) -> Iterator[str]:
    """Serve a region's pages on a free port, and yield their address."""
    app = create_app(Settings(region, deployment, "secret", form_is_open=form_is_open))
    server = make_server(loopback.HOST, 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield loopback.address_of(server.server_port)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def sites(
    applied: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """Both regions' web addresses, and no sandbox anywhere."""
    monkeypatch.setenv("LEADERBOARD_SANDBOX", str(tmp_path))
    monkeypatch.delenv("LEADERBOARD_SITES", raising=False)
    with ExitStack() as stack:
        yield {r: stack.enter_context(serving(applied, r)) for r in applied.regions}


def named(sites: Mapping[str, str]) -> list[str]:
    return [f"--site={region}={address}" for region, address in sites.items()]


def players_in(deployment: Deployment, region: str) -> list[str]:
    """Return the names on a region's board."""
    store, now = DynamoStore(region, deployment.table), datetime.now(UTC)
    board = store.boards()[0]
    view = View(board, Period.containing(PeriodKind.DAY, now))
    everything = View(board, Period.containing(PeriodKind.ALL, now))
    pages = [read.top(store, each, now) for each in (view, everything)]
    return [row.name for page in pages for row in page.rows]


def validation(
    deployment: Deployment, sites: Mapping[str, str], said: list[str], timeout: float = 5.0
) -> Validation:
    stores = reaching.stores(deployment)
    board = board_of(deployment, stores, "global")
    browsers = {region: Browser(address) for region, address in sites.items()}
    return Validation(deployment, board, browsers, stores, said.append, timeout)


def test_both_ways_are_timed_and_nothing_is_left_behind(
    commands: Commands, applied: Deployment, sites: dict[str, str]
) -> None:
    result = commands.run("validate", *named(sites))

    assert result.exit_code == exits.DONE
    lines = result.output.splitlines()
    assert lines[0] == f"Through the web addresses as named: {OREGON}, {DUBLIN}"
    assert re.fullmatch(rf"{OREGON} to {DUBLIN}: [0-9]+\.[0-9]{{2}} s.*", lines[1])
    assert re.fullmatch(rf"{DUBLIN} to {OREGON}: [0-9]+\.[0-9]{{2}} s.*", lines[2])
    assert lines[3] == "The top of the board global is the same in all regions."
    assert lines[4].startswith("Taken out again: validate-")
    for region in applied.regions:
        assert players_in(applied, region) == []


def test_a_closed_form_is_opened_with_an_operators_key(
    commands: Commands, applied: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without one, or with a game server's, it says what is needed; nothing is left behind."""
    with ExitStack() as stack:
        sites = {
            region: stack.enter_context(serving(applied, region, form_is_open=False))
            for region in applied.regions
        }
        monkeypatch.delenv(marks.KEY_VARIABLE, raising=False)
        assert "set LEADERBOARD_KEY" in problem(commands.run("validate", *named(sites)))
        _, wrong = KeyBook.of(applied).create("game server", [Scope.SUBMIT])
        monkeypatch.setenv(marks.KEY_VARIABLE, wrong.text)
        assert "did not let" in problem(commands.run("validate", *named(sites)))
        _, secret = KeyBook.of(applied).create("validate", [Scope.MODERATE])
        monkeypatch.setenv(marks.KEY_VARIABLE, secret.text)
        assert commands.run("validate", *named(sites)).exit_code == exits.DONE
    for region in applied.regions:
        assert players_in(applied, region) == []


def test_the_marks_are_really_on_the_boards_meanwhile(
    applied: Deployment, sites: dict[str, str]
) -> None:
    run = validation(applied, sites, [])

    marks.add(run.browsers[OREGON], run.board, OREGON, run.marks.append)

    assert players_in(applied, DUBLIN) == [run.marks[0].name] * 2
    run.clean()
    assert players_in(applied, DUBLIN) == []


def test_ctrl_c_leaves_nothing_behind(applied: Deployment, sites: dict[str, str]) -> None:
    run = validation(applied, sites, [])
    said: list[str] = []

    def interrupt(line: str) -> None:
        said.append(line)
        if len(said) == 1:
            assert players_in(applied, OREGON)
            raise KeyboardInterrupt

    run.say = interrupt
    with pytest.raises(KeyboardInterrupt):
        run.run()

    assert said[-1].startswith("Taken out again: validate-")
    for region in applied.regions:
        assert players_in(applied, region) == []


def test_what_can_t_be_taken_out_is_named(applied: Deployment, sites: dict[str, str]) -> None:
    run = validation(applied, sites, [])
    mark = marks.add(run.browsers[OREGON], run.board, OREGON, run.marks.append)
    run.stores = {**run.stores, OREGON: DynamoStore(OREGON, applied.table, "http://127.0.0.1:1")}

    with pytest.raises(Problem, match=f"Left behind on the board global: {mark.name}"):
        run.clean()


def test_a_score_that_does_not_arrive_is_told_and_taken_out(
    applied: Deployment, sites: dict[str, str]
) -> None:
    said: list[str] = []
    run = validation(applied, sites, said, timeout=0.3)
    run.browsers = {**run.browsers, DUBLIN: Lost(sites[DUBLIN])}

    assert not run.run()

    assert f"{OREGON} to {DUBLIN}: not within 0 s" in said
    assert players_in(applied, OREGON) == []


class Lost(Browser):
    """A browser to which no player's page is there."""

    def get(self, path: str) -> Answer:
        return super().get(path.replace("/players/name:", "/players/lost:"))


def test_the_addresses_may_come_from_the_environment(
    commands: Commands, sites: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = " ".join(f"{region}={address}" for region, address in sites.items())
    monkeypatch.setenv("LEADERBOARD_SITES", pairs)

    result = commands.run("validate")

    assert result.exit_code == exits.DONE
    assert result.output.startswith("Through the web addresses of LEADERBOARD_SITES")


def test_the_addresses_may_come_from_the_heartbeats(
    commands: Commands, applied: Deployment, sites: dict[str, str]
) -> None:
    for region, address in sites.items():
        store = DynamoStore(region, applied.table)
        store.roster.beat(region, datetime.now(UTC), "1", address)

    result = commands.run("validate")

    assert result.exit_code == exits.DONE
    assert result.output.startswith("Through the web addresses of the heartbeats")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Two web addresses are needed, and known are: none."),
        (["--site", "mars=http://127.0.0.1:1"], "no stage runs in 'mars'"),
        (["--site", f"{OREGON}=a", "--site", f"{DUBLIN}=b"], "'a' is no web address"),
        (["--board", "nonesuch"], "There is no board 'nonesuch'. The boards are: global."),
    ],
)
@pytest.mark.usefixtures("sites")
def test_what_can_t_be_used_is_said_in_one_line(
    commands: Commands, arguments: list[str], said: str
) -> None:
    result = commands.run("validate", *arguments)

    assert result.exit_code == exits.REFUSED
    assert said in problem(result)


def test_an_address_where_nobody_answers_is_said() -> None:
    with pytest.raises(Unavailable, match="does not answer"):
        Browser("http://127.0.0.1:1").get("/")


def test_an_address_that_is_no_leaderboard_s_is_said(
    applied: Deployment, sites: dict[str, str]
) -> None:
    run = validation(applied, sites, [])
    wrong = Browser(sites[OREGON] + "/elsewhere")

    with pytest.raises(Problem, match="is it the leaderboard"):
        marks.add(wrong, run.board, OREGON, run.marks.append)
    assert run.marks == []


class Forger(Browser):
    """A browser that sends another token than the one it was given."""

    def post(self, path: str, values: Mapping[str, str]) -> Answer:
        return super().post(path, {**values, "csrf_token": "forged"})


def test_a_refused_form_says_why(applied: Deployment, sites: dict[str, str]) -> None:
    run = validation(applied, sites, [])
    noted: list[Mark] = []

    with pytest.raises(Problem, match=r"refused the score \(status 400\): .*This form was open"):
        marks.add(Forger(sites[OREGON]), run.board, OREGON, noted.append)
    assert noted


def test_a_page_s_ranking_is_read_cell_by_cell() -> None:
    body = "<table><tr><th>Rank</th></tr><tr><td>1</td><th><a><bdi>Ada </bdi></a></th></tr></table>"

    assert Page.of(body).rows == [["Rank"], ["1", "Ada"]]
