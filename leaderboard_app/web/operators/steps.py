"""Days and months to step through, as parameters name them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from werkzeug.exceptions import BadRequest

from leaderboard_app.domain.errors import InvalidValue, mark
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.web.context import services
from leaderboard_app.web.languages.sentences import say, told
from leaderboard_app.web.presentation import period_name
from leaderboard_app.web.tabs import Tab

_WRITTEN = {
    PeriodKind.DAY: mark("A day is written as 2026-11-23."),
    PeriodKind.MONTH: mark("A month is written as 2026-11."),
}


class Steps(NamedTuple):
    """What lies beside a day or month; None where that is not there yet, or no more."""

    before: Tab | None
    after: Tab | None

    @classmethod
    def beside(cls, period: Period, leads_to: Callable[[str], str]) -> Steps:
        """Return the links to either side, up to now."""

        def step(other: Period | None) -> Tab | None:
            return Tab(period_name(other), leads_to(other.key)) if other else None

        after = period.next()
        has_begun = after and after.start and after.start <= services().clock()
        return cls(step(period.previous()), step(after) if has_begun else None)


def asked(args: Mapping[str, str], name: str, kind: PeriodKind) -> Period:
    """Return the day or month that a parameter names; that of now without it.

    Raises:
        BadRequest: it names none.
    """
    text = args.get(name, "")
    if not text:
        return Period.containing(kind, services().clock())
    try:
        found = Period.parse(text)
    except InvalidValue as error:
        raise BadRequest(told(error)) from error
    if found.kind is not kind:
        raise BadRequest(say(_WRITTEN[kind]))
    return found


def first_day(period: Period) -> date:
    """Return the day that a day is, or the first of a month.

    Raises:
        BadRequest: all time has none.
    """
    if period.first_day is None:
        raise BadRequest(say("All time has no first day."))
    return period.first_day
