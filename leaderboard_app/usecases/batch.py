"""Submit many scores at once: read all players' records, decide one by one, write it all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from leaderboard_app.domain.boards import SUBMISSIONS_KEPT, Board
from leaderboard_app.domain.errors import InvalidValue, Refused
from leaderboard_app.domain.keepings import Keeping
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import EntryWrite, Ownership, Record
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.usecases.ports import Store, StoreUnavailable
from leaderboard_app.usecases.submit import Accepted, Decided, check, decide

MOST_AT_ONCE = 100

Outcome = Accepted | InvalidValue | Refused | StoreUnavailable
"""What became of one submission: what `submit` would return, or raise."""


def submit_all(
    store: Store,
    board: Board,
    submissions: Sequence[Submission],
    ownership: Ownership,
    now: datetime,
    may_write: Callable[[], object] = lambda: None,
) -> list[Outcome]:
    """Do for each submission, in their order, what `submit` does; in two round trips for all.

    Of one player's submissions each is decided as if those before it were stored. What could not
    be stored of a player is an outcome of all their submissions: sent again, they count once.

    Raises:
        StoreUnavailable: nothing is stored.
        Exception: what `may_write` raised, as in `submit`; nothing is stored.
    """
    outcomes: dict[int, Outcome] = dict(_unfit(submissions, board, now))
    fit = {n: one for n, one in enumerate(submissions) if n not in outcomes}
    known = store.batches.records(board, _asked(fit), now) if fit else {}
    batches = {
        player_id: _Player(board, ownership, now, record, dict(stored))
        for player_id, (record, stored) in known.items()
    }
    for number, one in fit.items():
        outcomes[number] = batches[one.player.player_id].decide(one)
    may_write()
    unstored = _keep(store, board, batches, now + SUBMISSIONS_KEPT)
    for number, one in fit.items():
        failure = unstored.get(one.player.player_id)
        if failure and isinstance(outcomes[number], Accepted):
            outcomes[number] = failure
    return [outcomes[number] for number in range(len(submissions))]


class _Player:
    """One player's part of a batch: what is known of them, as it grows."""

    def __init__(
        self,
        board: Board,
        ownership: Ownership,
        now: datetime,
        record: Record,
        stored: dict[SubmissionId, Submission],
    ) -> None:
        self._board = board
        self._ownership = ownership
        self._now = now
        self._record = record
        self._stored = stored
        self._new: list[Submission] = []
        self._decided: list[Decided] = []

    def decide(self, one: Submission) -> Outcome:
        """Return what becomes of a submission, and know it from now on."""
        record = replace(self._record, submission=self._stored.get(one.submission_id))
        try:
            decided = decide(record, one, self._board, self._ownership, self._now)
        except Refused as error:
            return error
        if not decided.accepted.replayed:
            self._stored[one.submission_id] = one
            if decided.hold is None:
                self._new.append(one)
        self._record = self._record.after(decided.writes)
        if decided.hold:
            self._record = _holding(self._record, one.submission_id)
        self._decided.append(decided)
        return decided.accepted

    def keeping(self) -> Keeping:
        """Return what is to be stored in the end."""
        return Keeping(
            submissions=tuple(self._new),
            writes=_last(write for each in self._decided for write in each.writes),
            asks=tuple({ask.region: ask for each in self._decided for ask in each.asks}.values()),
            listings=tuple({one.key: one for d in self._decided for one in d.listings}.values()),
            holds=tuple(each.hold for each in self._decided if each.hold),
        )


def _holding(record: Record, held: SubmissionId) -> Record:
    """Return a record that also knows of a held submission."""
    return replace(record, removed=record.removed | {held}, held=record.held | {held})


def _last(writes: Iterator[EntryWrite]) -> tuple[EntryWrite, ...]:
    """Return each entry as it stands in the end, to be stored instead of what stands there now."""
    found: dict[tuple[str, str], EntryWrite] = {}
    for write in writes:
        first = found.get(write.entry.key)
        # Only the first write of an entry knows of what is stored.
        found[write.entry.key] = replace(write, instead_of=first.instead_of) if first else write
    return tuple(found.values())


def _unfit(
    submissions: Sequence[Submission], board: Board, now: datetime
) -> Iterator[tuple[int, InvalidValue]]:
    for number, one in enumerate(submissions):
        try:
            check(one, board, now)
        except InvalidValue as error:
            yield number, error


def _asked(fit: Mapping[int, Submission]) -> dict[PlayerId, list[SubmissionId]]:
    asked: dict[PlayerId, dict[SubmissionId, None]] = defaultdict(dict)
    for one in fit.values():
        asked[one.player.player_id][one.submission_id] = None
    return {player_id: list(named) for player_id, named in asked.items()}


def _keep(
    store: Store, board: Board, batches: Mapping[PlayerId, _Player], expires_at: datetime
) -> dict[PlayerId, StoreUnavailable]:
    """Store what is to be stored of each player; return whose is not all stored, and why."""
    keepings = {player_id: player.keeping() for player_id, player in batches.items()}
    full = {player_id: each for player_id, each in keepings.items() if not each.is_empty}
    failures = store.batches.keep(board, list(full.values()), expires_at) if full else ()
    outcomes = zip(full, failures, strict=True)
    return {player_id: failure for player_id, failure in outcomes if failure}
