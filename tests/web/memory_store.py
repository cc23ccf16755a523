"""A store in memory, for fast tests of the pages: it holds what is kept and shows what ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from leaderboard_app.domain.answers import Named, Surroundings, Wanted
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.decisions import MendRequest
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.listings import Listing
from leaderboard_app.domain.places import Count, Reach
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.rankings import Direction, Row, View, without_repeats
from leaderboard_app.domain.records import EntryWrite, Profile, Record
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.usecases.ports import StoreUnavailable
from tests.web.memory_batches import MemoryBatches
from tests.web.memory_counters import MemoryCounters
from tests.web.memory_keys import MemoryKeyRing
from tests.web.memory_past import MemoryPast
from tests.web.memory_roster import MemoryRoster

Key = tuple[str, PlayerId]


class MemoryStore:
    """One region's store, see `usecases.ports.Store`.

    Attributes:
        calls: how often each method was called.
        away: whether the store is out of reach.
        lagging: whether rankings do not show what is written from now on, as an index may.
        reach: how many rows one answer may count or read.
    """

    def __init__(self, boards: Iterable[Board]) -> None:
        self.calls: Counter[str] = Counter()
        self.away = False
        self.lagging = False
        self.reach = Reach(614, 1024)
        self.profiles: dict[PlayerId, Profile] = {}
        self.roster = MemoryRoster(self._count)
        self.keys = MemoryKeyRing(self._count)
        self.walks = MemoryPast(self._count)
        self.batches = MemoryBatches(self, self._count)
        self.counters = MemoryCounters(self._count)
        self._boards = tuple(boards)
        self._entries: dict[Key, dict[tuple[str, str], Entry]] = {}
        self._submissions: dict[Key, dict[SubmissionId, Submission]] = {}
        self._indexed: dict[tuple[str, str], list[Row]] = {}
        self._walked: dict[View, Boundaries] = {}
        self._listed: dict[tuple[str, str], dict[PlayerId, Player]] = {}

    def boards(self) -> tuple[Board, ...]:
        self._count("boards")
        return self._boards

    def take_away_boards(self) -> None:
        """Be a store that nobody has set up."""
        self._boards = ()

    def replace_board(self, board: Board) -> None:
        """Let a board be another from now on."""
        self._boards = tuple(
            board if each.board_id == board.board_id else each for each in self._boards
        )

    def record(
        self,
        board: Board,
        player_id: PlayerId,
        now: datetime,  # noqa: ARG002 - nothing expires here.
        submission_id: SubmissionId | None = None,
    ) -> Record:
        self._count("record")
        return self._record(board, player_id, submission_id)

    def history(
        self,
        board: Board,
        player_id: PlayerId,
        limit: int,
        now: datetime,  # noqa: ARG002 - nothing expires here.
    ) -> tuple[Record, tuple[Submission, ...]]:
        self._count("history")
        record = self._record(board, player_id)
        known = self._submissions.get((board.board_id, player_id), {})
        latest = sorted(known.values(), key=lambda each: each.submission_id, reverse=True)
        return record, tuple(latest[:limit])

    def keep(
        self,
        board: Board,
        submission: Submission | None,
        expires_at: datetime,  # noqa: ARG002 - nothing expires here.
        writes: Sequence[EntryWrite],
        asks: Sequence[MendRequest] = (),  # noqa: ARG002 - no other region is there to be asked.
        listings: Sequence[Listing] = (),
    ) -> None:
        self._count("keep")
        for one in listings:
            players = self._listed.setdefault((board.board_id, one.key), {})
            players[one.player.player_id] = one.player
        if submission:
            key = board.board_id, submission.player.player_id
            self._submissions.setdefault(key, {}).setdefault(submission.submission_id, submission)
        for write in writes:
            self._raise(write.entry, board)

    def rows(
        self,
        view: View,
        past: int | None,
        direction: Direction,
        limit: int,
        now: datetime,  # noqa: ARG002 - nothing expires here.
    ) -> tuple[Row, ...]:
        self._count("rows")
        rows = self._ranked(view)
        if direction is Direction.PREVIOUS:
            rows = [row for row in rows if past is None or row.standing > past]
            return tuple(reversed(rows))[:limit]
        return tuple(row for row in rows if past is None or row.standing < past)[:limit]

    def many(self, view: View, past: int | None, limit: int, now: datetime) -> tuple[Row, ...]:
        return self.rows(view, past, Direction.NEXT, limit, now)

    def known(
        self,
        view: View,
        player_id: PlayerId,
        now: datetime,  # noqa: ARG002 - nothing expires here.
    ) -> tuple[Record, Boundaries | None]:
        self._count("known")
        return self._record(view.board, player_id), self._walked.get(view)

    def boundaries(self, view: View) -> Boundaries | None:
        self._count("boundaries")
        return self._walked.get(view)

    def walk(self, view: View, step: int, taken_at: datetime) -> Boundaries:
        """Take a ranking's boundaries as it stands now, and know them from now on."""
        rows = self._ranked(view)
        found = [row.standing for row in rows]
        lowest = found[-1] if found else None
        taken = Boundaries(len(found), step, tuple(found[::step]), lowest, taken_at)
        self._walked[view] = taken
        if view.country is None:
            self.walks.note(view, rows, taken_at)
        return taken

    def surroundings(
        self,
        view: View,
        wanted: Wanted,
        now: datetime,  # noqa: ARG002 - nothing expires here.
    ) -> Surroundings:
        self._count("surroundings")
        way, rows = wanted.way, self._ranked(view)
        above = [row for row in rows if row.standing > way.standing]
        below = [row for row in rows if row.standing < way.standing]
        end = way.boundary.standing if way.boundary else None
        between = sum(end is None or row.standing < end for row in above)
        return Surroundings(
            above=tuple(above[max(0, len(above) - wanted.above) :]),
            below=tuple(below[: wanted.below]),
            count_above=_up_to(way.limit, between),
            count_below=_up_to(way.limit, len(below)) if way.counts_below else None,
        )

    def named(
        self,
        board: Board,
        player_ids: Sequence[PlayerId],
        key: str,
        limit: int,
        now: datetime,  # noqa: ARG002 - nothing expires here.
    ) -> Named:
        self._count("named")
        listed = self._listed.get((board.board_id, key), {})
        found = tuple(listed[player_id] for player_id in sorted(listed))
        records = tuple(self._record(board, player_id) for player_id in player_ids)
        return Named(records, found[:limit], complete=len(found) <= limit)

    def _count(self, method: str) -> None:
        self.calls[method] += 1
        if self.away:
            raise StoreUnavailable("unplugged by a test", retry_after=7)

    def _record(
        self, board: Board, player_id: PlayerId, submission_id: SubmissionId | None = None
    ) -> Record:
        known = self._submissions.get((board.board_id, player_id), {})
        return Record(
            entries=tuple(self._entries.get((board.board_id, player_id), {}).values()),
            profile=self.profiles.get(player_id, Profile()),
            submission=known.get(submission_id) if submission_id else None,
            operator=board.operator,
        )

    def _raise(self, entry: Entry, board: Board) -> None:
        entries = self._entries.setdefault((entry.board_id, entry.player.player_id), {})
        stored = entries.get(entry.key)
        if stored is None or stored.height(board.operator) <= entry.height(board.operator):
            entries[entry.key] = entry
        if not self.lagging:
            self._indexed.clear()

    def _ranked(self, view: View) -> list[Row]:
        key = view.board.board_id, view.period.key
        if key not in self._indexed:
            of_all = (each for entries in self._entries.values() for each in entries.values())
            ranked = (e for e in of_all if e.ranked and (e.board_id, e.period.key) == key)
            ordered = sorted(ranked, key=lambda entry: entry.standing, reverse=True)
            self._indexed[key] = list(without_repeats(Row.of(entry) for entry in ordered))
        return [row for row in self._indexed[key] if view.country in {None, row.country}]


def _up_to(limit: int, number: int) -> Count:
    return Count(min(limit, number), complete=number < limit)
