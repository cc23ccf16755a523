"""A child's hold on its parent: when the parent is gone, for whatever reason, so is the child."""

from __future__ import annotations

import os
import signal
import sys
from threading import Thread


def hold_on() -> None:
    """End this process by SIGTERM as soon as its standard input ends.

    The parent keeps the other end of that pipe, and the system closes it with the parent: also
    where the parent was killed and could tell nobody.
    """
    Thread(target=_wait_for_the_end, name="lifeline", daemon=True).start()


def _wait_for_the_end() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
