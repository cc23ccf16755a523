"""The Lambda's Python on this machine, and environments of it that hold what they need and no more.

Two of them: one to package from, as an operator has it, and one in which MiniStack runs Lambdas, so
that what a package lacks is not found beside it. They are made once and kept in `.venv`, with the
digest of the requirements that they hold.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bootstrap.exits import Broken
from bootstrap.sandbox.parts import CHECKOUT

FOLDER = CHECKOUT / ".venv" / "lambda"
PACKAGING, RUNNING = "ops", "lambda"
"""The requirements of each environment."""

_VERSION = "import sys; print('python%d.%d' % sys.version_info[:2]); print(sys.executable)"
_PYENV = ("3.13.0",)
_ASKED_SECONDS, _MADE_SECONDS = 20, 600


@dataclass(frozen=True, slots=True)
class Python:
    """An interpreter that runs.

    Attributes:
        version: as `python3.13`.
        path: of the interpreter itself, not of a shim.
    """

    version: str
    path: str


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment."""

    folder: Path

    @property
    def python(self) -> str:
        """Its interpreter."""
        return str(self.folder / "bin" / "python")

    @property
    def packages(self) -> Path:
        """Where its libraries lie."""
        return next((self.folder / "lib").glob("python3.*")) / "site-packages"


def find(wanted: str) -> Python:
    """Return an interpreter of a version, or this one where this machine has none.

    Each is run to see: what is on the path may be a shim that only fails.
    """
    candidates: list[tuple[str, Mapping[str, str]]] = [(sys.executable, {}), (wanted, {})]
    candidates += [(wanted, {"PYENV_VERSION": version}) for version in _PYENV]
    for command, variables in candidates:
        found = _asked(command, variables)
        if found and found.version == wanted:
            return found
    this = _asked(sys.executable, {})
    if this is None:
        raise Broken(f"{sys.executable} does not run. Run make clean, then this again.")
    return this


def environment(python: Python, holding: str) -> Environment:
    """Return an environment that holds what one of the requirements files names, made if need be.

    Raises:
        Broken: it could not be made; with the end of what was said.
    """
    requirements = CHECKOUT / "requirements" / f"{holding}.txt"
    digest = hashlib.sha256(requirements.read_bytes() + python.path.encode()).hexdigest()[:12]
    place = Environment(FOLDER / f"{holding}-{python.version}-{digest}")
    made = place.folder / "made"
    with _alone(FOLDER / "lock"):
        if not made.exists():
            _run(python.path, "-m", "venv", "--clear", str(place.folder))
            install = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            _run(place.python, *install, "--require-hashes", "--requirement", str(requirements))
            made.touch()
    return place


def _asked(command: str, variables: Mapping[str, str]) -> Python | None:
    try:
        told = subprocess.run(
            [command, "-c", _VERSION],
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=True,
            timeout=_ASKED_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = told.stdout.split("\n")
    return Python(lines[0], lines[1])


def _run(*command: str) -> None:
    ran = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=_MADE_SECONDS
    )
    if ran.returncode:
        said = " | ".join((ran.stdout + ran.stderr).strip().splitlines()[-3:])
        raise Broken(f"{' '.join(command[:4])} ... failed: {said}")


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let two processes not make the same environment at once."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
