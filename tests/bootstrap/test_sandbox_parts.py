"""What a sandbox is made of, each by itself."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from bootstrap.exits import Problem
from bootstrap.sandbox import loopback, ministack
from bootstrap.sandbox.environment import local, sandbox, within
from bootstrap.sandbox.lock import held, is_held
from bootstrap.sandbox.parts import Part, PartFailed
from bootstrap.sandbox.place import Place, Running
from bootstrap.sandbox.stopping import listening
from tests.ministack import running_ministack

RUNNING = Running(1, "http://127.0.0.1:1", {"us-west-2": "http://127.0.0.1:2"})


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "sandbox")
    place.make()
    return place


FORM = "LEADERBOARD_PUBLIC_FORM"


class TestEnvironment:
    def test_nothing_of_aws_and_no_proxy_gets_through(self) -> None:
        environ = {
            "PATH": "/bin",
            "AWS_PROFILE": "production",
            "AWS_SESSION_TOKEN": "real",
            "AWS_ACCESS_KEY_ID": "real",
            "AWS_ENDPOINT_URL_DYNAMODB": "https://example.com",
            "BOTO_CONFIG": "/etc/boto.cfg",
            "HTTPS_PROXY": "http://proxy:3128",
            "http_proxy": "http://proxy:3128",
        }

        found = local(environ, "http://127.0.0.1:4566")

        assert found == {
            "PATH": "/bin",
            "AWS_ACCESS_KEY_ID": "sandbox",
            "AWS_SECRET_ACCESS_KEY": "sandbox",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL": "http://127.0.0.1:4566",
            "AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:4566",
        }

    @pytest.mark.parametrize(("said", "form"), [({}, "open"), ({FORM: "operators"}, "operators")])
    def test_a_sandbox_s_form_is_open_unless_it_is_said_not_to_be(
        self, said: dict[str, str], form: str
    ) -> None:
        assert sandbox(said, "http://127.0.0.1:4566")[FORM] == form

    def test_a_process_s_own_environment_comes_back(self) -> None:
        before = dict(os.environ)

        with within({"ONLY": "this"}):
            assert dict(os.environ) == {"ONLY": "this"}

        assert dict(os.environ) == before


class TestLock:
    def test_it_is_held_by_one_at_a_time(self, place: Place) -> None:
        with held(place.lock), pytest.raises(Problem) as refused, held(place.lock):
            pass

        assert refused.value.message == (
            f"A sandbox is running in {place.folder} already (process {os.getpid()}): "
            "use that one, or stop it by Ctrl-C where it runs."
        )

    def test_it_is_free_again_afterwards(self, place: Place) -> None:
        with held(place.lock):
            assert is_held(place.lock)

        assert not is_held(place.lock)
        with held(place.lock):
            assert is_held(place.lock)

    def test_what_a_killed_holder_left_is_no_obstacle(self, place: Place) -> None:
        place.lock.write_text("999999999", encoding="ascii")

        assert not is_held(place.lock)
        with held(place.lock):
            assert place.lock.read_text(encoding="ascii") == str(os.getpid())

    @pytest.mark.slow
    def test_a_child_that_outlives_a_killed_holder_is_waited_for(self, place: Place) -> None:
        with held(place.lock) as descriptor:
            child = subprocess.Popen(
                [sys.executable, "-c", "import time; time.sleep(1)"], pass_fds=[descriptor]
            )
            place.lock.write_text("999999999", encoding="ascii")
        started = time.monotonic()

        with held(place.lock):
            assert time.monotonic() - started > 0.5

        assert child.wait() == 0


class TestPlace:
    def test_the_secret_is_made_once_for_the_owner_s_eyes_only(self, place: Place) -> None:
        key = place.secret_key()

        assert len(key) == 64
        assert place.secret_key() == key
        assert stat.S_IMODE((place.folder / "secret-key").stat().st_mode) == 0o600
        assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700

    def test_emptying_it_takes_away_what_a_sandbox_made_and_nothing_else(
        self, place: Place
    ) -> None:
        mine = place.folder / "notes.txt"
        mine.write_text("mine", encoding="utf-8")
        place.data.mkdir()
        (place.data / "dynamodb.json").touch()
        place.log_of("oregon").touch()
        place.secret_key()

        with held(place.lock):
            place.empty()

        assert sorted(file.name for file in place.folder.iterdir()) == ["lock", "notes.txt"]

    def test_a_running_sandbox_is_found(self, place: Place) -> None:
        with held(place.lock):
            place.announce(RUNNING)

            assert place.running() == RUNNING

    def test_what_a_killed_sandbox_announced_is_not_believed(self, place: Place) -> None:
        with held(place.lock):
            place.announce(RUNNING)

        assert place.running() is None

    def test_a_sandbox_that_is_still_starting_is_not_found(self, place: Place) -> None:
        with held(place.lock):
            assert place.running() is None

    def test_it_is_named_by_the_environment(self, tmp_path: Path) -> None:
        assert Place.of({"LEADERBOARD_SANDBOX": str(tmp_path)}).folder == tmp_path
        assert Place.of({}).folder.name == ".sandbox"

    def test_a_folder_that_can_t_be_made_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()

        with pytest.raises(Problem, match="file/sandbox can't be made: Not a directory"):
            Place(tmp_path / "file" / "sandbox").make()


class TestStopping:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_the_first_signal_interrupts_and_further_ones_don_t(self, number: int) -> None:
        with listening() as stopping:
            with pytest.raises(KeyboardInterrupt):
                signal.raise_signal(number)
            signal.raise_signal(number)

        assert stopping.asked

    def test_what_is_being_ended_is_not_interrupted(self) -> None:
        with listening() as stopping:
            stopping.close()
            signal.raise_signal(signal.SIGINT)

        assert stopping.asked

    def test_signals_are_handled_as_before_afterwards(self) -> None:
        before = signal.getsignal(signal.SIGTERM)

        with listening():
            assert signal.getsignal(signal.SIGTERM) != before

        assert signal.getsignal(signal.SIGTERM) == before


class TestLoopback:
    def test_a_port_that_is_taken_gives_another(self) -> None:
        with loopback.listen() as taken:
            port = loopback.port_of(taken)
            with loopback.listen_near(port) as other:
                assert loopback.port_of(other) != port

    def test_a_port_that_is_free_is_taken(self) -> None:
        port = loopback.free_port()

        with loopback.listen_near(port) as listener:
            assert listener.getsockname() == ("127.0.0.1", port)

    def test_nobody_s_answer_is_none(self) -> None:
        assert loopback.get(loopback.free_port(), "/") is None

    def test_waiting_has_an_end(self) -> None:
        assert not loopback.wait_until(lambda: False, 0.1)


class TestParts:
    @pytest.fixture
    def modules(self, tmp_path: Path) -> Iterator[Path]:
        """A folder whose modules can be started as parts."""
        with within({**os.environ, "PYTHONPATH": str(tmp_path)}):
            yield tmp_path

    def start(self, folder: Path, code: str) -> Part:
        (folder / "part_under_test.py").write_text(code, encoding="utf-8")
        return Part.start("Oregon", "part_under_test", os.environ, folder / "oregon.log")

    def test_an_end_is_told_with_code_and_last_words(self, modules: Path) -> None:
        part = self.start(modules, "import sys; print('one'); sys.exit('two')")
        part.process.wait()

        with pytest.raises(PartFailed) as failed:
            part.check()
        part.stop()

        assert str(failed.value).splitlines() == [
            f"Oregon ended by itself (exit code 1). The end of {modules}/oregon.log:",
            "    one",
            "    two",
        ]

    def test_an_end_by_a_signal_is_told_by_its_name(self, modules: Path) -> None:
        part = self.start(modules, "import os; os.kill(os.getpid(), 9)")
        part.process.wait()

        with pytest.raises(PartFailed, match=r"ended by itself \(SIGKILL\)\. Its log is empty"):
            part.check()
        part.stop()

    def test_what_a_part_leaves_behind_ends_with_it(self, modules: Path) -> None:
        part = self.start(
            modules,
            "import subprocess, sys, time\n"
            "sleeper = [sys.executable, '-c', 'import time; time.sleep(99)']\n"
            "print(subprocess.Popen(sleeper).pid, flush=True)\n"
            "time.sleep(99)\n",
        )
        assert loopback.wait_until(lambda: part.log.read_bytes().endswith(b"\n"), 30)
        left = int(part.log.read_text(encoding="ascii"))

        part.stop()

        def gone() -> bool:
            listed = subprocess.run(["ps", "-p", str(left), "-o", "stat="], capture_output=True)  # noqa: S607, PLW1510
            return listed.stdout.strip()[:1] in {b"", b"Z"}

        assert loopback.wait_until(gone, 10)

    def test_a_part_that_does_not_listen_is_killed_after_a_while(self, modules: Path) -> None:
        part = self.start(
            modules,
            "import signal, time\n"
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            "print('deaf', flush=True)\n"
            "time.sleep(99)\n",
        )
        assert loopback.wait_until(lambda: part.log.read_bytes() == b"deaf\n", 30)

        part.stop(patience=0.1)

        assert part.process.returncode == -signal.SIGKILL

    def test_a_part_ends_when_its_parent_s_end_of_the_line_is_gone(self, modules: Path) -> None:
        part = self.start(
            modules,
            "import time\n"
            "from bootstrap.sandbox.lifeline import hold_on\n"
            "hold_on()\n"
            "time.sleep(99)\n",
        )
        assert part.process.stdin

        part.process.stdin.close()

        assert part.process.wait(30) == -signal.SIGTERM
        part.stop()


@pytest.mark.ministack
class TestMiniStack:
    def test_its_state_is_kept_for_the_next_on_the_same_folder(self, tmp_path: Path) -> None:
        with running_ministack(tmp_path / "state") as endpoint:
            create(endpoint, "kept")

        with running_ministack(tmp_path / "state") as endpoint:
            assert tables(endpoint) == ["kept"]

    def test_two_at_a_time_know_nothing_of_each_other(self, tmp_path: Path) -> None:
        with (
            running_ministack(tmp_path / "one") as one,
            running_ministack(tmp_path / "two") as two,
        ):
            create(one, "mine")

            assert tables(two) == []

    def test_it_listens_on_loopback_alone(self, tmp_path: Path) -> None:
        with running_ministack(tmp_path) as endpoint:
            log = (tmp_path / "ministack.log").read_text(encoding="utf-8")

        assert f"Running on {endpoint} " in log
        assert "0.0.0.0" not in log  # noqa: S104

    @pytest.mark.slow
    def test_what_can_t_start_says_why(self, tmp_path: Path) -> None:
        with loopback.listen() as taken, pytest.raises(PartFailed) as failed:
            ministack.start(tmp_path, tmp_path / "log", pick_port=lambda: loopback.port_of(taken))

        assert "MiniStack ended by itself (exit code 1)" in str(failed.value)
        assert "is already in use" in str(failed.value)


def create(endpoint: str, name: str) -> None:
    boto3.client("dynamodb", region_name="us-west-2", endpoint_url=endpoint).create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
    )


def tables(endpoint: str) -> list[str]:
    client = boto3.client("dynamodb", region_name="us-west-2", endpoint_url=endpoint)
    return client.list_tables()["TableNames"]


def test_the_announcement_can_be_read_by_others(place: Place) -> None:
    place.announce(RUNNING)

    assert json.loads((place.folder / "state.json").read_text(encoding="utf-8")) == {
        "pid": 1,
        "endpoint": "http://127.0.0.1:1",
        "sites": {"us-west-2": "http://127.0.0.1:2"},
    }
