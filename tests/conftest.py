"""What every test gets: dummy credentials, no way out to the internet, and fixed times."""

from __future__ import annotations

import os
import socket
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from threading import RLock
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest
from hypothesis import settings
from moto.core.botocore_stubber import BotocoreStubber

from tests.ministack import running_ministack

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LOOPBACK = ("127.", "::1", "localhost", "/")

LONGEST = {"convergence", "deploying"}
"""The folders of tests that take minutes."""

# Before anything makes a client: nothing may find a person's credentials or region.
# An endpoint that is named for the gateway's contract is asked there, and nowhere by chance.
NAMED_ENDPOINT = os.environ.get("AWS_ENDPOINT_URL_DYNAMODB")
for variable in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[variable]
os.environ.update(
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    AWS_EC2_METADATA_DISABLED="true",
    AWS_CONFIG_FILE=os.devnull,
    AWS_SHARED_CREDENTIALS_FILE=os.devnull,
)

# A shared machine may pause any test for long: what counts here is counted, not timed.
settings.register_profile("default", deadline=None)
settings.load_profile("default")


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
    """Let no test reach another machine, whatever a library tries."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:  # noqa: ANN401 - as in socket.
        host = address[0] if isinstance(address, tuple) else str(address)
        if not str(host).startswith(LOOPBACK):
            raise AssertionError(f"A test tried to reach {host}: only loopback is allowed.")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def _one_at_a_time() -> Iterator[None]:
    """Let moto answer one call at a time: its tables break where threads read and write them."""
    process, lock = BotocoreStubber.process_request, RLock()

    def alone(stubber: BotocoreStubber, request: AWSPreparedRequest) -> Any:  # noqa: ANN401 - as moto's.
        with lock:
            return process(stubber, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BotocoreStubber, "process_request", alone)
        yield


@pytest.fixture(scope="session")
def ministack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a MiniStack that lives as long as the tests."""
    folder = tmp_path_factory.mktemp("ministack")
    with running_ministack(folder, ("dynamodb", "ssm")) as endpoint:
        yield endpoint


@pytest.fixture
def now() -> datetime:
    """Return a fixed time: noon of 23 November 2026, a Monday, in UTC."""
    return NOW


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let several workers begin with the longest tests, so that in the end none waits for one."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.path.parent.name not in LONGEST)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what would be skipped under CI=true: CI has all that a test may need."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
    return report
