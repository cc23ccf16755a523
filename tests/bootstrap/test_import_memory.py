"""A big file's import holds no more in memory than a smaller one's."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MEASURE = """
import json, resource, sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bootstrap.importing.load import Import
from bootstrap.importing.sources import opened
from leaderboard_app.domain.boards import Board
from leaderboard_app.gateway.chunks import chunks_of
from leaderboard_app.usecases.ports import Loaded

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Dropping:
    # Puts submissions into the real chunks, and drops those.
    def load(self, board, submissions, now):
        for chunk in chunks_of(board, submissions, now):
            assert len(chunk) <= 100
            yield Loaded(stored=len(chunk.submissions))


def peak():
    # Linux counts the parent's memory into ru_maxrss: that of a pytest with all its tests.
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


found = []
for name in sys.argv[1:]:
    with opened(Path(name)) as file:
        run = Import(file, Board("global", "Global"), Dropping(), NOW)
        good = run.check().good
        stored = run.load(lambda _: None).stored
    found.append([good, stored, peak()])
print(json.dumps(found))
"""

MEGABYTE = 2**20
AT_MOST = 300 * MEGABYTE
GROWTH_AT_MOST = 20 * MEGABYTE
"""A tenth of what 180,000 submissions would take if they were held."""


def rows(number: int) -> str:
    """Return rows of as many players as rows, so that anything kept by player would show."""
    days = "".join(
        f"Player {n},FI,{n},2026-11-{1 + n % 20:02}T10:{n % 60:02}:00Z\n" for n in range(number)
    )
    return f"player,country,score,achieved_at\n{days}"


@pytest.mark.slow
def test_ten_times_the_rows_take_no_more_memory(tmp_path: Path) -> None:
    small, big = tmp_path / "small.csv", tmp_path / "big.csv"
    for file, number in ((small, 20_000), (big, 200_000)):
        file.write_text(rows(number), encoding="utf-8")

    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, str(small), str(big)],
        capture_output=True,
        text=True,
        check=True,
    )

    (_, _, before), (good, stored, after) = json.loads(measured.stdout)
    assert (good, stored) == (200_000, 200_000)
    assert after - before < GROWTH_AT_MOST
    assert after < AT_MOST
