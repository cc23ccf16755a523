"""A sandbox while it runs: both regions, and who comes beside it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from urllib.error import HTTPError

import pytest
from flask.cli import NoAppException

from bootstrap import exits
from bootstrap.sandbox import loopback
from bootstrap.sandbox.environment import within
from bootstrap.sandbox.local import create_app
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.usecases.walk_ports import Walks
from tests.bootstrap.sandboxes import ADDED, RunningSandbox, add_score, get, started

OREGON, DUBLIN = "us-west-2", "eu-west-1"
WALK_SECONDS, EXAMPLE_PLAYERS = 60, 400

pytestmark = [pytest.mark.ministack, pytest.mark.slow]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    """One sandbox for all of these, whose first port was taken."""
    folder = tmp_path_factory.mktemp("sandbox")
    with loopback.listen() as taken, started(folder, port=loopback.port_of(taken)) as sandbox:
        assert loopback.port_of(taken) not in sandbox.ports()
        yield sandbox


def test_both_addresses_are_printed_and_serve_their_regions(sandbox: RunningSandbox) -> None:
    for region, place in ((OREGON, "Oregon"), (DUBLIN, "Dublin")):
        address = sandbox.running.sites[region]

        assert f"  {address}  {place} ({region})\n" in sandbox.output()
        assert json.loads(get(f"{address}/healthz"))["region"] == region


def test_the_example_scores_are_shown_in_both_regions(sandbox: RunningSandbox) -> None:
    for address in sandbox.running.sites.values():
        assert get(address).count("<tr") >= 25


def test_the_example_scores_have_their_places_by_themselves(sandbox: RunningSandbox) -> None:
    """Every region walks for itself, soon after the start."""
    for region in (OREGON, DUBLIN):
        walks = sandbox.store(region).walks
        assert loopback.wait_until(partial(_has_walked, walks), WALK_SECONDS), region


def _has_walked(walks: Walks) -> bool:
    walked = walks.walked("global", datetime.now(UTC)).get(ALL_TIME)
    return walked is not None and walked.past.total >= EXAMPLE_PLAYERS


def test_a_score_added_in_oregon_is_shown_in_dublin(sandbox: RunningSandbox) -> None:
    add_score(sandbox, OREGON)

    # Dublin may remember its top for a second.
    site = sandbox.running.sites[DUBLIN]
    assert loopback.wait_until(lambda: ADDED in get(site), 10)


def test_each_page_leads_to_the_other_region(sandbox: RunningSandbox) -> None:
    assert sandbox.running.sites[DUBLIN] in get(sandbox.running.sites[OREGON])


def test_it_listens_on_one_loopback_address_alone(sandbox: RunningSandbox) -> None:
    # Whoever listens on all addresses answers at this one too, where the system has it at all.
    for port in sandbox.ports():
        with socket.socket() as client:
            client.settimeout(2)
            assert client.connect_ex(("127.0.0.2", port)) != 0


def test_a_second_one_in_the_same_folder_is_refused(sandbox: RunningSandbox) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "bootstrap", "sandbox", "--folder", str(sandbox.place.folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert second.returncode == exits.REFUSED
    assert second.stdout == ""
    assert second.stderr == (
        f"Error: A sandbox is running in {sandbox.place.folder} already (process "
        f"{sandbox.process.pid}): use that one, or stop it by Ctrl-C where it runs.\n"
    )
    assert sandbox.process.poll() is None


@pytest.mark.parametrize(
    ("environ", "region"),
    [
        ({}, OREGON),
        ({"AWS_REGION": DUBLIN}, DUBLIN),
        ({"AWS_REGION": "us-east-1"}, OREGON),
        ({"AWS_REGION": OREGON, "LEADERBOARD_REGION": DUBLIN}, DUBLIN),
    ],
)
def test_a_flask_run_beside_it_serves_its_data(
    sandbox: RunningSandbox, environ: dict[str, str], region: str
) -> None:
    folder = {"LEADERBOARD_SANDBOX": str(sandbox.place.folder)}
    with within({**os.environ, **folder, **environ}):
        client = create_app().test_client()

        assert client.get("/healthz").json == {
            "status": "ok",
            "region": region,
            "store": "ok",
        }
        assert client.get("/", follow_redirects=True).text.count("<tr") >= 25


def test_a_flask_run_in_a_region_without_a_stage_is_refused(sandbox: RunningSandbox) -> None:
    environ = {
        "LEADERBOARD_SANDBOX": str(sandbox.place.folder),
        "LEADERBOARD_REGION": "us-east-1",
    }
    with (
        within({**os.environ, **environ}),
        pytest.raises(NoAppException, match="No stage runs in 'us-east-1'"),
    ):
        create_app()


def test_each_region_beats_by_itself_and_is_heard_from_in_the_other(
    sandbox: RunningSandbox,
) -> None:
    for address in sandbox.running.sites.values():
        first = _heartbeats(address)
        assert first.keys() == sandbox.running.sites.keys()
        assert loopback.wait_until(partial(_all_beat_since, first, address), 30)
        assert "heard from" in get(address)


def _all_beat_since(first: dict[str, str], address: str) -> bool:
    return all(later > first[region] for region, later in _heartbeats(address).items())


def _heartbeats(address: str) -> dict[str, str]:
    """Return when each region was last heard from, as seen at an address."""
    regions = json.loads(get(f"{address}/status.json"))["regions"]
    return {each["region"]: each["heartbeat"] or "" for each in regions}


def test_a_region_that_is_drained_says_so_and_serves_on(sandbox: RunningSandbox) -> None:
    address = sandbox.running.sites[DUBLIN]
    sandbox.drain(DUBLIN)
    try:
        assert loopback.wait_until(lambda: 'id="draining"' in get(address), 30)
        with pytest.raises(HTTPError) as refused:
            get(f"{address}/healthz")
        assert refused.value.code == 503
        refused.value.close()
    finally:
        sandbox.readmit(DUBLIN)
    assert json.loads(get(f"{address}/healthz"))["status"] == "ok"
