"""`status`: every region in a few lines, and a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bootstrap.exits import Problem
from bootstrap.steering import findings
from bootstrap.steering.findings import Finding
from bootstrap.steering.survey import Seen, check, survey
from bootstrap.table.state import TableState
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.regions import RegionState


@dataclass(frozen=True, slots=True)
class Status:
    """What all regions show at a time.

    Attributes:
        deployment: the regions and the table's name.
        found: what each shows.
        now: when.
    """

    deployment: Deployment
    found: dict[str, Seen]
    now: datetime

    @classmethod
    def of(cls, deployment: Deployment, clock: Callable[[], datetime]) -> Status:
        """Return a deployment's status.

        Raises:
            Problem: there is nothing to report on (see `survey.check`).
        """
        found = survey(deployment, clock)
        check(deployment, found)
        return cls(deployment, found, clock())

    @property
    def states(self) -> tuple[RegionState, ...]:
        """All regions, each as the first region that answers has it."""
        return next((seen.states for seen in self.found.values() if seen.states), ())

    def findings(self) -> list[Finding]:
        """Return what is not well; nothing where all is."""
        problems = {r: seen.problem for r, seen in self.found.items() if seen.problem}
        return [
            *findings.of_problems(problems),
            *self._table_findings(problems),
            *findings.of_heartbeats(self.deployment, self.states, self.now),
            *findings.of_draining(self.states),
        ]

    def lines(self) -> Iterator[str]:
        """Yield it for people."""
        yield f"Table {self.deployment.table}"
        for stage in self.deployment.stages:
            yield f"{stage.name} ({stage.region})"
            yield from (f"  {line}" for line in self._region_lines(stage.region))
        found = self.findings()
        for finding in found:
            yield f"- {finding.what}. {finding.cure}"
        yield f"Not well: {len(found)} of the above." if found else "All is well."

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        found = self.findings()
        regions = {region: self._region_json(region) for region in self.deployment.regions}
        return {
            "well": not found,
            "at": self.now.isoformat(),
            "table": self.deployment.table,
            "regions": regions,
            "findings": [{"what": each.what, "cure": each.cure} for each in found],
        }

    def _table_findings(self, problems: dict[str, Problem]) -> Iterator[Finding]:
        if problems:
            # What can't be seen of one region would be taken for missing.
            return
        states = {region: seen.table for region, seen in self.found.items()}
        boards = next((s.boards for s in self.found.values() if s.boards is not None), None)
        yield from findings.of_table(self.deployment, states, boards)

    def _state(self, region: str) -> RegionState:
        found = (state for state in self.states if state.region == region)
        return next(found, RegionState(region))

    def _region_lines(self, region: str) -> Iterator[str]:
        seen, state = self.found[region], self._state(region)
        if seen.problem:
            yield "can't be looked at"
        elif seen.table is None:
            yield "no table"
        else:
            yield f"{seen.table.status}, {seen.items} items, {_replicas(seen.table)}"
            guards = _guards(seen.table).items()
            yield ", ".join(f"{name.replace('_', ' ')} {_on(value)}" for name, value in guards)
        version = f", version {state.version}" if state.version else ""
        yield f"{findings.heard(state, self.now)}{version}{', draining' if state.draining else ''}"
        yield f"mend requests waiting: {seen.mends}"

    def _region_json(self, region: str) -> dict[str, Any]:
        seen, state, table = self.found[region], self._state(region), self.found[region].table
        age = state.age(self.now)
        return {
            "problem": seen.problem.message if seen.problem else None,
            "table": table.status if table else None,
            "replicas": dict(table.replicas) if table else {},
            "items": seen.items,
            "guards": _guards(table) if table else {},
            "heartbeat_age_seconds": age.total_seconds() if age is not None else None,
            "version": state.version,
            "draining": state.draining is not None,
            "mend_requests": seen.mends,
        }


def _guards(table: TableState) -> dict[str, bool]:
    return {
        "deletion_protection": table.protected,
        "point_in_time_recovery": table.recoverable,
        "expiry": table.ttl is not None,
        "stream": table.stream is not None,
    }


def _on(value: bool) -> str:  # noqa: FBT001 - a word for it.
    return "on" if value else "OFF"


def _replicas(table: TableState) -> str:
    listed = ", ".join(f"{region} {status}" for region, status in table.replicas.items())
    return f"replicas: {listed or 'none'}"
