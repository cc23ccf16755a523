"""A region's gate: the way from its server to MiniStack, which a person can cut and mend again.

While the file `cut-REGION` lies in the sandbox's folder, the region's DynamoDB is away for its
server: calls under way are broken off, new ones are refused. Without it, bytes pass both ways.
"""

from __future__ import annotations

import socket
import threading
from contextlib import closing, suppress
from pathlib import Path

from bootstrap.sandbox import loopback

_CHUNK = 65_536
_LOOK_SECONDS = 0.1


class Gate:
    """Passes connections on to a port, unless it is cut."""

    def __init__(self, target_port: int, cut: Path) -> None:
        """Listen on a free port; pass on to `target_port` while there is no file `cut`."""
        self._target_port = target_port
        self._cut = cut
        self._listener = loopback.listen()
        self.address = loopback.address_of(loopback.port_of(self._listener))
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        for work in (self._accept, self._watch):
            threading.Thread(target=work, name="gate", daemon=True).start()

    def close(self) -> None:
        """Pass nothing on any more."""
        self._listener.close()
        self._break_off()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                inner, _ = self._listener.accept()
                if self._cut.exists():
                    inner.close()
                else:
                    threading.Thread(target=self._pass_on, args=(inner,), daemon=True).start()

    def _pass_on(self, inner: socket.socket) -> None:
        with suppress(OSError), closing(inner):
            outer = socket.create_connection((loopback.HOST, self._target_port))
            with closing(outer):
                self._remember(inner, outer)
                back = threading.Thread(target=_copy, args=(outer, inner), daemon=True)
                back.start()
                _copy(inner, outer)
                back.join()
                self._forget(inner, outer)

    def _watch(self) -> None:
        """Break off what is under way as soon as the gate is cut."""
        pause = threading.Event()
        while self._listener.fileno() >= 0:
            if self._cut.exists():
                self._break_off()
            pause.wait(_LOOK_SECONDS)

    def _break_off(self) -> None:
        with self._lock:
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def _remember(self, *connections: socket.socket) -> None:
        with self._lock:
            self._open.update(connections)

    def _forget(self, *connections: socket.socket) -> None:
        with self._lock:
            self._open.difference_update(connections)


def _copy(source: socket.socket, sink: socket.socket) -> None:
    """Copy until one side ends, then end the other."""
    with suppress(OSError):
        while data := source.recv(_CHUNK):
            sink.sendall(data)
    for connection in (source, sink):
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
