"""A leaderboard in memory in which every page has something to show, and every error a cause."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from flask import Flask, abort

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import NAMES
from leaderboard_app.domain.periods import ALL_TIME, Period, PeriodKind
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import View
from tests.web.memory_store import MemoryStore
from tests.web.worlds import SPRINT, STAR_RUN, Clock, Seed, make_app

CLOSED = replace(STAR_RUN, board_id="old-run", title="Old Run", is_open=False)
EMPTY = Board("nobody", "Nobody’s Board Yet")
NAMES_OF_ALL_KINDS = (
    "Ada",
    "أميرة الحسيني",
    "山田太郎",
    "Ὀδυσσεύς",
    "W" * 32,
    "Søren Ångström-Þórðarson",
    "נועם",
)
PLAYERS = 60


@dataclass
class House:
    """The store, its time, and the app over it."""

    clock: Clock = field(default_factory=Clock)
    store: MemoryStore = field(
        default_factory=lambda: MemoryStore([STAR_RUN, SPRINT, CLOSED, EMPTY])
    )

    def app(self, *, form_is_open: bool = True) -> Flask:
        """Return the app, with an address for every error that no page of ours makes at will."""
        app = make_app(self.store, self.clock, form_is_open=form_is_open)
        app.add_url_rule("/broken/<int:code>", "broken", abort)
        return app

    def fill(self) -> House:
        """Let players of many names and countries come, and one day go by."""
        seed, codes = Seed(self.store, self.clock), sorted(NAMES)
        for number in range(PLAYERS):
            kind = number % len(NAMES_OF_ALL_KINDS)
            name = NAMES_OF_ALL_KINDS[kind] if number < len(NAMES_OF_ALL_KINDS) else f"P{number}"
            ago = timedelta(minutes=7 * number)
            seed(name, 1_000_000 - 997 * number, codes[number * 4], ago=ago)
            seed(name, 999 + number, codes[number * 4], board=SPRINT, ago=ago)
        for twin in ("twin-1", "twin-2"):
            seed("Twin", 5_000, player_id=PlayerId(twin))
        seed("Ada", 400, ago=timedelta(hours=30))
        seed("Ada", 7, board=replace(CLOSED, is_open=True))
        yesterday = Period.containing(PeriodKind.DAY, self.clock.now - timedelta(days=1))
        for period in (ALL_TIME, yesterday):
            self.store.walk(View(STAR_RUN, period), 1, self.clock.now)
        return self
