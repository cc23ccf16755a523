"""Starts MiniStack, a local AWS that replicates DynamoDB's tables between regions."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bootstrap.sandbox import loopback
from bootstrap.sandbox.environment import offline
from bootstrap.sandbox.parts import Part, PartFailed

START_SECONDS = 60.0
TRIES = 3
# MiniStack and its libraries read a hundred variables; it gets none by accident.
_PASSED_ON = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "VIRTUAL_ENV")


@dataclass(frozen=True, slots=True)
class MiniStack:
    """A MiniStack that answers."""

    part: Part
    endpoint: str


def start(
    state: Path,
    log: Path,
    services: Sequence[str] = ("dynamodb", "ssm"),
    pass_fds: Sequence[int] = (),
    pick_port: Callable[[], int] = loopback.free_port,
    python: str = sys.executable,
    more: Mapping[str, str] | None = None,
) -> MiniStack:
    """Start MiniStack on a free loopback port and return it once it answers.

    Args:
        state: a folder of its own, read now and written when it is stopped by `Part.stop`.
        log: the file that takes what it says.
        services: those that it offers; nothing for all.
        pass_fds: open files that stay open until it has ended.
        pick_port: returns a port that is likely to be free.
        python: what it runs on, and the Lambdas that it runs.
        more: further variables for it.

    Raises:
        PartFailed: it ended, or did not answer within a minute.
    """
    state.mkdir(parents=True, exist_ok=True)
    for _ in range(TRIES - 1):
        port = pick_port()
        try:
            return _start_at(port, state, log, services, pass_fds, python, more)
        except PartFailed:
            # Between asking for a free port and binding it, somebody else may have taken it.
            if loopback.get(port, "/") is None:
                raise
    return _start_at(pick_port(), state, log, services, pass_fds, python, more)


def _start_at(
    port: int,
    state: Path,
    log: Path,
    services: Sequence[str],
    pass_fds: Sequence[int],
    python: str,
    more: Mapping[str, str] | None,
) -> MiniStack:
    mark = secrets.token_hex(8)
    environment = _environment(os.environ, port, state, mark, services) | dict(more or {})
    module = "bootstrap.sandbox.emulator"
    part = Part.start("MiniStack", module, environment, log, pass_fds=pass_fds, python=python)
    with ExitStack() as unless_it_answers:
        unless_it_answers.callback(part.stop)
        _wait(part, port, mark)
        unless_it_answers.pop_all()
    return MiniStack(part, loopback.address_of(port))


def _wait(part: Part, port: int, mark: str) -> None:
    def answers() -> bool:
        part.check()
        return _mark_at(port) == mark

    if not loopback.wait_until(answers, START_SECONDS):
        raise PartFailed(f"MiniStack did not answer in {START_SECONDS:.0f} s. {part.last_words()}")


def _mark_at(port: int) -> str | None:
    """Return the mark of whichever MiniStack answers at a port; None where none does."""
    answer = loopback.get(port, "/_ministack/health")
    if answer is None:
        return None
    try:
        health = json.loads(answer[1])
    except ValueError:
        return None
    return str(health.get("edition")) if isinstance(health, dict) else None


def _environment(
    environ: Mapping[str, str], port: int, state: Path, mark: str, services: Sequence[str]
) -> dict[str, str]:
    passed_on = {name: environ[name] for name in _PASSED_ON if name in environ}
    return offline(passed_on) | {
        "BIND_HOST": loopback.HOST,
        "GATEWAY_PORT": str(port),
        "STATE_DIR": str(state),
        "PERSIST_STATE": "1",
        "SERVICES": ",".join(services),
        # Its health answer repeats this: the proof that the child we started is the one answering.
        "MINISTACK_EDITION": mark,
        # What else it would listen on or look for, outside of the loopback interface.
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "DOCKER_HOST": f"unix://{state}/no-docker.sock",
    }
