"""Stretches of a ranking, one a shard, merged into rows: in order, complete, one a player."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from leaderboard_app.domain.boards import Operator
from leaderboard_app.domain.rankings import Direction, Row, earliest_of_each, without_repeats


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one Query of one shard gave.

    Attributes:
        rows: nearest first.
        end: the standing up to which the shard is known; None where it holds nothing more.
    """

    rows: tuple[Row, ...]
    end: int | None


Read = Callable[[int | None], Sequence[Stretch]]
"""Reads a stretch of every shard, at once, from past a standing (None: from the ranking's end)."""


def gather(
    read: Read,
    past: int | None,
    direction: Direction,
    limit: int,
    operator: Operator = Operator.BEST,
) -> tuple[Row, ...]:
    """Return up to `limit` rows past a standing, nearest first, one a player.

    One read serves, unless so many rows repeat players that too few are left; then the next
    stretches are read too.
    """
    known: list[Row] = []
    while True:
        stretches = read(past)
        past = _known_up_to(stretches, direction)
        known += (
            row for row in _in_order(stretches, direction) if not _beyond(row, past, direction)
        )
        rows = _one_a_player(known, direction, operator)
        if past is None or len(rows) >= limit:
            return rows[:limit]


def shares_of(limit: int, shards: int) -> Iterator[int]:
    """Yield how many rows to read of each shard, time after time, to have `limit` of all.

    Players are spread over shards by chance: the first share holds some more than the mean, so
    that one read nearly always serves. Each that follows is double: a shard that held the whole
    ranking before others were added to it gives it soon.
    """
    mean = limit / shards
    share = limit if shards == 1 else min(limit, ceil(mean + 4 * sqrt(mean)) + 1)
    while True:
        yield share
        share = min(limit, 2 * share)


def _in_order(stretches: Sequence[Stretch], direction: Direction) -> Sequence[Row]:
    if len(stretches) == 1:
        return stretches[0].rows
    rows = (stretch.rows for stretch in stretches)
    descending = direction is Direction.NEXT
    return list(heapq.merge(*rows, key=lambda row: row.standing, reverse=descending))


def _known_up_to(stretches: Sequence[Stretch], direction: Direction) -> int | None:
    """Return the standing up to which all shards are known: the nearest end of any."""
    ends = [stretch.end for stretch in stretches if stretch.end is not None]
    if not ends:
        return None
    return max(ends) if direction is Direction.NEXT else min(ends)


def _beyond(row: Row, end: int | None, direction: Direction) -> bool:
    if end is None:
        return False
    return row.standing < end if direction is Direction.NEXT else row.standing > end


def _one_a_player(rows: Sequence[Row], direction: Direction, operator: Operator) -> tuple[Row, ...]:
    if operator is Operator.FIRST:
        return earliest_of_each(rows)
    if direction is Direction.NEXT:
        return tuple(without_repeats(rows))
    # Going up, a player's better row comes last; it is the one to keep.
    return tuple(reversed(tuple(without_repeats(reversed(rows)))))
