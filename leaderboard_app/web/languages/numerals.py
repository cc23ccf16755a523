"""Numbers as a language writes them, and back."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.scores import GROUP, ScoreText
from leaderboard_app.web.languages.asked import current
from leaderboard_app.web.languages.known import ENGLISH, Language
from leaderboard_app.web.languages.locale import Locale

Value = str | int

_DIGITS_OF_A_GROUP = 3
# What a copied number may have around its minus in a text that runs from right to left.
_MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))


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


def typed(text: str, decimals: int) -> str:
    """Return a number that was typed in this page's language as the domain reads it.

    Digits may be of any script. What is no number stays what it is: the domain says what is wrong
    with it.

    Args:
        text: what was typed.
        decimals: how many the board has.

    Raises:
        InvalidValue: it can be read in two ways, as `1.234` in German on a board with three
            decimals.
    """
    language = current()
    locale = language.locale
    signs = str.maketrans({"\u066b": locale.decimal, "\u066c": locale.group})
    plain = "".join(map(_digit, text.strip().translate(_MARKS).translate(signs)))
    if language is ENGLISH:
        return plain
    if _is_ambiguous(plain, locale, decimals):
        raise InvalidValue(
            "score",
            "“{typed}” can be read in two ways: write it without a sign between thousands, and "
            "with a digit behind “{decimal}”.",
            typed=text.strip(),
            decimal=locale.decimal,
        )
    whole, point, fraction = plain.partition(locale.decimal)
    whole = _grouped(locale.group).sub(lambda found: found[0].replace(locale.group, ""), whole)
    if locale.group in whole + fraction:
        return plain
    return whole + ("." if point else "") + fraction


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


def _is_ambiguous(text: str, locale: Locale, decimals: int) -> bool:
    """Say whether what stands between thousands may be meant for a decimal sign."""
    return (
        decimals >= _DIGITS_OF_A_GROUP
        and text.count(locale.group) == 1
        and locale.decimal not in text
        and _grouped(locale.group).search(text) is not None
    )


@cache
def _grouped(group: str) -> re.Pattern[str]:
    """Return what finds a number whose thousands stand apart as they should."""
    return re.compile(rf"(?<![0-9{group}])[0-9]{{1,3}}(?:[{group}][0-9]{{3}})+(?![0-9{group}])")
