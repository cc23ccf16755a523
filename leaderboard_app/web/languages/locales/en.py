"""English, written by hand for who reads it as a second language too.

Days come before months, as in most of the world, and a narrow no-break space stands between
thousands (ISO 80000-1), which nobody takes for a decimal sign.
"""

from __future__ import annotations

from leaderboard_app.domain.countries import NAMES
from leaderboard_app.domain.scores import GROUP
from leaderboard_app.web.languages.locale import Locale

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

LOCALE = Locale(
    decimal=".",
    group=GROUP,
    minus="-",
    months=_MONTHS,
    short_months=tuple(name[:3] for name in _MONTHS),
    day="{day} {month} {year}",
    day_of_year="{day} {month}",
    full_day="{day} {month} {year}",
    month="{month} {year}",
    moment="{day}, {time}",
    countries=NAMES,
)
