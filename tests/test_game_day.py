"""Game day: under load from both sides, a server ends, later a whole region, and both come back."""

from __future__ import annotations

import http.client
import os
import re
import secrets
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Lock
from urllib.parse import urlencode, urlsplit

import pytest

from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.names import player_id_of
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Row, View
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import read
from tests.bootstrap.sandboxes import RunningSandbox, started

OREGON, DUBLIN = "us-west-2", "eu-west-1"
WAIT_SECONDS = 60


@dataclass
class Seen:
    """What all players together saw."""

    accepted: dict[str, int] = field(default_factory=dict)
    sent: int = 0
    statuses: set[int] = field(default_factory=set)
    refused: int = 0
    lock: Lock = field(default_factory=Lock)

    def note(self, status: int) -> int:
        """Note an answer."""
        with self.lock:
            self.statuses.add(status)
        return status

    def accept(self, name: str, score: int) -> None:
        """Note a score that was answered with success."""
        with self.lock:
            self.sent += 1
            self.accepted[name] = max(score, self.accepted.get(name, 0))


@dataclass
class Player:
    """Plays near one region; goes to the other where that one does not answer, as DNS would."""

    name: str
    sites: tuple[str, ...]
    seen: Seen

    def play(self, is_over: Event) -> None:
        """Send scores until the day is over."""
        while not is_over.is_set():
            score = secrets.randbelow(1_000_000)
            self._send(*self._form(), score)
            self.seen.accept(self.name, score)

    def _form(self) -> tuple[str, dict[str, str]]:
        """Return a form's cookie and hidden fields."""
        for site in self._sites():
            status, headers, body = self._ask(site, "GET", {}, "")
            if status == 200:
                hidden = re.findall(r'name="(csrf_token|submission_id)"[^>]*value="([^"]+)"', body)
                return headers["Set-Cookie"].split(";")[0], dict(hidden)
        raise AssertionError("never reached")

    def _send(self, cookie: str, hidden: dict[str, str], score: int) -> None:
        """Send one form until it is taken, the same wherever it is sent."""
        form = urlencode({**hidden, "name": self.name, "country": "FI", "score": str(score)})
        for site in self._sites():
            if self._ask(site, "POST", {"Cookie": cookie}, form)[0] == 303:
                return

    def _sites(self) -> Iterator[str]:
        """Yield the near site and the other in turn, with a breath between rounds."""
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            yield from self.sites
            time.sleep(0.1)
        raise AssertionError(f"{self.name} was not served for {WAIT_SECONDS} s")

    def _ask(
        self, site: str, method: str, headers: dict[str, str], body: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=20)
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, "/boards/global/scores/new", body or None, headers)
            answer = connection.getresponse()
            return self.seen.note(answer.status), answer.headers, answer.read().decode()
        except (OSError, http.client.HTTPException):
            # Nobody is there: what a health check sees, and DNS then leads elsewhere.
            self.seen.refused += 1
            return 0, http.client.HTTPMessage(), ""
        finally:
            connection.close()


@pytest.mark.slow
@pytest.mark.ministack
def test_every_score_answered_with_success_is_on_both_boards(tmp_path: Path) -> None:
    with started(tmp_path, "--keep-going") as sandbox, ThreadPoolExecutor(4) as pool:
        seen, is_over = Seen(), Event()
        sites = sandbox.running.sites
        near, far = (sites[OREGON], sites[DUBLIN]), (sites[DUBLIN], sites[OREGON])
        players = [
            pool.submit(Player(f"Player {number}", (near, far)[number % 2], seen).play, is_over)
            for number in range(4)
        ]
        try:
            _the_day(sandbox, seen)
        finally:
            is_over.set()
            for player in players:
                player.result()
        assert seen.statuses == {200, 303, 503}
        assert seen.refused > 0
        _is_on_both_boards(sandbox, seen)


def _the_day(sandbox: RunningSandbox, seen: Seen) -> None:
    """End Dublin's server, then cut its region off; bring both back; play goes on throughout."""
    _wait_until(lambda: seen.sent >= 20)
    os.kill(sandbox.child("bootstrap.sandbox.serve", last=True), signal.SIGKILL)
    sandbox.wait_for("Dublin is started again")
    _wait_for_more(seen, 10)
    cut = sandbox.place.cut_of(DUBLIN)
    cut.touch()
    _wait_until(lambda: 503 in seen.statuses)
    _wait_for_more(seen, 10)
    cut.unlink()
    _wait_for_more(seen, 20)


def _wait_for_more(seen: Seen, more: int) -> None:
    before = seen.sent
    _wait_until(lambda: seen.sent >= before + more)


def _wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_on_both_boards(sandbox: RunningSandbox, seen: Seen) -> None:
    boards = []
    for region in (OREGON, DUBLIN):
        store = DynamoStore(region, Deployment.read().table, sandbox.running.endpoint)
        view = View(next(iter(store.boards())), ALL_TIME)
        now = datetime.now(UTC)
        for name, score in seen.accepted.items():
            page = read.player_page(store, view.board, PlayerId(player_id_of(name)), now)
            assert page
            assert page.bests[0].score >= score, f"{name}'s {score} is lost in {region}"
        boards.append(_ranking(store, view, now))
    assert boards[0] == boards[1]


def _ranking(store: DynamoStore, view: View, now: datetime) -> list[Row]:
    page = read.top(store, view, now)
    rows = list(page.rows)
    while page.next:
        page = read.turn(store, view, page.next, now)
        rows += page.rows
    return rows
