"""How far one answer may count or read, in what DynamoDB charges for it."""

from __future__ import annotations

from leaderboard_app.domain.places import Reach

DIRECT_READ_UNITS = 12
"""Read units that a count from the top may take. It decides up to which size of a
ranking all ranks are exact; `LEADERBOARD_DIRECT_READ_UNITS` sets another."""

BETWEEN_READ_UNITS = 20
"""The same for a count between two boundaries. Up to two million players they are 1,024 apart at
most, which this holds; where they are farther apart, ranks are interpolated between them."""

ROW_BYTES = 160
"""The size of an index row of a player whose id is a UUID: keys, standing, name, country, expiry.
Longer ids and names make it larger, and the units with it."""

_BYTES_A_UNIT = 2 * 4096
"""An eventually consistent read of 4 KB is half a unit."""


def reach_of(direct_read_units: int) -> Reach:
    """Return how many rows may be counted from the top for so many read units."""
    direct = _rows(direct_read_units)
    return Reach(direct, max(direct, _rows(BETWEEN_READ_UNITS)))


def _rows(units: int) -> int:
    return units * _BYTES_A_UNIT // ROW_BYTES


REACH = reach_of(DIRECT_READ_UNITS)
