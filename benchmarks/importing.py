"""The import of 500 rows against scripts that go row by row, 31 ms added to every call."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

from benchmarks import contenders, verify
from benchmarks.backends import Backend, table_on
from benchmarks.machine import cpu_seconds
from benchmarks.measure import Times
from benchmarks.results import Result
from benchmarks.runs import Outcome, Task, in_fresh_process
from bootstrap.boards import BOARDS
from leaderboard_app.gateway.client import make_client

TARGET = 80

BOARD = BOARDS[0]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is run.

    Attributes:
        rounds: how often one put a row and ours take turns.
        ours: runs of ours a turn; it is short, and so more easily disturbed.
        rows: how many rows the row-by-row scripts are timed with, which then stand for all: their
            time is that of the rows added up. None for all.
    """

    rounds: int
    ours: int
    rows: int | None = None


FULL = Effort(rounds=2, ours=5)
QUICK = Effort(rounds=1, ours=4, rows=25)


class Race:
    """The imports on one backend, each run on a table of its own."""

    def __init__(self, backend: Backend, task: Task, effort: Effort) -> None:
        """Race over a file, whose rows are counted once."""
        self._backend = backend
        self._task = task
        self._effort = effort
        self._rows = sum(1 for _ in contenders.submissions(task, BOARD))
        self._timed_rows = min(effort.rows or self._rows, self._rows)
        self._ours: list[Outcome] = []
        self._backend_cpu: list[float] = []

    def results(self) -> Iterator[Result]:
        """Yield the comparisons.

        Raises:
            RuntimeError: an import lost a row, or lowered a best that was there.
        """
        puts = self._in_turns(contenders.one_put_a_row, self._effort.rounds)
        # Once: it makes a call for each of 2,000 items, and takes a minute.
        job = self._in_turns(contenders.same_job_row_by_row, 1)
        kept = Times(tuple(self._run_ours(bests=True).seconds for _ in range(self._effort.ours)))
        notes = self._notes()
        ours = Times(tuple(outcome.seconds for outcome in self._ours))
        yield self._result("job", "the same job, one call after another", ours, job, TARGET)
        yield self._result("puts", "one put a row", ours, puts, TARGET, notes)
        what = "one put a row, where higher bests are there for ours to keep"
        yield self._result("puts-kept", what, kept, puts)

    def _in_turns(self, other: Callable[[Task], Outcome], rounds: int) -> Times:
        """Run another and ours in turns, and return the other's times."""
        seconds = []
        for number in range(rounds):
            _say(f"{self._backend.name}: {other.__name__}, {number + 1} of {rounds}")
            outcome = self._run(other, replace(self._task, rows=self._timed_rows))
            seconds.append(outcome.seconds * self._rows / self._timed_rows)
            self._ours += [self._run_ours() for _ in range(self._effort.ours)]
        return Times(tuple(seconds))

    def _run(self, contender: Callable[[Task], Outcome], task: Task) -> Outcome:
        with table_on(self._backend) as deployment:
            return in_fresh_process(contender, replace(task, deployment=deployment))

    def _run_ours(self, *, bests: bool = False) -> Outcome:
        """Run ours and check what it left behind."""
        with table_on(self._backend) as deployment:
            task = replace(self._task, deployment=deployment)
            client = make_client(deployment.regions[0])
            there = verify.higher_bests(task, BOARD) if bests else []
            verify.preload(client, deployment.table, there, BOARD)
            before = cpu_seconds(self._backend.pid)
            outcome = in_fresh_process(contenders.ours, task)
            after = cpu_seconds(self._backend.pid)
            if before is not None and after is not None and not bests:
                self._backend_cpu.append(after - before)
            verify.check(client, task, BOARD, there)
        return outcome

    def _notes(self) -> Mapping[str, Any]:
        seconds = median(outcome.seconds for outcome in self._ours)
        return {
            "rows": self._rows,
            "rows_a_second": round(self._rows / seconds),
            "calls": median(outcome.calls for outcome in self._ours),
            "our_cpu_seconds": median(outcome.cpu_seconds for outcome in self._ours),
            "of_it": in_fresh_process(contenders.where_it_goes, self._task),
            "backend_cpu_seconds": median(self._backend_cpu) if self._backend_cpu else None,
        }

    def _result(
        self,
        name: str,
        against: str,
        ours: Times,
        theirs: Times,
        target: float | None = None,
        notes: Mapping[str, Any] | None = None,
    ) -> Result:
        what = f"import to {self._backend.name} against {against}"
        if self._timed_rows < self._rows:
            what += f" ({self._timed_rows} rows timed)"
        name = f"import-{name}-{self._backend.name.lower()}"
        return Result(name, what, ours, theirs, target, wants_more=True, notes=notes or {})


def measure(backend: Backend, task: Task, effort: Effort) -> Iterator[Result]:
    """Yield the comparisons on one backend.

    Raises:
        RuntimeError: an import lost a row, or lowered a best that was there.
    """
    return Race(backend, task, effort).results()


def explained(result: Result) -> str | None:
    """Return where the time of ours went, in one line for people; None where that was not noted."""
    notes = result.notes
    if "of_it" not in notes:
        return None
    ours, backend = notes["our_cpu_seconds"], notes["backend_cpu_seconds"]
    parts = [f"{part} {_ms(seconds)}" for part, seconds in notes["of_it"].items()]
    parts.append(f"call {_ms(ours - sum(notes['of_it'].values()))}")
    answering = "" if backend is None else f", of the backend {_ms(backend)}"
    return (
        f"{result.name}: {notes['rows_a_second']:,} rows a second in {notes['calls']:g} calls; "
        f"CPU of ours {_ms(ours)} ({', '.join(parts)}){answering}."
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.0f} ms"


def _say(line: str) -> None:
    print(line, file=sys.stderr)
