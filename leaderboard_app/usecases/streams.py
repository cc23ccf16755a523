"""One stream of index pages a shard, merged into batches, best first, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from leaderboard_app.domain.seen import Met
from leaderboard_app.usecases.walk_ports import Ask, IndexPage

Read = Callable[[Sequence[Ask]], Sequence[IndexPage]]
"""Reads a page of each shard that is asked for, in one round trip."""


@dataclass(slots=True)
class _Stream:
    """What is known of a shard and was not handed on yet."""

    ask: Ask
    rows: list[Met] = field(default_factory=list)
    end: int | None = None
    is_over: bool = False
    enough: int = 0

    def take(self, page: IndexPage) -> None:
        self.rows += page.rows
        self.end, self.is_over = page.end, page.end is None
        self.enough = len(page.rows) // 2
        self.ask = Ask(self.ask.shard, self.ask.past, page.after)

    def above(self, floor: int | None) -> list[Met]:
        """Hand on what stands above a floor; all, where there is none."""
        if floor is None:
            taken, self.rows = self.rows, []
            return taken
        count = _count_above(self.rows, floor)
        taken, self.rows = self.rows[:count], self.rows[count:]
        return taken

    def is_short(self, floor: int | None) -> bool:
        # The one that set the floor can be no further known, whatever is left of it.
        return not self.is_over and (self.end == floor or len(self.rows) <= self.enough)


def batches(read: Read, shards: int, past: int | None) -> Iterator[list[Met]]:
    """Yield all rows below a standing, or all: best first, and those of one standing together.

    All shards are read at once, and those that run short again, before they run out.
    """
    streams = [_Stream(Ask(shard, past)) for shard in range(shards)]
    short = streams
    while streams:
        for stream, page in zip(short, read([each.ask for each in short]), strict=True):
            stream.take(page)
        # A page may have ended between two rows of one standing: these wait for the next.
        floor = max((each.end for each in streams if each.end is not None), default=None)
        batch = [row for each in streams for row in each.above(floor)]
        if batch:
            batch.sort(reverse=True)
            yield batch
        streams = [each for each in streams if each.rows or not each.is_over]
        short = [each for each in streams if each.is_short(floor)]


def _count_above(rows: Sequence[Met], floor: int) -> int:
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        if rows[middle][0] > floor:
            low = middle + 1
        else:
            high = middle
    return low
