"""The page of the past periods that are still kept, with who won them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest, NotFound

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import InvalidValue, mark
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.walks import PastPeriod
from leaderboard_app.usecases.walk import winners
from leaderboard_app.web import door, sharing, tabs
from leaderboard_app.web.context import services
from leaderboard_app.web.head import ATOM, CSV, JSON, Alternate, Head
from leaderboard_app.web.languages.sentences import say, told
from leaderboard_app.web.links import BoardLinks
from leaderboard_app.web.presentation import PLURALS
from leaderboard_app.web.tabs import Tab

blueprint = Blueprint("past", __name__)

MOST_SHOWN = 30


class Words(NamedTuple):
    """What the page says about a kind of period: where what differs is a noun alone in English."""

    heading: str
    caption: str
    none: str
    current: str


_WORDS = {
    PeriodKind.MONTH: Words(
        mark("Month"),
        mark("Each month that is over and still kept, latest first; a month leads to its ranking"),
        mark(
            "No month with players in it is over and still kept, or it was not counted so far: "
            "that happens by itself."
        ),
        mark("See the month that runs now"),
    ),
    PeriodKind.WEEK: Words(
        mark("Week"),
        mark("Each week that is over and still kept, latest first; a week leads to its ranking"),
        mark(
            "No week with players in it is over and still kept, or it was not counted so far: "
            "that happens by itself."
        ),
        mark("See the week that runs now"),
    ),
    PeriodKind.DAY: Words(
        mark("Day"),
        mark("Each day that is over and still kept, latest first; a day leads to its ranking"),
        mark(
            "No day with players in it is over and still kept, or it was not counted so far: "
            "that happens by itself."
        ),
        mark("See the day that runs now"),
    ),
}
_TOLD = {
    None: mark("{title}: the first three, and how many played."),
    PeriodKind.MONTH: mark(
        "{title}: the first three of each month that is over, and how many played."
    ),
    PeriodKind.WEEK: mark(
        "{title}: the first three of each week that is over, and how many played."
    ),
    PeriodKind.DAY: mark("{title}: the first three of each day that is over, and how many played."),
}


@dataclass(frozen=True, slots=True)
class PastPage:
    """Past periods of one kind, latest first.

    Attributes:
        board: the board.
        kind: the kind; None where the board keeps no periods.
        shown: some of them.
        more: whether there are earlier ones.
    """

    board: Board
    kind: PeriodKind | None
    shown: Sequence[PastPeriod]
    more: bool

    @property
    def links(self) -> BoardLinks:
        """Where the board's pages are."""
        return BoardLinks.to(self.board)

    @property
    def words(self) -> Words | None:
        """What is said of the kind; None where the board keeps none."""
        return Words(*map(say, _WORDS[self.kind])) if self.kind else None

    def tabs(self) -> tuple[Tab, ...]:
        """Return the kinds of period that the board keeps."""
        return tuple(
            Tab(say(name), self.links.periods_of(kind), kind is self.kind)
            for kind, name in PLURALS.items()
            if kind in self.board.periods
        )

    @property
    def earlier_url(self) -> str:
        """Where the earlier ones are, or nothing."""
        last = self.shown[-1].period.key if self.more else ""
        return self.links.periods_of(str(self.kind), last) if last else ""

    @property
    def current_url(self) -> str:
        """Where the ranking is that runs now."""
        return self.links.ranking(tabs.word(self.kind) if self.kind else "")


@blueprint.get("/boards/<board_id>/periods")
def show(board_id: str) -> Response:
    """Show the past periods of a `kind`, those before `before` where it names one."""
    shown = read_page(door.board(board_id), request.args)
    return sharing.page(render_template("past.html", shown=shown, head=_head(shown)))


def read_page(board: Board, args: Mapping[str, str]) -> PastPage:
    """Return the past periods that the parameters ask for.

    Raises:
        BadRequest, NotFound: they ask for none that there could be.
    """
    kind = _kind(board, args)
    before = _before(args, kind)
    known = winners(services().store, board, services().clock()) if kind else ()
    found = [each for each in known if each.period.kind is kind and _starts_before(each, before)]
    return PastPage(board, kind, found[:MOST_SHOWN], more=len(found) > MOST_SHOWN)


def _head(shown: PastPage) -> Head:
    title = say("Past winners of {board}", board=shown.board.title)
    links, kind = shown.links, str(shown.kind or "")
    before = request.args.get("before", "")
    return Head(
        title,
        say(_TOLD[shown.kind], title=title),
        "" if before else links.periods_of(kind),
        (
            Alternate(CSV, say("These winners as CSV"), links.winners_sheet(kind, before)),
            Alternate(JSON, say("All winners as JSON"), f"{links.api}/periods"),
            Alternate(
                ATOM, say("New number ones of {board}", board=shown.board.title), links.number_ones
            ),
        ),
    )


def _kind(board: Board, args: Mapping[str, str]) -> PeriodKind | None:
    """Return the kind that `kind` names, or the board's longest; None where it keeps none."""
    kept = [kind for kind in PLURALS if kind in board.periods]
    text = args.get("kind", "")
    if not text:
        return kept[0] if kept else None
    for kind in kept:
        if text == kind:
            return kind
    raise NotFound(
        say("This board keeps no such periods: use month, week or day, if it keeps them.")
    )


def _before(args: Mapping[str, str], kind: PeriodKind | None) -> Period | None:
    text = args.get("before", "")
    try:
        before = Period.parse(text) if text else None
    except InvalidValue as error:
        raise BadRequest(told(error)) from error
    if before and before.kind is not kind:
        raise BadRequest(say("This page link belongs to another kind of period."))
    return before


def _starts_before(past: PastPeriod, before: Period | None) -> bool:
    start, end = past.period.first_day, before.first_day if before else None
    return start is not None and (end is None or start < end)
