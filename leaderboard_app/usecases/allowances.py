"""Allowances counted in the local region's table, so that they hold for all its processes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from leaderboard_app.domain.allowances import (
    MINUTE,
    Allowance,
    AllowanceExceeded,
    Client,
    minute_of,
)
from leaderboard_app.usecases.ports import Counters

MOST_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class Permit:
    """A count that is under way beside the work that it is for."""

    wait: Callable[[], Allowance]

    def check(self) -> Allowance:
        """Return what is left of the allowance.

        Raises:
            AllowanceExceeded: nothing is.
            StoreUnavailable: the count could not be stored.
        """
        allowance = self.wait()
        if allowance.is_exceeded:
            raise AllowanceExceeded(allowance)
        return allowance


class Allowances:
    """What clients may do, a minute at a time."""

    def __init__(self, counters: Counters, clock: Callable[[], datetime]) -> None:
        """Know of nobody yet."""
        self._counters = counters
        self._clock = clock
        self._exceeded: OrderedDict[Client, Allowance] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: Client, limit: int, number: int = 1) -> Permit:
        """Begin to count and return at once: one write, whose outcome the permit waits for.

        Who is known here to have had too much is not counted on: refusing costs no write.
        """
        minute = minute_of(self._clock())
        known = self._exceeded.get(client)
        if known and known.resets_at > minute:
            return Permit(lambda: known)
        count = self._counters.count(client, minute, number)

        def wait() -> Allowance:
            allowance = Allowance(limit, count(), minute + MINUTE)
            if allowance.is_exceeded:
                self._remember(client, allowance)
            return allowance

        return Permit(wait)

    def _remember(self, client: Client, allowance: Allowance) -> None:
        with self._lock:
            self._exceeded.pop(client, None)
            self._exceeded[client] = allowance
            if len(self._exceeded) > MOST_REMEMBERED:
                self._exceeded.popitem(last=False)
