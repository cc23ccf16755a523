"""The log: who decided what, about whom, why and when; month by month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from leaderboard_app.domain import moments
from leaderboard_app.domain.deeds import Deed
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.periods import PeriodKind
from leaderboard_app.web.context import services
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.operators import steps
from leaderboard_app.web.operators.steps import Steps
from leaderboard_app.web.operators.words import DEEDS, who

PAGE_ROWS = 50

_PAST = re.compile(r"([0-9]{1,13})\.([A-Za-z0-9_-]{1,80})")


def register(blueprint: Blueprint) -> None:
    """Add the view."""
    blueprint.get("/acts")(acts)


def acts() -> str:
    """Show what was decided in `month`, this one if none is said, latest first."""
    month = steps.asked(request.args, "month", PeriodKind.MONTH)
    first = steps.first_day(month)
    past, logbook = _past(request.args), services().store.logbook
    found = logbook.acts(first.year, first.month, past, PAGE_ROWS + 1)
    shown = found[:PAGE_ROWS]
    following = len(found) > PAGE_ROWS
    return render_template(
        "operators/acts.html",
        month=month,
        steps=Steps.beside(month, lambda key: url_for("operators.acts", month=key)),
        rows=[(deed, who(deed.act.by), say(DEEDS[deed.what]), _url(deed)) for deed in shown],
        next_url=url_for("operators.acts", month=month.key, past=_name(shown[-1]))
        if following
        else "",
    )


def _url(deed: Deed) -> str:
    """Return where the deed's player is seen: on its board, or the first that there is."""
    boards = services().boards.all()
    board_id = deed.board_id or (boards[0].board_id if boards else "")
    if not board_id:
        return url_for("operators.home")
    return url_for("operators.player", board_id=board_id, player_id=deed.player_id)


def _name(deed: Deed) -> str:
    return f"{moments.to_ms(deed.act.at)}.{deed.act.act_id}"


def _past(args: Mapping[str, str]) -> tuple[datetime, str] | None:
    text = args.get("past", "")
    match = _PAST.fullmatch(text)
    if text and not match:
        raise BadRequest(say("This page link is damaged."))
    try:
        return (moments.from_ms(int(match[1])), match[2]) if match else None
    except InvalidValue as error:
        raise BadRequest(say("This page link is damaged.")) from error
