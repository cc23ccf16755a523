"""Numbers as a language writes them, and back."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.scores import GROUP, ScoreText, Unit
from leaderboard_app.web.languages.asked import current
from leaderboard_app.web.languages.known import ENGLISH, Language

Value = str | int

_DIGITS_OF_A_GROUP = 3
# What a copied number may have around its minus in a text that runs from right to left.
_MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))

# A plain, a no-break or a thin blank, an apostrophe, or Arabic's own sign, before three digits.
_PARTED = re.compile(r"(?<=[0-9])[ \u00a0\u2009'’\u066c](?=[0-9]{3}(?![0-9]))")


def number(value: int) -> str:
    """Return a whole number as this page's language writes it."""
    locale = current().locale
    text = f"{abs(value):,}".replace(",", locale.group)
    return f"{locale.minus}{text}" if value < 0 else text


def numeral(text: str) -> str:
    """Return a number that is written as the domain has it, as this page's language does."""
    language = current()
    return text if language is ENGLISH else text.translate(_table(language))


def score(value: int, board: Board) -> str:
    """Return a score of a board as this page's language writes it."""
    return numeral(board.show(value))


def written(value: Value) -> str:
    """Return a value of a sentence: numbers and scores as the language has them, text as it is."""
    if isinstance(value, int):
        return number(value)
    return numeral(value) if isinstance(value, ScoreText) else value


@cache
def _table(language: Language) -> dict[int, str]:
    locale = language.locale
    return str.maketrans({GROUP: locale.group, ".": locale.decimal, "-": locale.minus})


def typed(text: str, board: Board) -> str:
    """Return a score that was typed in this page's language as the domain reads it.

    Thousands may stand apart as the page writes them, or by blanks; digits may be of any script.
    What is no number stays what it is: the domain says what is wrong with it.

    Args:
        text: what was typed.
        board: for which board.

    Raises:
        InvalidValue: it can be read in two ways, as `1.234` in German on a board with three
            decimals.
    """
    decimal = current().locale.decimal
    plain = in_plain_digits(text).replace("\u066b", decimal)
    if board.unit is Unit.TIME:
        # Seconds are never so many that thousands stand apart: what is before a colon may be.
        before, colon, seconds = plain.rpartition(":")
        return _ungrouped(before, decimal) + colon + seconds.replace(decimal, ".")
    if _is_ambiguous(plain, decimal, board.decimals):
        raise InvalidValue(
            "score",
            "“{typed}” can be read in two ways: write it without a sign between thousands, and "
            "with a digit behind “{decimal}”.",
            typed=text.strip(),
            decimal=decimal,
        )
    whole, point, fraction = _ungrouped(plain, decimal).partition(decimal)
    return f"{whole}.{fraction}" if point else whole


def in_plain_digits(text: str) -> str:
    """Return a typed number in the digits 0 to 9, with what else may part thousands as `GROUP`."""
    digits = "".join(map(_digit, text.strip().translate(_MARKS)))
    return _PARTED.sub(GROUP, digits)


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _group(decimal: str) -> str:
    """Return the sign that is typed between thousands: of point and comma, the other one."""
    return "," if decimal == "." else "."


def _ungrouped(text: str, decimal: str) -> str:
    """Return a number without the sign between its thousands, where they stand apart rightly."""
    group = _group(decimal)
    return _grouped(group).sub(lambda found: found[0].replace(group, ""), text)


def _is_ambiguous(text: str, decimal: str, decimals: int) -> bool:
    """Say whether what stands between thousands may be meant for a decimal sign."""
    group = _group(decimal)
    may_be_a_fraction = text.count(group) == 1 and decimal not in text
    return (
        decimals >= _DIGITS_OF_A_GROUP
        and may_be_a_fraction
        and _grouped(group).search(text) is not None
    )


@cache
def _grouped(group: str) -> re.Pattern[str]:
    """Return what finds a number whose thousands stand apart; none begins with a 0."""
    return re.compile(
        rf"(?<![0-9{group}])[1-9][0-9]{{0,2}}(?:[{group}][0-9]{{3}})+(?![0-9{group}])"
    )
