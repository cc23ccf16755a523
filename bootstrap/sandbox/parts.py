"""The parts of a sandbox: child processes that are watched, and all ended in the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from leaderboard_app.deployment import SETTINGS_FILE

CHECKOUT = SETTINGS_FILE.parent
STOP_SECONDS = 15.0
"""How long a part may take to save its state and end, before it is killed."""

_TAIL_BYTES = 8192


class PartFailed(Exception):
    """A part did not start, or ended by itself; the message says which, how, and its last words."""


@dataclass(frozen=True, slots=True)
class Part:
    """A running child process.

    Attributes:
        name: for people: `MiniStack`, `oregon`.
        process: leader of its own session, so that a Ctrl-C in the terminal is its parent's alone.
        log: the file that takes what it says.
    """

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @classmethod
    def start(
        cls,
        name: str,
        module: str,
        environment: Mapping[str, str],
        log: Path,
        arguments: Sequence[str] = (),
        pass_fds: Sequence[int] = (),
        python: str = sys.executable,
    ) -> Part:
        """Start a module of ours with a Python; it gets a lifeline as its standard input."""
        with log.open("wb") as output:
            process = subprocess.Popen(
                [python, "-m", module, *arguments],
                cwd=CHECKOUT,
                env=dict(environment),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=pass_fds,
            )
        return cls(name, process, log)

    def check(self) -> None:
        """Do nothing while the part runs.

        Raises:
            PartFailed: it has ended.
        """
        code = self.process.poll()
        if code is not None:
            raise PartFailed(f"{self.name} ended by itself ({_how(code)}). {self.last_words()}")

    def stop(self, patience: float = STOP_SECONDS) -> None:
        """End the part and whatever it started, and wait until it is gone."""
        if self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        self._kill_session()
        self.process.wait()
        if self.process.stdin:
            self.process.stdin.close()

    def last_words(self, lines: int = 10) -> str:
        """Return where the log is, and its last lines."""
        with self.log.open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - _TAIL_BYTES))
            said = log.read().decode(errors="replace").strip().splitlines()[-lines:]
        if not said:
            return f"Its log is empty: {self.log}"
        return "\n".join([f"The end of {self.log}:", *(f"    {line}" for line in said)])

    def _kill_session(self) -> None:
        """Kill what is left of the part's session: its own, as it was started as its leader."""
        # Mostly nobody is left; macOS says PermissionError where only a zombie is.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


def _how(code: int) -> str:
    if code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"
