"""Runs a sandbox from its start to its end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import bootstrap
from bootstrap.boards import DEFAULT_BOARD
from bootstrap.exits import Broken, Problem
from bootstrap.importing.run import import_file
from bootstrap.sandbox import ministack, sites
from bootstrap.sandbox.environment import sandbox, within
from bootstrap.sandbox.gate import Gate
from bootstrap.sandbox.lock import held
from bootstrap.sandbox.parts import Part, PartFailed
from bootstrap.sandbox.place import Place, Running
from bootstrap.sandbox.sites import Site
from bootstrap.sandbox.stopping import listening
from bootstrap.table.apply import Apply
from leaderboard_app.deployment import Deployment

EXAMPLE_SCORES = Path(bootstrap.__file__).with_name("data") / "import-data.csv"

_WATCH_SECONDS = 0.2
_REVIVE_SECONDS = 5.0
"""Long enough to see a region away."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A sandbox to be run.

    Attributes:
        deployment: the stages; each gets a web server.
        place: its folder.
        first_port: the first stage's port where it is free; the next stage's is one higher.
        say: tells the person at the terminal a line.
        keep_going: whether a server that ends is started again, as on a game day.
    """

    deployment: Deployment
    place: Place
    first_port: int
    say: Say
    keep_going: bool = False

    def run(self, *, fresh: bool = False) -> None:
        """Start everything, and end it when asked to stop.

        Raises:
            Problem: another sandbox runs, or a part did not start or ended by itself.
        """
        self.place.make()
        with listening() as stopping, held(self.place.lock) as lock:
            if fresh:
                self.place.empty()
            parts: list[Part] = []
            try:
                sites_ = self._start(lock, parts)
                while True:
                    if self.keep_going:
                        self._revive(sites_, parts)
                    _check(parts)
                    time.sleep(_WATCH_SECONDS)
            except (KeyboardInterrupt, Problem, PartFailed) as cause:
                # Once somebody asked to stop, whatever was cut short by it is no problem.
                if not stopping.asked:
                    raise _blamed(cause, parts) from cause
            finally:
                stopping.close()
                self._end(parts)
        self.say(f"Stopped. The data stays in {self.place.folder} for the next time.")

    def _start(self, lock: int, parts: list[Part]) -> list[Site]:
        """Start everything, and note in `parts` what is there to be ended."""
        # MiniStack shares the lock: it is free for the next one only when the state is saved.
        log = self.place.log_of("ministack")
        emulator = ministack.start(self.place.data, log, pass_fds=[lock])
        parts.append(emulator.part)
        self.say(f"MiniStack stands in for AWS at {emulator.endpoint}")
        environment = sandbox(os.environ, emulator.endpoint)
        with within(environment):
            self._apply()
            environment["SECRET_KEY"] = self.place.secret_key()
            stages = self.deployment.stages
            gates = self._gates(emulator.endpoint)
            started = sites.start(stages, self.first_port, environment, gates, self.place)
            parts += (site.part for site in started)
            self.say("Example scores:")
            import_file(self.deployment, EXAMPLE_SCORES, DEFAULT_BOARD, self.say)
        for site in started:
            site.wait()
        self._announce(emulator.endpoint, started)
        return started

    def _gates(self, endpoint: str) -> dict[str, str]:
        """Return the address of a gate for each region; gates end with this process."""
        port = urlsplit(endpoint).port or 0
        regions = self.deployment.regions
        return {region: Gate(port, self.place.cut_of(region)).address for region in regions}

    def _revive(self, started: list[Site], parts: list[Part]) -> None:
        """Start every server again that has ended."""
        for number, site in enumerate(started):
            code = site.part.process.poll()
            if code is None:
                continue
            self.say(f"{site.part.name} ended; it starts again in {_REVIVE_SECONDS:.0f} s.")
            time.sleep(_REVIVE_SECONDS)
            parts.remove(site.part)
            site.part.stop()
            started[number] = site.revived()
            parts.append(started[number].part)
            self.say(f"{site.part.name} is started again at {site.address}")

    def _apply(self) -> None:
        done = Apply.to(self.deployment, lambda _: None).run()
        regions = " and ".join(self.deployment.regions)
        what = f"made in {len(done)} steps" if done else "in place"
        self.say(f"Table {self.deployment.table} in {regions}: {what}")

    def _announce(self, endpoint: str, started: Sequence[Site]) -> None:
        addresses = {site.stage.region: site.address for site in started}
        self.place.announce(Running(os.getpid(), endpoint, addresses))
        self.say("\nThe leaderboard is up, on this machine alone:\n")
        for site in started:
            self.say(f"  {site.address}  {site.stage.name.capitalize()} ({site.stage.region})")
        self.say("\nAdd a score in one and read it in the other. Ctrl-C stops and keeps the data.")

    def _end(self, parts: Sequence[Part]) -> None:
        """End the parts, the servers before the MiniStack that they ask."""
        self.place.retract()
        for part in reversed(parts):
            part.stop()


def _check(parts: Sequence[Part]) -> None:
    for part in parts:
        part.check()


def _blamed(error: BaseException, parts: Sequence[Part]) -> BaseException:
    """Return a part's end as the problem, where an error may have come of it."""
    if isinstance(error, PartFailed):
        return Broken(str(error))
    try:
        _check(parts)
    except PartFailed as failed:
        return Broken(str(failed))
    return error
