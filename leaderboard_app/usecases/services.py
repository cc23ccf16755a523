"""What the pages are given to work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from leaderboard_app.domain.allowances import Limits
from leaderboard_app.domain.records import Ownership
from leaderboard_app.metrics import Metrics
from leaderboard_app.usecases.allowances import Allowances
from leaderboard_app.usecases.boards import Boards
from leaderboard_app.usecases.keys import Keys
from leaderboard_app.usecases.ports import ModeratedStore
from leaderboard_app.usecases.regions import Regions
from leaderboard_app.usecases.tops import Tops


@dataclass(frozen=True, slots=True)
class Services:
    """One region's store and all that the use cases take as arguments.

    Attributes:
        store: the region's local store.
        boards: the boards, remembered.
        tops: the first pages of rankings, remembered for a moment.
        regions: all regions as seen from here, remembered.
        keys: the API keys, remembered.
        allowances: what clients did in this minute.
        limits: what they may do in one.
        metrics: writes down what is counted.
        ownership: which region this is, among which.
        clock: returns the time, aware and in UTC.
        entropy: returns that many random bytes.
        places: what people call each region, by region (`oregon` for `us-west-2`).
        sites: the regions' web addresses, as far as known.
        form_is_open: whether everybody may add scores by the form, or operators alone.
        reserved_names: names that operators are warned of.
        embedders: which sites may frame the pages that are made for it, as CSP's
            `frame-ancestors` has it.
    """

    store: ModeratedStore
    boards: Boards
    tops: Tops
    regions: Regions
    keys: Keys
    allowances: Allowances
    limits: Limits
    metrics: Metrics
    ownership: Ownership
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    places: Mapping[str, str]
    sites: Mapping[str, str]
    form_is_open: bool
    reserved_names: tuple[str, ...]
    embedders: str

    @property
    def region(self) -> str:
        """The region that serves."""
        return self.ownership.region
