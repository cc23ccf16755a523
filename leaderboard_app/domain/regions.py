"""Regions: when each was last heard from, and which are draining."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

NO_TIME = timedelta()

LATE_AFTER = timedelta(minutes=2)
"""A region beats once a minute, the finest that AWS schedules: by then a beat is missing. One may
be, to a cold start or a slow minute of replication."""

SILENT_AFTER = timedelta(minutes=5)
"""Four beats missing in a row are no chance: the region is down, cut off, or its schedule stands
still."""


class Freshness(StrEnum):
    """How lately a region was heard from."""

    FRESH = "fresh"
    LATE = "late"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Draining:
    """A region is being emptied: traffic is led to the others. It still serves whoever comes.

    Attributes:
        by: who decided.
        why: for those who ask later.
        since: when.
    """

    by: str
    why: str
    since: datetime


@dataclass(frozen=True, slots=True)
class RegionState:
    """What is known of a region, where one looks from.

    Attributes:
        region: its name, as `us-west-2`.
        heartbeat: when it last said that it is alive; None where it was never heard from.
        version: the release that it then ran; empty where that is not known.
        site: its web address without a slash behind; None where that is not known.
        draining: who is emptying it, why and since when; None while it takes traffic.
    """

    region: str
    heartbeat: datetime | None = None
    version: str = ""
    site: str | None = None
    draining: Draining | None = None

    def age(self, now: datetime) -> timedelta | None:
        """Return how long ago the heartbeat was; None where there is none.

        Never less than nothing: clocks of two regions differ a little.
        """
        return max(now - self.heartbeat, NO_TIME) if self.heartbeat else None

    def freshness(self, now: datetime) -> Freshness:
        """Return how lately the region was heard from; one that never was, is silent."""
        age = self.age(now)
        if age is None or age >= SILENT_AFTER:
            return Freshness.SILENT
        return Freshness.LATE if age >= LATE_AFTER else Freshness.FRESH


def can_drain(states: Iterable[RegionState], region: str) -> bool:
    """Say whether a region may be emptied: another one has to be left that is not draining.

    A silent one counts: that its heartbeat is not seen here does not say that it can't serve, and
    whoever drains a region in an emergency must not be stopped by a schedule that stands still.
    """
    return any(state.draining is None for state in states if state.region != region)
