"""Ports and answers on this machine's loopback interface, past any proxy."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable

HOST = "127.0.0.1"
_PAUSE_SECONDS = 0.05
_ANSWER_SECONDS = 2.0


def listen(port: int = 0) -> socket.socket:
    """Return a socket that listens on a port; 0 takes a free one.

    Raises:
        OSError: the port is taken, or not ours to take.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        # A server that ended a moment ago leaves its port waiting; it is free all the same.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def listen_near(port: int) -> socket.socket:
    """Return a socket that listens on a port, or on a free one where that is taken."""
    try:
        return listen(port)
    except OSError:
        return listen()


def address_of(port: int) -> str:
    """Return the web address of a port."""
    return f"http://{HOST}:{port}"


def port_of(listener: socket.socket) -> int:
    """Return the port of a listening socket."""
    port: int = listener.getsockname()[1]
    return port


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with listen() as listener:
        return port_of(listener)


def get(port: int, path: str) -> tuple[int, bytes] | None:
    """Return status and body of what a port answers to a GET; None where it does not answer."""
    connection = http.client.HTTPConnection(HOST, port, timeout=_ANSWER_SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def wait_until(holds: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again until something holds; False where it does not in that time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE_SECONDS)
    return True
