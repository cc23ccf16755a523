"""Leads traffic away from a region and back: by one item, written through a region that answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from bootstrap.exits import Problem
from bootstrap.steering.reaching import APPLY, act, asking, stores
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.regions import Draining
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import regions
from leaderboard_app.usecases.ports import StoreUnavailable

ARRIVAL_SECONDS = 10.0
"""Replication takes about a second: what is not there by then, is not waited for."""

_PAUSE_SECONDS = 0.1

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Traffic:
    """Who takes traffic, and who does not.

    Attributes:
        deployment: the regions.
        stores: by region.
        say: tells the operator a line.
        patience: seconds to wait until the region itself has seen the order.
    """

    deployment: Deployment
    stores: Mapping[str, DynamoStore]
    say: Say
    patience: float = ARRIVAL_SECONDS

    @classmethod
    def of(cls, deployment: Deployment, say: Say) -> Traffic:
        """Return the traffic of a deployment. Raises Problem as `stores` does."""
        return cls(deployment, stores(deployment), say)

    def evacuate(self, region: str, why: str) -> None:
        """Mark a region as draining.

        Raises:
            Problem: there is no such region, all others are draining, or no region answers.
        """
        self._check(region)
        through = self._answering(region)
        before = self._draining(through, region)
        if before:
            self.say(f"{region} is draining since {before.since:%Y-%m-%d %H:%M} UTC ({before.by}).")
        else:
            with asking(f"Could not evacuate {region} through {through}"):
                try:
                    roster = self.stores[through].roster
                    regions.drain(roster, self.deployment.regions, region, act(why))
                except regions.LastRegion as cause:
                    raise Problem(str(cause)) from cause
            self.say(f"{region} is draining: written through {through}.")
        self._wait(region, draining=True)

    def readmit(self, region: str, why: str) -> None:
        """Mark a region as taking traffic.

        Raises:
            Problem: there is no such region, or no region answers.
        """
        self._check(region)
        through = self._answering(region)
        if self._draining(through, region):
            with asking(f"Could not readmit {region} through {through}"):
                roster = self.stores[through].roster
                regions.readmit(roster, self.deployment.regions, region, act(why))
            self.say(f"{region} takes traffic again: written through {through}.")
        else:
            self.say(f"{region} is not draining.")
        self._wait(region, draining=False)

    def _check(self, region: str) -> None:
        if region not in self.deployment.regions:
            known = ", ".join(self.deployment.regions)
            raise Problem(f"No stage runs in {region!r}: the regions are {known}.")

    def _answering(self, region: str) -> str:
        """Return a region whose table answers and is ours; the one in question comes last."""
        failures = []
        for candidate in sorted(self.stores, key=region.__eq__):
            try:
                self._check_ours(candidate)
            except Problem as failure:
                failures.append(failure)
            else:
                return candidate
        raise failures[0]

    def _check_ours(self, region: str) -> None:
        # Data plane only: in an emergency, describing tables may be what does not work.
        with asking(f"Could not read table {self.deployment.table} in {region}"):
            if self.stores[region].boards():
                return
        raise Problem(
            f"Table {self.deployment.table} in {region} has no boards: it is another project's, "
            f"or only half made. {APPLY}."
        )

    def _draining(self, through: str, region: str) -> Draining | None:
        with asking(f"Could not read the regions' states in {through}"):
            seen = regions.complete(self.stores[through].roster.states(), self.deployment.regions)
        return next(state.draining for state in seen if state.region == region)

    def _wait(self, region: str, *, draining: bool) -> None:
        """Say when the region itself has seen the order, or that it has not."""
        health = "503" if draining else "200"
        for _ in self._moments():
            with suppress(StoreUnavailable):
                if bool(self.stores[region].roster.draining(region)) is draining:
                    self.say(f"{region} has seen it: /healthz there answers {health}.")
                    return
        self.say(
            f"{region} has not seen it within {self.patience:.0f} s: it does not answer, or is "
            "cut off from the others. The order arrives when it is back."
        )

    def _moments(self) -> Iterator[None]:
        deadline = time.monotonic() + self.patience
        yield
        while time.monotonic() < deadline:
            time.sleep(_PAUSE_SECONDS)
            yield
