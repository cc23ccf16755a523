"""One sandbox a folder at a time, by a lock that the system takes back from whoever ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bootstrap.exits import Problem
from bootstrap.sandbox.parts import STOP_SECONDS

_PAUSE_SECONDS = 0.1
_GLANCE_SECONDS = 0.5


@contextmanager
def held(path: Path) -> Iterator[int]:
    """Hold the lock of a file for a while, and yield the open file that it hangs on.

    A child that is given the open file holds the lock too. So when this process is killed, the
    lock is free only when MiniStack has saved its state; that is waited for.

    Raises:
        Problem: another sandbox holds it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(descriptor, path)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Say whether a sandbox holds the lock of a file."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _try(descriptor, fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    started = time.monotonic()
    while not _try(descriptor, fcntl.LOCK_EX):
        holder = os.pread(descriptor, 20, 0).decode(errors="replace")
        waited = time.monotonic() - started
        # A lock whose holder is gone is on its way out; any other may be somebody's glance.
        if waited > (_GLANCE_SECONDS if _is_alive(holder) else STOP_SECONDS):
            raise Problem(
                f"A sandbox is running in {path.parent} already (process {holder}): "
                "use that one, or stop it by Ctrl-C where it runs."
            )
        time.sleep(_PAUSE_SECONDS)


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(process_id: str) -> bool:
    if not process_id.isdigit():
        return False
    try:
        os.kill(int(process_id), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
