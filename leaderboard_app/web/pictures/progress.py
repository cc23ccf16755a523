"""The picture of a player's progress: their latest scores in time, and what counted at each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from leaderboard_app.domain.boards import Board, Operator, Order
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.web.languages.numerals import score
from leaderboard_app.web.languages.sentences import say_count
from leaderboard_app.web.pictures.labels import Label, Line, along, gutter, short
from leaderboard_app.web.pictures.scales import Scale, steps_of
from leaderboard_app.web.presentation import plain_when, short_when

TOP, FLOOR = 14, 174
"""Where the best score lies and where the worst, in pixels from above."""

_MOST_LINES = 4
_SHORTEST = timedelta(seconds=1)


class Point(NamedTuple):
    """A submission: `x` as a share of the picture, `y` in pixels; and what it says."""

    x: str
    y: int
    is_best: bool
    says: str


class Step(NamedTuple):
    """A stretch of time in which one score counted; `x` as shares, `y` in pixels."""

    x1: str
    x2: str
    y1: int
    y2: int


@dataclass(frozen=True, slots=True)
class ProgressPicture:
    """What the template draws, and the same in words.

    Attributes:
        points: the submissions, oldest first.
        steps: the score that counted, as a line of steps.
        lines: level lines.
        gutter: pixels for what they say.
        labels: the first and the last time.
        says: the picture in a sentence.
        floor, height: where the bottom line lies, and how tall all is, in pixels.
    """

    points: tuple[Point, ...]
    steps: tuple[Step, ...]
    lines: tuple[Line, ...]
    gutter: int
    labels: tuple[Label, ...]
    says: str
    floor: int = FLOOR + 8
    height: int = FLOOR + 30


def progress_picture(
    board: Board, history: Sequence[Submission], best: Entry | None
) -> ProgressPicture | None:
    """Return the picture of a player's latest submissions; None where there are fewer than two.

    Args:
        board: whose unit and order the scores have.
        history: in any order.
        best: the player's all-time entry: where it is older than the history, it counted before;
            None where nothing counts.
    """
    told = sorted(history, key=lambda each: each.submission_id)
    if len(told) < 2:  # noqa: PLR2004 - one point is no line.
        return None
    counted = tuple(_counted(board, told, best))
    places = _Places.of(board, told, counted)
    lines = places.lines()
    return ProgressPicture(
        points=tuple(places.point(each, best) for each in told),
        steps=tuple(places.steps([each.achieved_at for each in told], counted)),
        lines=lines,
        gutter=gutter(lines),
        labels=places.labels(),
        says=_says(board, told, counted),
    )


def _counted(board: Board, told: Sequence[Submission], best: Entry | None) -> Iterator[int]:
    """Yield what counted once each submission was in."""
    sign = board.order.sign
    is_older = best is not None and best.achieved_at < told[0].achieved_at
    counted = best.score if best and is_older else told[0].score
    for each in told:
        if board.operator is Operator.BEST:
            counted = sign * max(sign * counted, sign * each.score)
        yield counted


@dataclass(frozen=True, slots=True)
class _Places:
    """Where times and scores lie on the picture."""

    board: Board
    start: datetime
    end: datetime
    scale: Scale

    @classmethod
    def of(cls, board: Board, told: Sequence[Submission], counted: Sequence[int]) -> _Places:
        scores = [*(each.score for each in told), *counted]
        lowest, highest = min(scores), max(scores)
        # Scores that are all equal lie in the middle.
        room = 0 if lowest < highest else 1
        scale = Scale(lowest - room, highest + room)
        return cls(board, told[0].achieved_at, told[-1].achieved_at, scale)

    def x(self, moment: datetime) -> str:
        if self.end - self.start < _SHORTEST:
            return "50%"
        # Not up to the edges: a point is round, and must be seen whole.
        return f"{0.02 + 0.96 * ((moment - self.start) / (self.end - self.start)):.3%}"

    def y(self, score: int) -> int:
        share = self.scale.share(score)
        height = 1 - share if self.board.order is Order.LOWER else share
        return round(FLOOR - height * (FLOOR - TOP))

    def point(self, each: Submission, best: Entry | None) -> Point:
        is_best = best is not None and best.submission_id == each.submission_id
        says = f"{plain_when(each.achieved_at)}: {score(each.score, self.board)}"
        return Point(self.x(each.achieved_at), self.y(each.score), is_best, says)

    def steps(self, moments: Sequence[datetime], counted: Sequence[int]) -> Iterator[Step]:
        for (start, before), (end, after) in pairwise(zip(moments, counted, strict=True)):
            yield Step(self.x(start), self.x(end), self.y(before), self.y(before))
            if after != before:
                yield Step(self.x(end), self.x(end), self.y(before), self.y(after))

    def lines(self) -> tuple[Line, ...]:
        scores = self.scale.ticks(steps_of(self.board), _MOST_LINES)
        return tuple(Line(self.y(score), short(score, self.board)) for score in scores)

    def labels(self) -> tuple[Label, ...]:
        if self.end - self.start < _SHORTEST:
            return (along(0.5, plain_when(self.start)),)
        return along(0, self._short(self.start)), along(1, self._short(self.end))

    def _short(self, moment: datetime) -> str:
        return short_when(moment, has_year=self.start.year != self.end.year)


def _says(board: Board, told: Sequence[Submission], counted: Sequence[int]) -> str:
    return say_count(
        "{count} score from {start} to {end}. What counted went from {first} to {last}. "
        "The table has each of them.",
        "{count} scores from {start} to {end}. What counted went from {first} to {last}. "
        "The table has each of them.",
        len(told),
        start=plain_when(told[0].achieved_at),
        end=plain_when(told[-1].achieved_at),
        first=board.show(counted[0]),
        last=board.show(counted[-1]),
    )
