"""The tops of rankings, remembered for a moment: a rush of readers costs one Query a process."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from leaderboard_app.domain.rankings import Page, View
from leaderboard_app.usecases.pages import PAGE_ROWS, top
from leaderboard_app.usecases.ports import Store

MOST_KEPT = 64
"""Rankings whose top is remembered at once; the one read longest ago gives way."""


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """A top that is being read, or was."""

    began: datetime
    page: Future[Page] = field(default_factory=Future)


class Tops:
    """The first pages of a store's rankings, each at most `kept` old.

    Who asks while a top is being read waits for that reading. What fails is told to those who
    waited, and remembered no longer. What one's own submission changed is read around the player
    and not here: see `ranks.around`.
    """

    def __init__(
        self, store: Store, clock: Callable[[], datetime], kept: timedelta, most: int = MOST_KEPT
    ) -> None:
        """Remember nothing yet; nothing ever where `kept` is no time at all."""
        self._store = store
        self._clock = clock
        self._kept = kept
        self._most = most
        self._readings: dict[View, _Reading] = {}
        self._lock = Lock()

    def top(self, view: View) -> Page:
        """Return the first page of a ranking.

        Raises:
            StoreUnavailable: it is not in memory and can't be read.
        """
        now = self._clock()
        if not self._kept:
            return top(self._store, view, now, PAGE_ROWS)
        with self._lock:
            known = self._readings.get(view)
            # A clock that was set back makes what is known no younger.
            if known and timedelta() <= now - known.began < self._kept:
                reading, is_ours = known, False
            else:
                reading, is_ours = self._begin(view, now), True
        if is_ours:
            self._read(view, reading)
        return reading.page.result()

    def _begin(self, view: View, now: datetime) -> _Reading:
        # Taken out first, so that the order is that of their readings.
        self._readings.pop(view, None)
        if len(self._readings) >= self._most:
            del self._readings[next(iter(self._readings))]
        reading = self._readings[view] = _Reading(now)
        return reading

    def _read(self, view: View, reading: _Reading) -> None:
        try:
            page = top(self._store, view, reading.began, PAGE_ROWS)
        except BaseException as error:  # noqa: BLE001 - it is told, to this reader as well.
            # Whatever it is: those who wait must hear of it, and nobody after them.
            with self._lock:
                if self._readings.get(view) is reading:
                    del self._readings[view]
            reading.page.set_exception(error)
            return
        reading.page.set_result(page)
