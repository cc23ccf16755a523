"""One region's web server as a child of the sandbox: `python -m bootstrap.sandbox.serve FD`.

FD is the number of an open socket that listens already. Its parent took the port, so whatever
answers there is this server and no other.
"""

from __future__ import annotations

import signal
import socket
import sys
from types import FrameType

import waitress

from bootstrap.sandbox import schedule
from bootstrap.sandbox.lifeline import hold_on
from leaderboard_app.process import process

THREADS = 8


def serve(listener: socket.socket) -> None:
    """Serve the environment's region until SIGTERM, and run its jobs."""
    app = process().app
    schedule.start()
    waitress.serve(app, sockets=[listener], threads=THREADS, ident=None)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    hold_on()
    serve(socket.socket(fileno=int(sys.argv[1])))
