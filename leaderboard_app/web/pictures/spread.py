"""The picture of how a ranking's scores are spread, with a player's place marked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from leaderboard_app.domain.boards import Board, Order
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.usecases.read import Around
from leaderboard_app.web.languages.numerals import number, score
from leaderboard_app.web.languages.sentences import say, say_count
from leaderboard_app.web.pictures.facts import Fact, facts_of
from leaderboard_app.web.pictures.histogram import Spread, bars
from leaderboard_app.web.pictures.labels import Label, Line, along, fitting, gutter, short
from leaderboard_app.web.pictures.scales import Scale, counting_steps, steps_of

TOP, FLOOR = 34, 194
"""Where the tallest bar ends and all bars begin, in pixels from above."""

_LOWEST = 2
"""Pixels: a bar with anybody in it is seen."""

_GAP = 0.12
_MOST_LINES = 3


class Bar(NamedTuple):
    """A bar: `x` and `width` as shares of the picture, the rest in pixels; and what it says."""

    x: str
    width: str
    y: int
    height: int
    is_own: bool
    says: str


@dataclass(frozen=True, slots=True)
class SpreadPicture:
    """What the template draws, and the same in words.

    Attributes:
        bars: left to right.
        lines: level lines.
        gutter: pixels for what they say.
        labels: scores along the bottom.
        facts: the table.
        is_bent: whether the scale is logarithmic towards its ends.
        mark: where the player stands; None without one.
        says: the picture in a sentence.
        floor, height: where the bottom line lies, and how tall all is, in pixels.
    """

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    gutter: int
    labels: tuple[Label, ...]
    facts: tuple[Fact, ...]
    is_bent: bool
    mark: Label | None
    says: str
    floor: int = FLOOR
    height: int = FLOOR + 42


def spread_picture(
    board: Board, boundaries: Boundaries, own: int | None = None, place: str = ""
) -> SpreadPicture | None:
    """Return the picture of a ranking; None where it has no players.

    Args:
        board: whose unit and order the scores have.
        boundaries: what is known of the ranking.
        own: the score to mark; None for none.
        place: what the mark says.
    """
    measured = _measured(boundaries, board.order)
    if measured is None:
        return None
    spread, scale, heights = measured
    lines = _lines(max(heights))
    marked = None if own is None else along(scale.share(own), place)
    return SpreadPicture(
        bars=_bars(board, scale, heights, own),
        lines=lines,
        gutter=gutter(lines),
        labels=_labels(board, spread, scale),
        facts=facts_of(board, spread),
        is_bent=bool(scale.width),
        mark=marked,
        says=_says(board, spread, own, place),
    )


def marked_picture(board: Board, around: Around) -> SpreadPicture | None:
    """Return the picture with a player's place marked; None where no walk found other players."""
    if around.boundaries is None or around.boundaries.total <= 1:
        return None
    place = say("Place {place}", place=around.rank.place)
    return spread_picture(board, around.boundaries, around.entry.score, place)


# The same boundaries come by until the next walk, for every player of a ranking.
@lru_cache(maxsize=32)
def _measured(
    boundaries: Boundaries, order: Order
) -> tuple[Spread, Scale, tuple[float, ...]] | None:
    spread = Spread.of(boundaries, order)
    if spread is None:
        return None
    scale = spread.scale()
    return spread, scale, bars(spread, scale)


def _bars(
    board: Board, scale: Scale, heights: tuple[float, ...], own: int | None
) -> tuple[Bar, ...]:
    count, most = len(heights), max(heights)
    standing_in = None if own is None else min(int(scale.share(own) * count), count - 1)
    drawn = []
    for index, players in enumerate(heights):
        if round(players):
            height = max(_LOWEST, round(players / most * (FLOOR - TOP)))
            x, width = (index + _GAP / 2) / count, (1 - _GAP) / count
            low, high = (ceil(scale.number((index + side) / count)) for side in (0, 1))
            says = f"{_from_to(board, low, high - 1)}: {number(round(players))}"
            drawn.append(
                Bar(f"{x:.3%}", f"{width:.3%}", FLOOR - height, height, index == standing_in, says)
            )
    return tuple(drawn)


def _from_to(board: Board, low: int, high: int) -> str:
    if high <= low:
        return score(low, board)
    return say("{low} to {high}", low=board.show(low), high=board.show(high))


def _lines(most: float) -> tuple[Line, ...]:
    levels = Scale(0, most).ticks(counting_steps(), _MOST_LINES)
    return tuple(
        Line(FLOOR - round(level / most * (FLOOR - TOP)), short(level))
        for level in levels
        if level > 0
    )


def _labels(board: Board, spread: Spread, scale: Scale) -> tuple[Label, ...]:
    # Where a few scores stand on a wider scale, only they are named: -2 may be no score at all.
    lowest, highest = sorted((spread.best, spread.last))
    named = Scale(lowest - 0.5, highest + 0.5, scale.middle, scale.width)
    return fitting(scale, named, steps_of(board), lambda score: short(score, board))


def _says(board: Board, spread: Spread, own: int | None, place: str) -> str:
    players = say_count("{count} player", "{count} players", spread.total)
    if spread.total == 1:
        told = say("One player, with {best}.", best=board.show(spread.best))
    elif spread.best == spread.last:
        told = say(
            "{players}, all with {best}.",
            players=players,
            best=board.show(spread.best),
        )
    else:
        told = say(
            "{players}, from {best} at the top to {last}; half of them reached {median} or better.",
            players=players,
            best=board.show(spread.best),
            last=board.show(spread.last),
            median=board.show(spread.at(0.5)),
        )
    if own is None:
        return told
    return say("{told} Marked: {place}, {score}.", told=told, place=place, score=board.show(own))
