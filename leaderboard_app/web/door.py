"""What an address says, as values of the domain: what is wrong with it ends here, as 400 or 404.

Parameters that no page knows are ignored; of one that is repeated, the first counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from flask import g
from werkzeug.exceptions import BadRequest, NotFound

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.errors import InvalidValue, mark
from leaderboard_app.domain.periods import ALL_TIME, Period, PeriodKind
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Cursor, View
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.web import cursors, jumps
from leaderboard_app.web.context import services
from leaderboard_app.web.jumps import Jump
from leaderboard_app.web.languages.sentences import say, told

Args = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks to see of a board.

    Attributes:
        view: the ranking.
        now: when they ask.
        cursor: the page; None for the first.
        player_id: whose row to show and mark.
        submission_id: what that player has just submitted.
        jump: the place to go to; None where none was typed.
        is_wall: whether it is for a big screen that people look at from afar.
    """

    view: View
    now: datetime
    cursor: Cursor | None = None
    player_id: PlayerId | None = None
    submission_id: SubmissionId | None = None
    jump: Jump | None = None
    is_wall: bool = False

    @property
    def is_top(self) -> bool:
        """Whether it is a ranking's top, where new scores come in, and no place of their own."""
        return self.cursor is None and self.player_id is None and self.jump is None


WALL = "wall"
"""What `display` says for a big screen."""

_NOT_KEPT = {
    PeriodKind.ALL: mark("This board keeps no ranking of all time."),
    PeriodKind.MONTH: mark("This board keeps no ranking by month."),
    PeriodKind.WEEK: mark("This board keeps no ranking by week."),
    PeriodKind.DAY: mark("This board keeps no ranking by day."),
}
_KINDS = {str(kind): kind for kind in PeriodKind}


def board(board_id: str) -> Board:
    """Return the board of an address.

    Raises:
        NotFound: there is none.
    """
    found = services().boards.find(board_id)
    if found is None:
        raise NotFound(say("There is no board of that name."))
    # An error page that follows can then lead back to the board.
    g.board = found
    return found


def asked(board: Board, args: Args) -> Asked:
    """Return what the parameters ask to see of a board; a place that is none is said in `jump`.

    Raises:
        BadRequest: one of them is malformed.
        NotFound: the board keeps no such periods.
    """
    now = services().clock()
    view = View(board, period(board, args, now), country(args))
    return Asked(
        view,
        now,
        cursor(args, view),
        player_id(args),
        submission_id(args),
        jumps.asked(args),
        is_wall(args),
    )


def period(board: Board, args: Args, now: datetime) -> Period:
    """Return the period that `period` names: a key, or `month`, `week`, `day` for that of now.

    Raises:
        BadRequest: it is neither.
        NotFound: the board keeps no such periods.
    """
    text = args.get("period", "")
    if text in _KINDS:
        named = Period.containing(_KINDS[text], now)
    else:
        with _or_bad_request():
            named = Period.parse(text) if text else ALL_TIME
    if named.kind not in board.periods:
        raise NotFound(say(_NOT_KEPT[named.kind]))
    return named


def country(args: Args) -> Country | None:
    """Return the country that `country` names; None for all.

    Raises:
        BadRequest: it is no country's code.
    """
    text = args.get("country", "")
    with _or_bad_request():
        return Country.parse(text) if text else None


def player_id(args: Args) -> PlayerId | None:
    """Return the player whose row is asked for with `player`; None where nobody's is.

    Raises:
        BadRequest: it is no player's id.
    """
    text = args.get("player", "")
    with _or_bad_request():
        return PlayerId(text) if text else None


def submission_id(args: Args) -> SubmissionId | None:
    """Return the submission that `submission` says was just made; None without.

    Raises:
        BadRequest: it is no submission's id.
    """
    text = args.get("submission", "")
    with _or_bad_request():
        return SubmissionId(text) if text else None


def cursor(args: Args, view: View) -> Cursor | None:
    """Return the cursor of `cursor`; None for the first page.

    Raises:
        BadRequest: it is damaged, made up, or of another ranking.
    """
    text = args.get("cursor", "")
    if not text:
        return None
    with _or_bad_request():
        found = cursors.load(text)
    if not found.belongs_to(view):
        raise BadRequest(say("This page link belongs to another ranking."))
    return found


def is_wall(args: Args) -> bool:
    """Say whether `display` asks for the big screen, as `wall`.

    Raises:
        BadRequest: it asks for what there is not.
    """
    text = args.get("display", "")
    if text not in {"", WALL}:
        raise BadRequest(
            say("A ranking is shown as a page, or with display={wall} on a big screen.", wall=WALL)
        )
    return text == WALL


@contextmanager
def _or_bad_request() -> Iterator[None]:
    try:
        yield
    except InvalidValue as error:
        raise BadRequest(told(error)) from error
