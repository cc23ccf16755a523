"""A MiniStack for tests: started on a free loopback port, ended with the tests that wanted it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bootstrap.sandbox import ministack


@contextmanager
def running_ministack(state_dir: Path, services: Sequence[str] = ("dynamodb",)) -> Iterator[str]:
    """Start MiniStack with its state in a folder, and yield its address.

    The state is saved there when the block ends, and read when another starts on the same folder.
    """
    state_dir.mkdir(parents=True, exist_ok=True)
    started = ministack.start(state_dir, state_dir / "ministack.log", services)
    try:
        yield started.endpoint
    finally:
        started.part.stop()
