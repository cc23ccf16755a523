"""The regions, alive and draining, in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.regions import Draining, RegionState


class MemoryRoster:
    """See `usecases.ports.Roster`; tells a store of every call to it, which may refuse."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note
        self._states: dict[str, RegionState] = {}

    def beat(self, region: str, at: datetime, version: str, site: str | None) -> None:
        self._note("beat")
        state = replace(self._of(region), heartbeat=at, version=version, site=site)
        self._states[region] = state

    def states(self) -> tuple[RegionState, ...]:
        self._note("states")
        return tuple(self._states.values())

    def glance(self) -> tuple[RegionState, ...]:
        self._note("glance")
        return tuple(self._states.values())

    def draining(self, region: str) -> Draining | None:
        self._note("draining")
        return self._of(region).draining

    def drain(self, region: str, act: Act) -> None:
        self._note("drain")
        draining = Draining(act.by, act.why, act.at)
        self._states[region] = replace(self._of(region), draining=draining)

    def readmit(self, region: str, act: Act) -> None:  # noqa: ARG002 - nobody asks who.
        self._note("readmit")
        self._states[region] = replace(self._of(region), draining=None)

    def _of(self, region: str) -> RegionState:
        return self._states.get(region) or RegionState(region)
