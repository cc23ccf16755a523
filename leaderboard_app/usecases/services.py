"""What the pages are given to work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from leaderboard_app.domain.records import Ownership
from leaderboard_app.usecases.boards import Boards
from leaderboard_app.usecases.ports import Store
from leaderboard_app.usecases.regions import Regions


@dataclass(frozen=True, slots=True)
class Services:
    """One region's store and all that the use cases take as arguments.

    Attributes:
        store: the region's local store.
        boards: the boards, remembered.
        regions: all regions as seen from here, remembered.
        ownership: which region this is, among which.
        clock: returns the time, aware and in UTC.
        entropy: returns that many random bytes.
        places: what people call each region, by region (`oregon` for `us-west-2`).
        sites: the regions' web addresses, as far as known.
    """

    store: Store
    boards: Boards
    regions: Regions
    ownership: Ownership
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    places: Mapping[str, str]
    sites: Mapping[str, str]

    @property
    def region(self) -> str:
        """The region that serves."""
        return self.ownership.region
