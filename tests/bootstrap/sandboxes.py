"""A sandbox as a person runs it: a process of its own, watched by what it prints."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

from bootstrap.sandbox import loopback
from bootstrap.sandbox.place import Place, Running
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.players import Player
from leaderboard_app.domain.records import Ownership
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.ports import Roster
from leaderboard_app.usecases.submit import submit

START_SECONDS = 90
STOP_SECONDS = 45
ADDED = "Grace of the sandbox"

_ACT = Act("act-1", "ann", "a rehearsal", datetime(2026, 11, 23, tzinfo=UTC))


@dataclass(frozen=True)
class RunningSandbox:
    """A `python -m bootstrap sandbox`, and what it prints."""

    process: subprocess.Popen[str]
    place: Place
    printed: Path

    @property
    def running(self) -> Running:
        """What it announces."""
        running = self.place.running()
        assert running
        return running

    def output(self) -> str:
        """Return all that it printed up to now."""
        return self.printed.read_text(encoding="utf-8")

    def wait_for(self, text: str) -> None:
        """Return when a text is printed."""
        deadline = time.monotonic() + START_SECONDS
        while text not in self.output():
            assert self.process.poll() is None, self.output()
            assert time.monotonic() < deadline, self.output()
            time.sleep(0.05)

    def stop(self, signal_number: int) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(signal_number)
        return self.process.wait(STOP_SECONDS)

    def children(self) -> dict[str, int]:
        """Return the process ids of its parts, by the last word of what they run."""
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,ppid=,args="],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        )
        rows = (line.split(None, 2) for line in listed.stdout.splitlines())
        ours = str(self.process.pid)
        return {args: int(pid) for pid, parent, args in rows if parent == ours}

    def child(self, words: str, *, last: bool = False) -> int:
        """Return the process id of the first or last part whose command line holds the words."""
        found = sorted(pid for args, pid in self.children().items() if words in args)
        return found[-1 if last else 0]

    def drain(self, region: str) -> None:
        """Mark a region as draining, through the first region."""
        self._roster.drain(region, _ACT)

    def readmit(self, region: str) -> None:
        """Mark a region as taking traffic, through the first region."""
        self._roster.readmit(region, _ACT)

    def store(self, region: str) -> DynamoStore:
        """Return a region's store."""
        return DynamoStore(region, Deployment.read().table, self.running.endpoint)

    @property
    def _roster(self) -> Roster:
        return self.store(Deployment.read().regions[0]).roster

    def ports(self) -> list[int]:
        """Return all ports that it listens on."""
        addresses = [self.running.endpoint, *self.running.sites.values()]
        return [urlsplit(address).port or 0 for address in addresses]


@contextmanager
def starting(folder: Path, *arguments: str, port: int | None = None) -> Iterator[RunningSandbox]:
    """Start a sandbox on ports of its own, and end it in any case."""
    folder.mkdir(exist_ok=True)
    printed = folder / "printed.txt"
    first_port = port or loopback.free_port()
    with printed.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "bootstrap", "sandbox"),
                *("--folder", str(folder / "data"), "--port", str(first_port), *arguments),
            ],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
    try:
        yield RunningSandbox(process, Place((folder / "data").resolve()), printed)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(STOP_SECONDS)


@contextmanager
def started(folder: Path, *arguments: str, port: int | None = None) -> Iterator[RunningSandbox]:
    """Start a sandbox and wait until it says that it is up."""
    with starting(folder, *arguments, port=port) as sandbox:
        sandbox.wait_for("Ctrl-C stops")
        yield sandbox


def get(address: str) -> str:
    with urlopen(address, timeout=10) as answer:  # noqa: S310 - a loopback address.
        return str(answer.read().decode())


def add_score(sandbox: RunningSandbox, region: str) -> None:
    """Add a score above all others, in one region."""
    deployment, now = Deployment.read(), datetime.now(UTC)
    store = DynamoStore(region, deployment.table, sandbox.running.endpoint)
    board = next(board for board in store.boards() if board.board_id == "global")
    submission = Submission(
        submission_id=SubmissionId.make(now - timedelta(seconds=1), bytes(10)),
        board_id="global",
        player=Player.named(ADDED, Country("SE")),
        score=10**9,
        writer=region,
        source="form",
    )
    submit(store, board, submission, Ownership(region, deployment.regions), now)
