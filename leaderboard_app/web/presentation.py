"""How values look on a page: times, places, countries, periods. All of it plain HTML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import assert_never

from flask import Flask
from markupsafe import Markup, escape

from leaderboard_app.domain import countries, scores
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.rankings import Rank
from leaderboard_app.domain.scores import Unit

# Not the calendar module's: those speak the language of the machine.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

TABS: Mapping[PeriodKind, str] = {
    PeriodKind.ALL: "All time",
    PeriodKind.MONTH: "Month",
    PeriodKind.WEEK: "Week",
    PeriodKind.DAY: "Day",
}
"""What the kinds of period are called, in the order of the tabs."""

THOUSANDS_APART = "\u202f"


def register(app: Flask) -> None:
    """Give the templates their filters, and the pages as few blanks as they can do with."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.add_template_filter(when)
    app.add_template_filter(number)
    app.add_template_filter(place)
    app.add_template_filter(country_cell)
    app.add_template_filter(country_code)
    app.add_template_filter(period_name)
    app.add_template_filter(bounds)
    app.add_template_global(country_options)


# The same rows are read again and again: most of their times are made already.
@lru_cache(maxsize=4096)
def when(moment: datetime) -> Markup:
    """Return a UTC time for people and for machines: `23 Nov 2026, 05:21`."""
    year, month, day, hour, minute = moment.timetuple()[:5]
    # Numbers and our own words only: there is nothing to escape.
    return Markup(  # noqa: S704
        f'<time datetime="{year}-{month:02}-{day:02}T{hour:02}:{minute:02}Z">'
        f"{plain_when(moment)}</time>"
    )


def plain_when(moment: datetime) -> str:
    """Return a UTC time for people alone: `23 Nov 2026, 05:21`."""
    year, month, day, hour, minute = moment.timetuple()[:5]
    return f"{day} {_MONTHS[month - 1][:3]} {year}, {hour:02}:{minute:02}"


_SPANS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def span(time: timedelta) -> str:
    """Return a stretch of time in its largest whole unit: `2 s`, `5 min`, `3 h`, `2 d`."""
    seconds = int(time.total_seconds())
    size, unit = next((each for each in _SPANS if seconds >= each[0]), _SPANS[-1])
    return f"{seconds // size}\u00a0{unit}"


def number(value: int) -> str:
    """Return a whole number, thousands apart by a narrow no-break space."""
    return f"{value:,}".replace(",", THOUSANDS_APART)


def place(rank: Rank) -> str:
    """Return a rank: `7`, or `10 001 or lower` where nobody knows how many more stand above."""
    return number(rank.place) if rank.exact or rank.as_of else f"{number(rank.place)} or lower"


@cache
def country_cell(code: str) -> Markup:
    """Return a country's flag and name; not every system has the flags, so the name is text."""
    flag, name = countries.flag(code), countries.NAMES[code]
    return Markup('<span class="flag" aria-hidden="true">{}</span> {}').format(flag, name)


@cache
def country_options(selected: str = "") -> Markup:
    """Return the options of all countries, one of them selected; made once for each.

    Raises:
        KeyError: `selected` is neither empty nor a country's code, so the cache stays small.
    """
    if selected:
        countries.NAMES[selected]
    return Markup("").join(
        Markup("<option value={}{}>{}").format(
            code, Markup(" selected") if code == selected else "", escape(name)
        )
        for code, name in countries.NAMES.items()
    )


def country_code(typed: str) -> str:
    """Return the code of a typed country; nothing where it is none, so that none is selected."""
    try:
        return Country.parse(typed).code
    except InvalidValue:
        return ""


def bounds(board: Board) -> str:
    """Return which scores a board takes, with an example, for people who are about to type one."""
    kind = f"{_kind(board)}, for example {_example(board)}"
    low, high = board.show(board.minimum), board.show(board.maximum)
    if board.maximum < scores.LIMIT:
        return f"{kind}; from {low} to {high}."
    return f"{kind}; {low} or more." if board.minimum > -scores.LIMIT else f"{kind}."


def _kind(board: Board) -> str:
    decimals = "1 decimal" if board.decimals == 1 else f"{board.decimals} decimals"
    up_to = f" with up to {decimals}" if board.decimals else ""
    match board.unit:
        case Unit.POINTS:
            return f"A number{up_to}" if up_to else "A whole number"
        case Unit.TIME:
            return f"Minutes and seconds{up_to}"
        case Unit.METRES:
            return f"Metres{up_to}" if up_to else "Whole metres"
        case _:
            assert_never(board.unit)


def _example(board: Board) -> str:
    """Return a score that may be typed: ours, or where the board does not take it, its bound."""
    ours = scores.example(board.decimals, board.unit)
    try:
        board.parse(ours)
    except InvalidValue:
        bound = board.minimum if board.minimum > -scores.LIMIT else board.maximum
        return board.show(bound, group="")
    return ours


def period_name(period: Period) -> str:
    """Return what people call a period: `Week 48, 2026`."""
    day = period.first_day
    if day is None:
        return TABS[period.kind]
    if period.kind is PeriodKind.MONTH:
        return f"{_MONTHS[day.month - 1]} {day.year}"
    if period.kind is PeriodKind.WEEK:
        year, week, _ = day.isocalendar()
        return f"Week {week}, {year}"
    return day_name(day)


def day_name(day: date) -> str:
    """Return a day for people: `23 November 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
