"""The invariants, by their numbers in docs/convergence.md, and what the machine must remember."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from leaderboard_app.domain import moments
from leaderboard_app.domain.boards import Operator
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import ALL_TIME, Period
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Row
from leaderboard_app.domain.records import NOBODY_SPECIAL, Record
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.gateway import items, schema
from tests.convergence.global_table import Item, Key
from tests.convergence.world import World


class Checks:
    """Watches a world and knows what it promised to whom."""

    def __init__(self, world: World, players: Sequence[PlayerId]) -> None:
        self.board = world.board
        self._world = world
        self._players = players
        self._sent: dict[SubmissionId, Submission] = {}
        self._accepted: dict[SubmissionId, Submission] = {}
        self._is_moderating = False
        self._last_region = world.regions[0]
        world.table.watchers.append(self._watch)

    def sent(self, one: Submission) -> None:
        """Remember a submission that may or may not get through."""
        self._sent.setdefault(one.submission_id, one)

    def accepted(self, region: str, one: Submission) -> None:
        """Remember a promise, and check that all of it is stored where it was given."""
        self._accepted.setdefault(one.submission_id, one)
        self._last_region = region
        record = self._world.record(region, one.player.player_id)
        best = record.bests()
        for period in self.board.open_periods(one.achieved_at, self._world.now):
            entry = Entry.of(one, self.board, period)
            if record.counts(entry):
                stored = best.get(period.key)
                assert stored, "invariant 7: not all is stored"
                assert self._height(stored) >= self._height(entry), "invariant 7: not all is stored"

    def loaded(self, one: Submission) -> None:
        """Remember what an import stored; mending may still be due, so it is checked at rest."""
        self._accepted.setdefault(one.submission_id, one)

    def decided(self, region: str, player: PlayerId) -> None:
        """Check that a decision shows at once where it was made."""
        self._last_region = region
        record = self._world.record(region, player)
        for period in self._periods():
            shown = [
                r.standing for r in self._world.ranking(region, period) if r.player_id == player
            ]
            best = record.bests().get(period.key)
            assert shown == ([best.standing] if best else []), "invariant 5: the old best is shown"

    @contextmanager
    def moderating(self) -> Iterator[None]:
        """Allow the one exception from invariant 1."""
        self._is_moderating = True
        try:
            yield
        finally:
            self._is_moderating = False

    def at_any_time(self) -> None:
        """Check what a reader sees, mid-way through anything."""
        page = self._world.top(self._last_region, ALL_TIME)
        seen = [row.player_id for row in page.rows]
        assert len(seen) == len(set(seen)), "invariant 5: a player is shown twice"

    def at_rest(self) -> None:
        """Check what holds once every partition has healed and every region did its work."""
        boards = [self.nothing_accepted_is_lost(region) for region in self._world.regions]
        assert all(board == boards[0] for board in boards), "invariant 4: the boards differ"
        for region in self._world.regions:
            self._only_the_best_is_ranked(region)

    def nothing_accepted_is_lost(self, region: str) -> list[list[Row]]:
        """Check that a region shows each player's best promise, or better (invariants 2 and 4).

        On a board of firsts the best is the first, and better is earlier.
        """
        records = {player: self._world.record(region, player) for player in self._players}
        board = []
        for period in sorted(self._periods(), key=str):
            rows = self._world.ranking(region, period)
            shown = {row.player_id: row.standing for row in rows}
            assert len(shown) == len(rows), "invariant 5: a player is shown twice"
            for player, record in records.items():
                self._is_right(region, record, period, player, shown.get(player))
            board.append(rows)
        return board

    def _is_right(
        self, region: str, record: Record, period: Period, player: PlayerId, shown: int | None
    ) -> None:
        promised = self._entries(self._accepted, record, period, player)
        possible = self._entries(self._sent, record, period, player)
        behind = [self._height(entry) for entry in possible if entry.standing == shown]
        assert shown is None or behind, f"invariant 5: {player} is ranked with what is out"
        if promised:
            best = max(promised, key=self._height)
            assert shown is not None, f"invariant 4: {player}'s best is gone in {region}"
            assert max(behind) >= self._height(best), (
                f"invariant 4: {region} shows {player} with {shown // 10**22}, "
                f"though {best.score} was accepted"
            )

    def _only_the_best_is_ranked(self, region: str) -> None:
        for player in self._players:
            record = self._world.record(region, player)
            ranked = {entry.key for entry in record.entries if entry.ranked}
            best = {entry.key for entry in record.bests().values()}
            assert ranked == best, f"invariant 5: {region} ranks {ranked}, and best is {best}"

    def _entries(
        self,
        submissions: dict[SubmissionId, Submission],
        record: Record,
        period: Period,
        player: PlayerId,
    ) -> list[Entry]:
        """Return what a player's submissions that count in a period would each give alone."""
        return [
            entry
            for one in submissions.values()
            if one.player.player_id == player
            and period in self.board.open_periods(one.achieved_at, self._world.now)
            and record.counts(entry := Entry.of(one, self.board, period))
        ]

    def _height(self, entry: Entry) -> tuple[int, int]:
        """Return by how much an entry counts, worked out anew; whose it is does not matter."""
        if self.board.operator is Operator.FIRST:
            # The world counts its submissions in the last digits of their ids.
            number = int(entry.submission_id.value[-12:], 16)
            return -moments.to_ms(entry.achieved_at), -number
        return entry.standing, 0

    def _periods(self) -> set[Period]:
        now = self._world.now
        open_at = self.board.open_periods
        return {p for one in self._sent.values() for p in open_at(one.achieved_at, now)}

    def _watch(self, region: str, key: Key, before: Item | None, after: Item | None) -> None:
        """Check each write of an entry, as it is made."""
        if "#entry#" not in key[1] or after is None:
            return
        entry = items.entry_of(after)
        owns = self._world.ownership(region).covers(entry.writer) or entry.writer == "shared"
        assert owns or self._is_moderating, f"invariant 1: {region} wrote {entry.writer}'s entry"
        if before is not None:
            old = items.entry_of(before)
            rises = self._height(old) <= self._height(entry)
            assert rises or not self._counts(region, old), "invariant 3: an entry fell"

    def _counts(self, region: str, entry: Entry) -> bool:
        kept = self._world.table.replicas[region].items
        partition = schema.player(entry.player.player_id)
        removal = kept.get((partition, schema.removal(self.board.board_id, entry.submission_id)))
        profile = kept.get((partition, schema.PROFILE))
        removed = removal is not None and items.standing_removal_of(removal) is not None
        return Record(
            removed=frozenset({entry.submission_id} if removed else ()),
            profile=items.profile_of(profile) if profile else NOBODY_SPECIAL,
        ).counts(entry)
