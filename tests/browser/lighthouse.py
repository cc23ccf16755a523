"""Google's Lighthouse, asked of pages as a sandbox serves them, and what is known to be missing."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bootstrap.sandbox.loopback import wait_until
from tests.bootstrap.sandboxes import get

FOLDER = Path(__file__).resolve().parents[2] / ".ci/lighthouse"
NODE, CHROMIUM = shutil.which("node") or "", shutil.which("chromium") or ""
HINT = "no Lighthouse: npm --prefix .ci/lighthouse ci, and apt-get install chromium"
IS_INSTALLED = bool(NODE and CHROMIUM and (FOLDER / "node_modules").is_dir())
needs_lighthouse = pytest.mark.skipif(not IS_INSTALLED, reason=HINT)

MOBILE, DESKTOP = "mobile", "desktop"
ALL_POINTS = 100
A_RUN_SECONDS = 120
FULL_WITHIN_SECONDS = 60
"""A sandbox counts its rankings a while after its start: before, there are no pictures of them."""

BOARD = "/boards/global"
A_PLAYER = "a player of the first places"
"""Stands for the path of a player whom the board itself names."""


@dataclass(frozen=True)
class Note:
    """Why an audit fails, and is meant to."""

    audit: str
    reason: str


ASKED_FROM_WITHIN = Note(
    "robots-txt",
    "Lighthouse asks for robots.txt from within the page, and the policy of a page without a "
    "script lets it connect to nowhere. From the board's page, the same file is found valid.",
)


@dataclass(frozen=True)
class JudgedPage:
    """A page that is held to 100.

    Attributes:
        name: what the table calls it.
        path: where it is.
        full: the id of what stands there once it has something to show.
        notes: which audits fail, and why.
        has_script: whether it may fetch a script.
    """

    name: str
    path: str
    full: str
    notes: tuple[Note, ...] = (ASKED_FROM_WITHIN,)
    has_script: bool = False

    def __str__(self) -> str:
        return self.name

    @property
    def noted(self) -> set[str]:
        """The audits with a note."""
        return {note.audit for note in self.notes}


THE_BOARD = JudgedPage("board", BOARD, "ranking", notes=(), has_script=True)
PAGES = (
    THE_BOARD,
    JudgedPage("player", A_PLAYER, "spread"),
    JudgedPage("spread", f"{BOARD}/spread", "spread"),
    JudgedPage("past winners", f"{BOARD}/periods?kind=day", "past"),
    JudgedPage("score form", f"{BOARD}/scores/new", "score-form"),
    JudgedPage("status", "/status", "regions"),
)


@dataclass(frozen=True)
class Verdict:
    """What Lighthouse said of a page.

    Attributes:
        address: where it came to, behind all redirects.
        form: what it was shown on: mobile or desktop.
        scores: up to 100, by category; none where an audit broke.
        missing: each audit that cost points, as Lighthouse tells it.
        shift: the cumulative layout shift.
        blocking: the addresses that the first paint waits for.
        requests: what was fetched, each with its kind, address and bytes.
    """

    address: str
    form: str
    scores: Mapping[str, int | None]
    missing: Sequence[Mapping[str, Any]] = field(repr=False)
    shift: float
    blocking: Sequence[str]
    requests: Sequence[Mapping[str, Any]] = field(repr=False)

    def fetched(self, *kinds: str) -> list[str]:
        """Return the addresses of all requests of some kinds."""
        return [str(each["address"]) for each in self.requests if each["kind"] in kinds]


def address_of(page: JudgedPage, site: str) -> str:
    """Return where a page of a site is, once it has something to show."""
    address = site + _path_of(page, site)
    is_full = partial(_holds, address, f'id="{page.full}"')
    assert wait_until(is_full, FULL_WITHIN_SECONDS), f"{address} has no {page.full}"
    return address


def _path_of(page: JudgedPage, site: str) -> str:
    if page.path is not A_PLAYER:
        return page.path
    named = re.search(rf'href="({BOARD}/players/[^"?]+)', get(site + BOARD))
    assert named, "the board names no player"
    return named[1]


def _holds(address: str, text: str) -> bool:
    return text in get(address)


def judge(addresses: Sequence[str], *forms: str) -> list[Verdict]:
    """Return the verdicts on addresses, each on every form."""
    command = [NODE, "judge.mjs", CHROMIUM, ",".join(forms), *addresses]
    with subprocess.Popen(
        command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as ran:
        try:
            said, wrong = ran.communicate(timeout=A_RUN_SECONDS * len(addresses) * len(forms))
        finally:
            # An interrupted script ends its Chromium; one that were killed would leave it behind.
            if ran.poll() is None:
                ran.send_signal(signal.SIGINT)
    assert ran.returncode == 0, wrong
    return [Verdict(**each) for each in json.loads(said)]
