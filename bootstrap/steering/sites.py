"""Which web addresses the regions have, and who says so: the operator, a sandbox, the regions."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bootstrap.exits import Problem
from bootstrap.sandbox.environment import local, within
from bootstrap.sandbox.place import Place
from bootstrap.steering.reaching import asking
from leaderboard_app.deployment import Deployment
from leaderboard_app.gateway.store import DynamoStore

SITES_VARIABLE = "LEADERBOARD_SITES"
_HOW_TO_NAME = "Name them: --site us-west-2=https://… --site eu-west-1=https://…"


@dataclass(frozen=True, slots=True)
class Sites:
    """Web addresses by region, and where they were found."""

    addresses: Mapping[str, str]
    source: str


@contextmanager
def sandbox() -> Iterator[None]:
    """Work on the sandbox that runs on this machine, for a while.

    Raises:
        Problem: none runs.
    """
    running = Place.of(os.environ).running()
    if running is None:
        raise Problem("No sandbox is running. Start one in another terminal: make run")
    with within(local(os.environ, running.endpoint)):
        yield


@contextmanager
def told(named: Sequence[str], deployment: Deployment) -> Iterator[Sites | None]:
    """Give the addresses that are known without asking a table; None where none are.

    Those of a running sandbox come with its table: nothing else is asked while they are used.

    Raises:
        Problem: what was named is no `REGION=URL`, or no stage's region.
    """
    running = Place.of(os.environ).running()
    variable = os.environ.get(SITES_VARIABLE, "").split()
    if named:
        yield Sites(_parse(named, deployment), "as named")
    elif running:
        with within(local(os.environ, running.endpoint)):
            yield Sites(running.sites, "of the sandbox")
    elif variable:
        yield Sites(_parse(variable, deployment), f"of {SITES_VARIABLE}")
    else:
        yield None


def of_heartbeats(stores: Mapping[str, DynamoStore]) -> Sites:
    """Return the addresses that the regions wrote into their heartbeats.

    Raises:
        Problem: the first region's table can't be asked.
    """
    region = next(iter(stores))
    with asking(f"Could not read the regions' addresses in {region}"):
        states = stores[region].roster.states()
    return Sites({s.region: s.site for s in states if s.site}, "of the heartbeats")


def check(sites: Sites) -> None:
    """Do nothing where there are two regions to compare.

    Raises:
        Problem: there are not.
    """
    if len(sites.addresses) < 2:  # noqa: PLR2004 - from one to the other.
        known = ", ".join(sites.addresses) or "none"
        raise Problem(f"Two web addresses are needed, and known are: {known}. {_HOW_TO_NAME}")


def _parse(pairs: Sequence[str], deployment: Deployment) -> dict[str, str]:
    found = {}
    for pair in pairs:
        region, _, address = pair.partition("=")
        if region not in deployment.regions:
            known = ", ".join(deployment.regions)
            raise Problem(f"{pair!r}: no stage runs in {region!r}: the regions are {known}.")
        found[region] = address.rstrip("/")
    return found
