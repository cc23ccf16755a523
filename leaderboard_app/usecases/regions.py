"""The regions: say that this one is alive, see the others, and lead traffic away from one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.errors import InvalidValue, Refused
from leaderboard_app.domain.regions import RegionState, can_drain
from leaderboard_app.usecases.ports import Roster, StoreUnavailable

MAX_AGE = timedelta(seconds=5)
"""How long pages remember what they saw: a beat is a minute apart, and no page should wait for it.
What could not be read is not asked for again any sooner."""


class LastRegion(Refused):
    """Every other region is draining: somebody has to serve."""


def beat(roster: Roster, region: str, version: str, site: str | None, now: datetime) -> None:
    """Say that a region is alive, which release it runs and where its pages are.

    Raises:
        StoreUnavailable: nobody will know.
    """
    roster.beat(region, now, version, site)


def drain(roster: Roster, regions: Sequence[str], region: str, act: Act) -> None:
    """Mark a region as draining, so that its health check fails and traffic leaves.

    Safe to repeat. Two operators who drain different regions at one moment can still drain all;
    Route 53 then takes every region as healthy.

    Args:
        roster: the regions, as seen from any of them.
        regions: all of the deployment.
        region: one of them.
        act: who, why, when.

    Raises:
        InvalidValue: the deployment has no such region.
        LastRegion: all others are draining.
        StoreUnavailable: nothing was done.
    """
    _check(regions, region)
    if not can_drain(complete(roster.states(), regions), region):
        raise LastRegion(f"All regions but {region} are draining: readmit one of them first.")
    roster.drain(region, act)


def readmit(roster: Roster, regions: Sequence[str], region: str, act: Act) -> None:
    """Mark a region as taking traffic again. Safe to repeat.

    Raises:
        InvalidValue: the deployment has no such region.
        StoreUnavailable: nothing was done.
    """
    _check(regions, region)
    roster.readmit(region, act)


def complete(states: Iterable[RegionState], regions: Iterable[str]) -> tuple[RegionState, ...]:
    """Return the state of each region of a deployment, in its order; those it lacks fall away."""
    known = {state.region: state for state in states}
    return tuple(known.get(region) or RegionState(region) for region in regions)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one region sees of all.

    Attributes:
        states: of each region of the deployment, in its order.
        is_known: whether they could be read; else they are what was known before, if anything.
    """

    states: tuple[RegionState, ...]
    is_known: bool = True

    def of(self, region: str) -> RegionState:
        """Return the state of one region of the deployment."""
        return next(state for state in self.states if state.region == region)

    def is_draining(self, region: str) -> bool:
        """Say whether a region is known to be draining."""
        return self.is_known and self.of(region).draining is not None


class Regions:
    """All regions as seen from one, at most a few seconds old. To ask never fails."""

    def __init__(
        self, roster: Roster, regions: Iterable[str], clock: Callable[[], datetime]
    ) -> None:
        """Remember nothing yet."""
        self._roster = roster
        self._clock = clock
        self._asked_at: datetime | None = None
        self._seen = Seen(complete((), regions), is_known=False)

    def seen(self) -> Seen:
        """Return what is seen of the regions; where it can't be read, that it is not known."""
        now = self._clock()
        if self._asked_at is None or now - self._asked_at >= MAX_AGE:
            self._seen = self._look(self._seen.states)
            self._asked_at = now
        return self._seen

    def _look(self, before: Sequence[RegionState]) -> Seen:
        try:
            found = self._roster.glance()
        except StoreUnavailable:
            return Seen(tuple(before), is_known=False)
        return Seen(complete(found, (state.region for state in before)))


def _check(regions: Sequence[str], region: str) -> None:
    if region not in regions:
        known = ", ".join(regions)
        raise InvalidValue(
            "region",
            "No stage runs in {region}: the regions are {known}.",
            region=repr(region),
            known=known,
        )
