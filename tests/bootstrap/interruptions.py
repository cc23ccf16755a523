"""Ctrl-C at a chosen moment: before or after a client's n-th changing call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class CtrlC:
    """Raises KeyboardInterrupt once, at the n-th of the calls that are watched.

    Attributes:
        calls: how many were seen.
    """

    def __init__(
        self, clients: Iterable[Any], operations: Iterable[str], at: int, when: str
    ) -> None:
        """Watch operations, as `ssm.PutParameter`; `when` is `before-call` or `after-call`."""
        self.calls = 0
        self._at = at
        for client in clients:
            for operation in operations:
                client.meta.events.register(f"{when}.{operation}", self._count)

    def _count(self, **_: object) -> None:
        self.calls += 1
        if self.calls == self._at:
            raise KeyboardInterrupt
