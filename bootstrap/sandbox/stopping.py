"""Being asked to stop: by Ctrl-C, by `kill`, by a terminal that is closed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopping:
    """Whether somebody asked to stop; the first who does raises KeyboardInterrupt, once."""

    def __init__(self) -> None:
        """Nobody has yet."""
        self.asked = False
        self._closed = False

    def close(self) -> None:
        """From now on, take note and raise nothing: what is being ended, is ended in order."""
        self._closed = True

    def handle(self, _signal: int, _frame: FrameType | None) -> None:
        """Take note of a signal."""
        self.asked = True
        if not self._closed:
            self._closed = True
            raise KeyboardInterrupt


@contextmanager
def listening() -> Iterator[Stopping]:
    """Listen for signals for a while."""
    stopping = Stopping()
    before = {number: signal.signal(number, stopping.handle) for number in _SIGNALS}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
