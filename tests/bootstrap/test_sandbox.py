"""The sandbox from its start to its end: what `make run` runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bootstrap import exits
from bootstrap.sandbox import loopback
from tests.bootstrap.sandboxes import ADDED, add_score, get, started, starting

OREGON, DUBLIN = "us-west-2", "eu-west-1"

pytestmark = [pytest.mark.ministack, pytest.mark.slow]


def test_a_flask_run_without_a_sandbox_says_what_to_start(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "flask", "run", "--port", "0"],
        env={**os.environ, "LEADERBOARD_SANDBOX": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode != 0
    assert "Error: No sandbox is running. Start one in another terminal: make run" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_ctrl_c_stops_everything_and_the_data_is_there_the_next_time(tmp_path: Path) -> None:
    with started(tmp_path) as sandbox:
        add_score(sandbox, DUBLIN)
        # A region that is drained is still so the next time, and does not keep it from starting.
        sandbox.drain(DUBLIN)
        ports, secret = sandbox.ports(), sandbox.place.secret_key()

        assert sandbox.stop(signal.SIGINT) == exits.DONE

        assert f"Stopped. The data stays in {sandbox.place.folder}" in sandbox.output()
        assert [port for port in ports if loopback.get(port, "/")] == []
        assert sandbox.place.running() is None

    with started(tmp_path) as again:
        assert "in place" in again.output()
        assert ADDED in get(again.running.sites[OREGON])
        assert again.place.secret_key() == secret
        assert 'id="draining"' in get(again.running.sites[DUBLIN])
        assert again.stop(signal.SIGTERM) == exits.DONE

    with started(tmp_path, "--fresh") as fresh:
        assert ADDED not in get(fresh.running.sites[OREGON])
        assert fresh.place.secret_key() != secret


@pytest.mark.parametrize(
    ("words", "name"), [("sandbox.emulator", "MiniStack"), ("sandbox.serve", "Oregon")]
)
def test_a_part_that_crashes_is_named_and_ends_the_rest(
    tmp_path: Path, words: str, name: str
) -> None:
    with started(tmp_path) as sandbox:
        ports = sandbox.ports()

        os.kill(sandbox.child(words), signal.SIGKILL)

        assert sandbox.process.wait(60) == exits.BROKEN
        assert f"Error: {name} ended by itself (SIGKILL)." in sandbox.output()
        assert f"{name.lower()}.log" in sandbox.output()
        assert [port for port in ports if loopback.get(port, "/")] == []


def test_after_a_kill_nothing_lives_on_and_the_next_start_has_the_data(tmp_path: Path) -> None:
    with started(tmp_path) as sandbox:
        add_score(sandbox, OREGON)
        ports = sandbox.ports()

        sandbox.stop(signal.SIGKILL)

        with started(tmp_path) as again:
            assert ADDED in get(again.running.sites[DUBLIN])
            old = set(ports) - set(again.ports())
            assert loopback.wait_until(lambda: not any(loopback.get(p, "/") for p in old), 30)


def test_ctrl_c_while_it_starts_ends_in_order(tmp_path: Path) -> None:
    with starting(tmp_path) as sandbox:
        sandbox.wait_for("MiniStack stands in")
        endpoint = sandbox.output().split()[-1]

        assert sandbox.stop(signal.SIGINT) == exits.DONE

        assert sandbox.output().endswith("for the next time.\n")
        assert loopback.get(urlsplit(endpoint).port or 0, "/") is None


def test_a_port_that_is_none_is_a_wrong_command_line(tmp_path: Path) -> None:
    with starting(tmp_path, "--port", "70000") as sandbox:
        assert sandbox.process.wait(30) == exits.USAGE
        assert "70000 is not in the range" in sandbox.output()
