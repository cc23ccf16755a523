"""Scores: whole numbers, shown with a board's decimals."""

from __future__ import annotations

import re

from leaderboard_app.domain.errors import InvalidValue

LIMIT = 10**15
"""No score lies further from zero: a standing keeps 16 digits for it."""

_MINUS = str.maketrans({"\u2212": "-"})


def check(score: int) -> int:
    """Return the score.

    Raises:
        InvalidValue: further from zero than 10^15.
    """
    if not -LIMIT <= score <= LIMIT:
        raise InvalidValue("score", f"A score lies between {-LIMIT} and {LIMIT}.")
    return score


def parse(text: str, decimals: int = 0) -> int:
    """Return the score that was typed: `12.5` is 1250 where a board has two decimals.

    Digits are ASCII, without grouping; a point needs digits on both sides, no more of them after
    it than `decimals` says.

    Raises:
        InvalidValue: anything else, or further from zero than 10^15.
    """
    typed = text.strip().translate(_MINUS)
    match = re.fullmatch(r"([+-]?)([0-9]{1,40})(?:\.([0-9]{1,40}))?", typed)
    if match is None:
        raise InvalidValue("score", f"Enter a number, for example {show(1234, decimals)}.")
    sign, whole, fraction = match[1], match[2], match[3] or ""
    if len(fraction) > decimals:
        raise InvalidValue("score", _too_fine(decimals))
    score = int(whole + fraction.ljust(decimals, "0"))
    return check(-score if sign == "-" else score)


def show(score: int, decimals: int = 0, group: str = "") -> str:
    """Return the score as text, `group` between thousands: 1250 is `12.50` with two decimals."""
    whole, fraction = divmod(abs(score), 10**decimals)
    text = f"{whole:,}".replace(",", group)
    if decimals:
        text += f".{fraction:0{decimals}d}"
    return f"-{text}" if score < 0 else text


def _too_fine(decimals: int) -> str:
    if decimals == 0:
        return "Enter a whole number: this board counts no fractions."
    return f"Enter at most {decimals} digits after the point."
