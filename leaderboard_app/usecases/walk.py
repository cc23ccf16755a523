"""Walk the rankings that changed, best first, and keep what one look at each as a whole gives.

Each region walks for itself and writes its own items alone. A walk may be ended at any time and
begun again: what it keeps is the same. See docs/standings.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.rankings import Direction, View
from leaderboard_app.domain.records import Ownership
from leaderboard_app.domain.seen import MAX_BYTES
from leaderboard_app.domain.walks import (
    WINNERS,
    Markers,
    PastPeriod,
    Walked,
    changed_at,
    is_due,
    rankings_of,
)
from leaderboard_app.usecases.ports import Store, StoreUnavailable
from leaderboard_app.usecases.walk_ports import Checkpoint, Lease, WalkedStore
from leaderboard_app.usecases.walk_run import Run

GRACE = timedelta(minutes=1)
"""How long after its deadline a run's lease ends by itself: a run that lives is over by then."""


class Outcome(StrEnum):
    """What became of a ranking in a run."""

    WALKED = "walked"
    UNCHANGED = "unchanged"
    PAUSED = "paused"
    HELD = "walked by another run"
    LEFT = "left for the next run"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a ranking in a run.

    Attributes:
        view: which.
        outcome: what became of it.
        total: how many players were counted, where it was walked or begun.
        pruned: how many lower entries were taken out.
        asked: how many other regions were asked to take theirs out.
        right_at: when its places were last known to be right; None where they never were.
    """

    view: View
    outcome: Outcome
    total: int = 0
    pruned: int = 0
    asked: int = 0
    right_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Walker:
    """Walks one region's rankings.

    Attributes:
        store: the region's.
        ownership: which region it is.
        clock: what time it is.
        deadline: when to stop, whatever is left.
        holder: this run's name, like no other's.
        filter_bytes: the memory for knowing who was met.
    """

    store: WalkedStore
    ownership: Ownership
    clock: Callable[[], datetime]
    deadline: datetime
    holder: str
    filter_bytes: int = MAX_BYTES

    def walk(
        self, boards: Iterable[Board], only: Period | None = None, *, every: bool = False
    ) -> Iterator[Report]:
        """Walk what changed, the longest not walked first, yielding what became of each ranking.

        Args:
            boards: whose rankings.
            only: no other period; None for all.
            every: also those that did not change.

        Raises:
            StoreUnavailable: what was yielded is done; the next run does the rest.
        """
        due = []
        for board in boards:
            for task in self._tasks(board, only):
                if every or is_due(task.walked, task.markers, self.clock()):
                    due.append(task)
                else:
                    yield task.report(Outcome.UNCHANGED, self.clock())
        for task in sorted(due, key=_Task.age):
            yield self._walk(task)

    def _tasks(self, board: Board, only: Period | None) -> Iterator[_Task]:
        now, walks = self.clock(), self.store.walks
        markers = walks.markers(board.board_id, now)
        walked = walks.walked(board.board_id, now)
        periods = rankings_of(board, list(markers), now) if only is None else (only,)
        for each in periods:
            yield _Task(View(board, each), markers.get(each, {}), walked.get(each))

    def _walk(self, task: _Task) -> Report:
        now = self.clock()
        if now >= self.deadline:
            return task.report(Outcome.LEFT, now)
        lease = Lease(task.view, self.holder, self.deadline + GRACE)
        is_ours, checkpoint = self.store.walks.begin(lease, now)
        if not is_ours:
            return task.report(Outcome.HELD, now)
        if checkpoint and task.walked and checkpoint.taken_at <= task.walked.taken_at:
            # Its walk was finished, and only the lease not given back.
            checkpoint = None
        try:
            return self._hold(task, lease, checkpoint, now)
        except BaseException:
            # Whatever it was: the next run need not wait for the lease to end.
            with suppress(StoreUnavailable):
                self.store.walks.leave(lease)
            raise

    def _hold(
        self, task: _Task, lease: Lease, checkpoint: Checkpoint | None, now: datetime
    ) -> Report:
        run = self._run(task, checkpoint, now)
        if not run.go(self.clock, self.deadline):
            self.store.walks.pause(lease, run.checkpoint(), self.clock())
            return self._report(run, Outcome.PAUSED, task.right_at(now))
        first = self.store.rows(task.view, None, Direction.NEXT, WINNERS, now)
        past = PastPeriod(task.view.period, first, run.tally.count, run.taken_at)
        walked = Walked(past, run.markers, run.changed_at)
        self.store.walks.finish(lease, run.tally.boundaries(run.taken_at), walked)
        return self._report(run, Outcome.WALKED, run.taken_at)

    def _run(self, task: _Task, checkpoint: Checkpoint | None, now: datetime) -> Run:
        seed = checkpoint or Checkpoint.at_the_top(
            now, task.markers, changed_at(task.walked, task.markers, now)
        )
        return Run.of(self.store, self.ownership, task.view, seed, self.filter_bytes, task.total)

    def _report(self, run: Run, outcome: Outcome, right_at: datetime | None) -> Report:
        return Report(run.view, outcome, run.tally.count, run.pruned, run.asked, right_at)


@dataclass(frozen=True, slots=True)
class _Task:
    """A ranking, with what is known of it before a walk."""

    view: View
    markers: Markers
    walked: Walked | None

    @property
    def total(self) -> int:
        return self.walked.past.total if self.walked else 0

    def report(self, outcome: Outcome, now: datetime) -> Report:
        """Return what became of it where it was not walked."""
        total = self.total if outcome is Outcome.UNCHANGED else 0
        return Report(self.view, outcome, total, right_at=self.right_at(now))

    def right_at(self, now: datetime) -> datetime | None:
        """Return when its places were last right: now, where nothing was marked since the walk."""
        if self.walked is None:
            return None
        return now if self.walked.markers == self.markers else self.walked.taken_at

    def age(self) -> float:
        """Return what orders tasks: what was never walked, then by when it was."""
        return self.walked.taken_at.timestamp() if self.walked else 0.0


def winners(store: Store, board: Board, now: datetime) -> tuple[PastPeriod, ...]:
    """Return a board's past periods that are kept and had players, latest first: one Query."""
    known = store.walks.walked(board.board_id, now).values()
    over = (each.past for each in known if each.past.period.end and each.past.period.end <= now)
    return tuple(sorted((past for past in over if past.total), key=_latest_first))


def _latest_first(past: PastPeriod) -> tuple[float, int]:
    period = past.period
    ends = period.end.timestamp() if period.end else 0.0
    starts = period.start.timestamp() if period.start else 0.0
    # Of those that end together, the longest first.
    return -ends, round(starts - ends)
