"""Words on a picture: short, and kept within its edges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from leaderboard_app.domain import scores
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import mark
from leaderboard_app.domain.scores import ScoreText, Unit
from leaderboard_app.web.languages.numerals import numeral, score
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.pictures.scales import Scale

_SHORT_FROM = 100_000
_SIZES = (
    (10**12, mark("{n}\u00a0T")),
    (10**9, mark("{n}\u00a0B")),
    (10**6, mark("{n}\u00a0M")),
    (10**3, mark("{n}\u00a0k")),
)
_EDGE = 0.12
"""A word nearer to an edge than this share grows away from it."""

_NARROWEST, _LETTER, _APART = 250, 7, 10
"""Pixels: the picture on a narrow phone, a letter of its words, and what lies between two words."""

_MOST = 6


class Label(NamedTuple):
    """A word at a place: `x` as a share of the picture, `anchor` as SVG's text-anchor."""

    x: str
    anchor: str
    text: str


def along(share: float, text: str) -> Label:
    """Return a word at a share of the way from left to right."""
    anchor = "start" if share < _EDGE else "end" if share > 1 - _EDGE else "middle"
    return Label(f"{share:.3%}", anchor, text)


class Line(NamedTuple):
    """A level line: how far from above in pixels, and what it says."""

    y: int
    text: str


def gutter(lines: Sequence[Line]) -> int:
    """Return the pixels beside a picture that the words of its level lines take."""
    return max((len(line.text) for line in lines), default=0) * _LETTER + _APART


def fitting(
    scale: Scale, named: Scale, steps: tuple[int, ...], say: Callable[[int], str]
) -> tuple[Label, ...]:
    """Return round numbers along a scale, as many as a narrow phone has room for.

    Args:
        scale: where they stand.
        named: the part of it that has any.
        steps: what is round, see `Scale.ticks`.
        say: how one is written.
    """
    for most in range(_MOST, 0, -1):
        ticks = named.ticks(steps, most)
        labels = tuple(along(scale.share(tick), say(tick)) for tick in ticks)
        if _have_room(labels):
            return labels
    return ()


def _have_room(labels: Sequence[Label]) -> bool:
    ends = [_end_to_end(label) for label in labels]
    return all(before[1] + _APART <= after[0] for before, after in pairwise(ends))


def _end_to_end(label: Label) -> tuple[float, float]:
    at = float(label.x.removesuffix("%")) / 100 * _NARROWEST
    width = len(label.text) * _LETTER
    start = at - {"start": 0, "middle": width / 2, "end": width}[label.anchor]
    return start, start + width


def short(value: int, board: Board | None = None) -> str:
    """Return a number as briefly as it can be said: `950 k`, `7:00` for seven minutes.

    Args:
        value: a number of players, or a score of the board.
        board: whose decimals and unit a score has.
    """
    one = 10**board.decimals if board else 1
    unit = board.unit if board else Unit.POINTS
    if unit is Unit.POINTS and abs(value) >= _SHORT_FROM * one:
        for size, sentence in _SIZES:
            if value % (size * one) == 0:
                return say(sentence, n=value // (size * one))
            if value % (size * one // 10) == 0 and abs(value) >= size * one:
                return say(sentence, n=ScoreText(f"{value / (size * one):.1f}"))
    if board and value % one:
        return score(value, board)
    return numeral(scores.show(value // one, 0, scores.GROUP, unit))
