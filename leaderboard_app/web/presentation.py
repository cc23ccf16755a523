"""How values look on a page: times, places, countries, periods. All of it plain HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from flask import Flask
from markupsafe import Markup, escape

from leaderboard_app.domain import countries
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.errors import InvalidValue, mark
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.rankings import Rank
from leaderboard_app.web.languages.asked import current
from leaderboard_app.web.languages.known import Language
from leaderboard_app.web.languages.numerals import number, score
from leaderboard_app.web.languages.sentences import say

TABS: Mapping[PeriodKind, str] = {
    PeriodKind.ALL: mark("All time"),
    PeriodKind.MONTH: mark("Month"),
    PeriodKind.WEEK: mark("Week"),
    PeriodKind.DAY: mark("Day"),
}
"""What the kinds of period are called, in the order of the tabs."""

PLURALS: Mapping[PeriodKind, str] = {
    PeriodKind.MONTH: mark("Months"),
    PeriodKind.WEEK: mark("Weeks"),
    PeriodKind.DAY: mark("Days"),
}
"""What several periods of a kind are called, the longest first."""


def register(app: Flask) -> None:
    """Give the templates their filters, and the pages as few blanks as they can do with."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.add_template_filter(when)
    app.add_template_filter(number)
    app.add_template_filter(score)
    app.add_template_filter(place)
    app.add_template_filter(country_name)
    app.add_template_filter(country_cell)
    app.add_template_filter(country_code)
    app.add_template_filter(period_name)
    app.add_template_global(country_options)


def when(moment: datetime) -> Markup:
    """Return a UTC time for people and for machines: `23 Nov 2026, 05:21`."""
    return _when(moment, current())


# The same rows are read again and again: most of their times are made already.
@lru_cache(maxsize=4096)
def _when(moment: datetime, language: Language) -> Markup:
    year, month, day, hour, minute = moment.timetuple()[:5]
    # Numbers and our own words only: there is nothing to escape.
    return Markup(  # noqa: S704
        f'<time datetime="{year}-{month:02}-{day:02}T{hour:02}:{minute:02}Z">'
        f"{_plain_when(moment, language)}</time>"
    )


def plain_when(moment: datetime) -> str:
    """Return a UTC time for people alone: `23 Nov 2026, 05:21`."""
    return _plain_when(moment, current())


def _plain_when(moment: datetime, language: Language) -> str:
    locale = language.locale
    day = _dated(locale.day, moment, locale.short_months)
    return locale.moment.format(day=day, time=f"{moment:%H:%M}")


def _dated(pattern: str, day: date, months: Sequence[str]) -> str:
    """Return a day by a pattern of its language; it may name the month or number it."""
    month = months[day.month - 1]
    return pattern.format(day=day.day, month=month, number=day.month, year=day.year)


_SPANS = (
    (86_400, mark("{n}\u00a0d")),
    (3_600, mark("{n}\u00a0h")),
    (60, mark("{n}\u00a0min")),
    (1, mark("{n}\u00a0s")),
)


def span(time: timedelta) -> str:
    """Return a stretch of time in its largest whole unit: `2 s`, `5 min`, `3 h`, `2 d`."""
    seconds = int(time.total_seconds())
    size, unit = next((each for each in _SPANS if seconds >= each[0]), _SPANS[-1])
    return say(unit, n=seconds // size)


def short_when(moment: datetime, *, has_year: bool) -> str:
    """Return a day and its year, or its time: `23 Nov 2026` or `23 Nov, 05:21`."""
    locale = current().locale
    if has_year:
        return _dated(locale.day, moment, locale.short_months)
    named = _dated(locale.day_of_year, moment, locale.short_months)
    return locale.moment.format(day=named, time=f"{moment:%H:%M}")


def place(rank: Rank) -> str:
    """Return a rank: `7`, or `10 001 or lower` where nobody knows how many more stand above."""
    if rank.exact or rank.as_of:
        return number(rank.place)
    return say("{place} or lower", place=rank.place)


def country_name(country: Country) -> str:
    """Return a country's name."""
    return current().locale.countries[country.code]


def country_cell(code: str) -> Markup:
    """Return a country's flag and name; not every system has the flags, so the name is text."""
    return _country_cell(code, current())


@cache
def _country_cell(code: str, language: Language) -> Markup:
    flag, name = countries.flag(code), language.locale.countries[code]
    return Markup('<span class="flag" aria-hidden="true">{}</span> {}').format(flag, name)


def country_options(selected: str = "") -> Markup:
    """Return the options of all countries, one of them selected; made once for each.

    Raises:
        KeyError: `selected` is neither empty nor a country's code, so the cache stays small.
    """
    return _country_options(selected, current())


@cache
def _country_options(selected: str, language: Language) -> Markup:
    if selected:
        countries.NAMES[selected]
    return Markup("").join(
        Markup("<option value={}{}>{}").format(
            code, Markup(" selected") if code == selected else "", escape(name)
        )
        for code, name in language.locale.countries.items()
    )


def country_code(typed: str) -> str:
    """Return the code of a typed country; nothing where it is none, so that none is selected."""
    try:
        return Country.parse(typed).code
    except InvalidValue:
        return ""


def period_name(period: Period) -> str:
    """Return what people call a period: `Week 48, 2026`."""
    day = period.first_day
    if day is None:
        return say(TABS[period.kind])
    if period.kind is PeriodKind.MONTH:
        locale = current().locale
        return _dated(locale.month, day, locale.months)
    if period.kind is PeriodKind.WEEK:
        year, week, _ = day.isocalendar()
        return say("Week {week}, {year}", week=week, year=str(year))
    return day_name(day)


def day_name(day: date) -> str:
    """Return a day for people: `23 November 2026`."""
    locale = current().locale
    return _dated(locale.full_day, day, locale.months)
