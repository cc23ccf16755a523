"""A store in memory, for fast tests of the pages: it holds what is kept and shows what ranks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.decisions import MendRequest
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Direction, Row, View, without_repeats
from leaderboard_app.domain.records import EntryWrite, Profile, Record
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.usecases.ports import Count, StoreUnavailable, Surroundings
from tests.web.memory_roster import MemoryRoster

Key = tuple[str, PlayerId]


class MemoryStore:
    """One region's store, see `usecases.ports.Store`.

    Attributes:
        calls: how often each method was called.
        away: whether the store is out of reach.
        lagging: whether rankings do not show what is written from now on, as an index may.
        counts_up_to: how many rows it counts, where it is fewer than it is asked to.
    """

    def __init__(self, boards: Iterable[Board]) -> None:
        self.calls: Counter[str] = Counter()
        self.away = False
        self.lagging = False
        self.counts_up_to = 10**9
        self.profiles: dict[PlayerId, Profile] = {}
        self.roster = MemoryRoster(self._count)
        self._boards = tuple(boards)
        self._entries: dict[Key, dict[tuple[str, str], Entry]] = {}
        self._submissions: dict[Key, dict[SubmissionId, Submission]] = {}
        self._indexed: dict[tuple[str, str], list[Row]] = {}

    def boards(self) -> tuple[Board, ...]:
        self._count("boards")
        return self._boards

    def take_away_boards(self) -> None:
        """Be a store that nobody has set up."""
        self._boards = ()

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
    ) -> None:
        self._count("keep")
        if submission:
            key = board.board_id, submission.player.player_id
            self._submissions.setdefault(key, {}).setdefault(submission.submission_id, submission)
        for write in writes:
            self._raise(write.entry)

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

    def surroundings(
        self,
        view: View,
        standing: int,
        limit: int,
        count_limit: int,
        now: datetime,  # noqa: ARG002 - nothing expires here.
    ) -> Surroundings:
        self._count("surroundings")
        rows = self._ranked(view)
        above = [row for row in rows if row.standing > standing]
        below = [row for row in rows if row.standing < standing]
        most = min(count_limit, self.counts_up_to)
        count = Count(min(len(above), most), complete=len(above) <= most)
        return Surroundings(tuple(above[-limit:]), tuple(below[:limit]), count)

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
        )

    def _raise(self, entry: Entry) -> None:
        entries = self._entries.setdefault((entry.board_id, entry.player.player_id), {})
        stored = entries.get(entry.key)
        if stored is None or stored.standing <= entry.standing:
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
