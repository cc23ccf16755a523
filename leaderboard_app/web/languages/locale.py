"""How a language writes numbers, dates and the names of countries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """What differs from language to language beside its words.

    Attributes:
        decimal: what stands before a fraction.
        group: what stands between thousands.
        minus: what stands before a number below zero.
        months: the twelve, in full, as they stand within a date.
        short_months: the same in short.
        day: a day by `{day}`, `{year}` and a `{month}`, by its short name, or its `{number}`.
        day_of_year: the same without its year.
        full_day: a day with its full name.
        month: a `{month}` of a `{year}`.
        moment: a `{day}` and a `{time}`.
        countries: the name of each country by its code, in the order a list shows them.
    """

    decimal: str
    group: str
    minus: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    day: str
    day_of_year: str
    full_day: str
    month: str
    moment: str
    countries: Mapping[str, str]
