"""Which regions are alive and which are draining, each told in an item of its own.

A region's heartbeat is written by that region alone (invariant 1). Whether it is draining is
written by an operator, through whatever region can be reached, and so lies in another item: of two
writes of one item, a global table keeps the later one whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.regions import Draining, RegionState
from leaderboard_app.gateway import items, schema, wire
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.table import Table


class RegionRoster:
    """One region's replica of all regions' items; see `usecases.ports.Roster`."""

    def __init__(self, table: Table, hasty: Callable[[], Table]) -> None:
        """Use a table, and one that gives up within a second for those who can't wait."""
        self._table = table
        self._hasty = hasty

    def beat(self, region: str, at: datetime, version: str, site: str | None) -> None:
        """Say that a region is alive: one PutItem, of its own item."""
        item = _key(region) | {
            "heartbeat": wire.moment(at),
            "version": {"S": version},
        }
        self._table.put(item | ({"site": {"S": site}} if site else {}), {})

    def states(self) -> tuple[RegionState, ...]:
        """Return what is known of all regions: one Query, as of the last local write."""
        return _states(self._table.query_all(**_ALL, ConsistentRead=True))

    def glance(self) -> tuple[RegionState, ...]:
        """Return what is known of all regions, within a second: one Query."""
        return _states(self._hasty().query_all(**_ALL))

    def draining(self, region: str) -> Draining | None:
        """Return whether a region is draining, within a second: one GetItem."""
        return _draining(self._hasty().get(schema.REGIONS, schema.draining(region)))

    def drain(self, region: str, act: Act) -> None:
        """Mark a region as draining: one PutItem."""
        self._order(region, act, draining=True)

    def readmit(self, region: str, act: Act) -> None:
        """Mark a region as taking traffic: one PutItem."""
        self._order(region, act, draining=False)

    def _order(self, region: str, act: Act, *, draining: bool) -> None:
        order = _key(schema.draining(region)) | {"draining": {"BOOL": draining}}
        self._table.put(order | items.act_attributes(act), {})


_ALL: dict[str, Any] = {
    "KeyConditionExpression": "pk = :pk",
    "ExpressionAttributeValues": {":pk": {"S": schema.REGIONS}},
}


def _key(sort: str) -> Item:
    return {"pk": {"S": schema.REGIONS}, "sk": {"S": sort}}


def _states(found: Iterable[Item]) -> tuple[RegionState, ...]:
    """Return the states that the regions' items give, by region."""
    by_key = {item["sk"]["S"]: item for item in found}
    regions = sorted({schema.region(key) for key in by_key})
    return tuple(_state(region, by_key) for region in regions)


def _state(region: str, by_key: dict[str, Item]) -> RegionState:
    item = by_key.get(region, {})
    heartbeat = item.get("heartbeat")
    return RegionState(
        region=region,
        heartbeat=wire.moment_of(heartbeat) if heartbeat else None,
        version=item.get("version", {}).get("S", ""),
        site=item.get("site", {}).get("S"),
        draining=_draining(by_key.get(schema.draining(region))),
    )


def _draining(item: Item | None) -> Draining | None:
    if item is None or not item["draining"]["BOOL"]:
        return None
    return Draining(item["by"]["S"], item["why"]["S"], wire.moment_of(item["at"]))
