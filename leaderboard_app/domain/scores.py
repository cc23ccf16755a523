"""Scores: whole numbers, shown with a board's decimals and in its unit.

What is shown can be typed: `parse` gives back what `show` was given. A board's `decimals` say what
part of the unit a score counts: a time of 83456 with three decimals is 83.456 seconds, `1:23.456`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import reduce
from typing import assert_never

from leaderboard_app.domain.errors import InvalidValue, mark

LIMIT = 10**15
"""No score lies further from zero: a standing keeps 16 digits for it."""

MAX_DECIMALS = 6
MAX_TIME_DECIMALS = 3


class Unit(StrEnum):
    """What a score measures; it decides how scores are written and read.

    Points have no unit. A time is in seconds, a distance in metres.
    """

    POINTS = "points"
    TIME = "time"
    METRES = "metres"

    @property
    def most_decimals(self) -> int:
        """How many decimals a board of this unit may have; times end at milliseconds."""
        return MAX_TIME_DECIMALS if self is Unit.TIME else MAX_DECIMALS


class ScoreText(str):
    """A score as `show` writes it: a page may write the same as its reader does."""

    __slots__ = ()


GROUP = "\u202f"
"""What pages show between thousands, a narrow no-break space: so it is taken there, too."""

_NUMBER = rf"[0-9]{{1,40}}|[0-9]{{1,3}}(?:{GROUP}[0-9]{{3}}){{1,13}}"
_CLOCK = rf"(?:{_NUMBER})(?::[0-5][0-9]){{0,2}}"
_SHAPES = {
    unit: re.compile(
        rf"(?P<sign>[+-]?)(?P<whole>{whole})(?:\.(?P<fraction>[0-9]{{1,40}}))?{behind}"
    )
    for unit, whole, behind in (
        (Unit.POINTS, _NUMBER, ""),
        (Unit.TIME, _CLOCK, ""),
        (Unit.METRES, _NUMBER, r"(?:\s?m)?"),
    )
}
_NO_SCORE = {
    Unit.POINTS: mark("Enter a number, for example {example}."),
    Unit.TIME: mark("Enter a time, for example {example}."),
    Unit.METRES: mark("Enter a distance in metres, for example {example}."),
}
_NOT_WHOLE = {
    Unit.POINTS: mark("Enter a whole number: this board counts no fractions."),
    Unit.TIME: mark("Enter whole seconds: this board counts no fractions."),
    Unit.METRES: mark("Enter whole metres: this board counts no fractions."),
}
_MINUS = str.maketrans({"\u2212": "-"})


def check(score: int) -> int:
    """Return the score.

    Raises:
        InvalidValue: further from zero than 10^15.
    """
    if not -LIMIT <= score <= LIMIT:
        raise InvalidValue(
            "score", "A score lies between {low} and {high}.", low=-LIMIT, high=LIMIT
        )
    return score


def parse(text: str, decimals: int = 0, unit: Unit = Unit.POINTS) -> int:
    """Return the score that was typed: `12.5` is 1250 where a board has two decimals.

    Digits are ASCII, ungrouped or as pages group them; a point needs digits on both sides, no more
    of them after it than `decimals` says. Times are typed as `1:02:03.4`, `1:23.456` or in
    seconds, `83.456`; metres with or without their `m`.

    Raises:
        InvalidValue: anything else, or further from zero than 10^15.
    """
    typed = text.strip().translate(_MINUS)
    match = _SHAPES[unit].fullmatch(typed)
    if match is None:
        raise InvalidValue("score", _NO_SCORE[unit], example=example(decimals, unit))
    fraction = match["fraction"] or ""
    if len(fraction) > decimals:
        raise _too_fine(decimals, unit)
    whole = match["whole"].replace(GROUP, "")
    score = int(f"{_seconds(whole)}{fraction.ljust(decimals, '0')}")
    return check(-score if match["sign"] == "-" else score)


def show(score: int, decimals: int = 0, group: str = "", unit: Unit = Unit.POINTS) -> ScoreText:
    """Return the score as text, `group` between thousands: 1250 is `12.50` with two decimals.

    Times are `0:59.123`, `1:23.456`, `1:02:03.456`; distances `12.34 m`, with a no-break space.
    """
    whole, fraction = divmod(abs(score), 10**decimals)
    match unit:
        case Unit.POINTS | Unit.METRES:
            text = f"{whole:,}".replace(",", group)
        case Unit.TIME:
            text = _clock(whole, group)
        case _:
            assert_never(unit)
    if decimals:
        text += f".{fraction:0{decimals}d}"
    if unit is Unit.METRES:
        text += "\u00a0m"
    return ScoreText(f"-{text}" if score < 0 else text)


def example(decimals: int, unit: Unit = Unit.POINTS) -> ScoreText:
    """Return a score as one may be typed, for who has to type one."""
    if unit is Unit.TIME:
        return show(83_456 * 10**decimals // 1000, decimals, unit=unit)
    return show(1234, decimals, unit=unit)


def _seconds(clock: str) -> int:
    """Return `1:02:03` in seconds; a number without colons as it is."""
    return reduce(lambda larger, part: larger * 60 + int(part), clock.split(":"), 0)


def _clock(seconds: int, group: str) -> str:
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:  # noqa: PLR2004 - an hour.
        return f"{minutes}:{seconds:02}"
    hours, minutes = divmod(minutes, 60)
    return f"{hours:,}".replace(",", group) + f":{minutes:02}:{seconds:02}"


def _too_fine(decimals: int, unit: Unit) -> InvalidValue:
    if decimals == 0:
        return InvalidValue("score", _NOT_WHOLE[unit])
    return InvalidValue("score", "Enter at most {most} digits after the point.", most=decimals)
