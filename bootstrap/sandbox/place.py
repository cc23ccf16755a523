"""The folder of a sandbox: what is kept in it, and how others find a sandbox that runs."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bootstrap.exits import Problem
from bootstrap.sandbox.lock import is_held
from bootstrap.sandbox.parts import CHECKOUT

FOLDER_VARIABLE = "LEADERBOARD_SANDBOX"
DEFAULT_FOLDER = CHECKOUT / ".sandbox"

_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Running:
    """What others need to know of a sandbox that runs.

    Attributes:
        pid: the process to ask to stop.
        endpoint: MiniStack's address.
        sites: the regions' web addresses.
    """

    pid: int
    endpoint: str
    sites: dict[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A sandbox's folder."""

    folder: Path

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Place:
        """Return the folder that the environment names, or the checkout's."""
        return cls(Path(environ.get(FOLDER_VARIABLE) or DEFAULT_FOLDER).resolve())

    @property
    def lock(self) -> Path:
        """The file whose lock a running sandbox holds."""
        return self.folder / "lock"

    @property
    def data(self) -> Path:
        """MiniStack's state."""
        return self.folder / "ministack"

    @property
    def _secret(self) -> Path:
        return self.folder / "secret-key"

    @property
    def _state(self) -> Path:
        return self.folder / "state.json"

    def log_of(self, part: str) -> Path:
        """Return the log of a part."""
        return self.folder / f"{part.lower()}.log"

    def cut_of(self, region: str) -> Path:
        """Return the file that cuts a region's server off from its DynamoDB while it is there."""
        return self.folder / f"cut-{region}"

    def make(self) -> None:
        """Make the folder where it is missing.

        Raises:
            Problem: it can't be made.
        """
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as cause:
            raise Problem(f"{self.folder} can't be made: {cause.strerror}.") from cause

    def empty(self) -> None:
        """Forget all data: take away what a sandbox makes, and nothing else."""
        shutil.rmtree(self.data, ignore_errors=True)
        for file in (
            self._secret,
            self._state,
            *self.folder.glob("*.log"),
            *self.folder.glob("cut-*"),
        ):
            file.unlink(missing_ok=True)

    def secret_key(self) -> str:
        """Return the key that signs cookies, the same in every region and at every start."""
        if not self._secret.exists():
            descriptor = os.open(self._secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(_SECRET_BYTES))
        return self._secret.read_text(encoding="ascii")

    def announce(self, running: Running) -> None:
        """Write down what runs, all at once."""
        draft = self._state.with_suffix(".part")
        draft.write_text(json.dumps(asdict(running), indent=2) + "\n", encoding="utf-8")
        draft.replace(self._state)

    def retract(self) -> None:
        """Take back what was announced."""
        self._state.unlink(missing_ok=True)

    def running(self) -> Running | None:
        """Return what runs here; None where nothing does, whatever a killed one left behind."""
        if not is_held(self.lock) or not self._state.exists():
            return None
        return Running(**json.loads(self._state.read_text(encoding="utf-8")))
