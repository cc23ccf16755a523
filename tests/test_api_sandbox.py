"""Keys in both regions of the sandbox, made, revoked and rotated by the operators' commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from leaderboard_app.domain.keys import Secret
from leaderboard_app.domain.submissions import SubmissionId
from tests.bootstrap.sandboxes import started

pytestmark = [pytest.mark.ministack, pytest.mark.slow]

Json = dict[str, Any]

EFFECTIVE_SECONDS = 30.0
"""What the commands promise; the caches' 20 s are in it."""


@dataclass(frozen=True)
class Regions:
    """Both regions of a sandbox that runs, and its operator's commands."""

    folder: Path
    sites: dict[str, str]

    def keys(self, *arguments: str) -> str:
        """Run a command on the sandbox's keys; return what it prints on standard output."""
        done = subprocess.run(
            [sys.executable, "-m", "bootstrap", "--sandbox", "keys", *arguments],
            env={**os.environ, "LEADERBOARD_SANDBOX": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def create(self, label: str) -> str:
        """Make a key; return its secret."""
        return self.keys("create", "--label", label, "--scope", "submit")

    def send(self, secret: str, sent: Json) -> list[tuple[int, Json]]:
        """Send the same to both regions; return how each answers."""
        return [self._send(site, secret, sent) for site in self.sites.values()]

    def statuses(self, secret: str, sent: Json) -> list[int]:
        return [status for status, _ in self.send(secret, sent)]

    def _send(self, site: str, secret: str, sent: Json) -> tuple[int, Json]:
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        address = f"{site}/api/v1/boards/global/submissions"
        request = Request(address, json.dumps(sent).encode(), headers)  # noqa: S310 - loopback.
        try:
            with urlopen(request, timeout=10) as answer:  # noqa: S310 - as above.
                return answer.status, json.load(answer)
        except HTTPError as error:
            with error:
                return error.code, json.load(error)


@pytest.fixture
def regions(tmp_path: Path) -> Iterator[Regions]:
    with started(tmp_path) as sandbox:
        yield Regions(tmp_path / "data", sandbox.running.sites)


def submission(name: str) -> Json:
    """Return a submission of a player's own."""
    made = SubmissionId.make(datetime.now(UTC), name.encode().ljust(10)[:10])
    who = {"player_id": name, "name": name.capitalize(), "country": "FI"}
    return {"submission_id": made.value, "score": 5, **who}


def test_keys_are_made_revoked_and_rotated_for_both_regions(regions: Regions) -> None:
    kept, revoked, rotated = (regions.create(label) for label in ("kept", "revoked", "rotated"))
    for name, secret in (("ada", kept), ("bo", revoked), ("cy", rotated)):
        (first, there), (again, here) = regions.send(secret, submission(name))
        # The other region may hear of it only later: then it is new there, and counts once too.
        assert first == 201
        assert again in {200, 201}
        assert there["submission"]["score"] == here["submission"]["score"] == 5
    regions.keys("revoke", str(Secret(revoked).key_id))
    renewed = regions.keys("rotate", str(Secret(rotated).key_id), "--grace", "0")
    deadline = time.monotonic() + EFFECTIVE_SECONDS
    while {*regions.statuses(revoked, submission("bo"))} != {401}:
        assert time.monotonic() < deadline, "a revoked key is still good"
        time.sleep(0.5)
    while {*regions.statuses(rotated, submission("cy"))} != {401}:
        assert time.monotonic() < deadline, "a rotated key's former secret is still good"
        time.sleep(0.5)
    for secret in (renewed, kept):
        assert set(regions.statuses(secret, submission("ada"))) <= {200, 201}
