"""An Atom feed (RFC 4287) of a board's new number ones: who leads now, and who won before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import NAMESPACE_URL, UUID, uuid5

from flask import Blueprint, Response, render_template

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import mark
from leaderboard_app.domain.periods import ALL_TIME, Period
from leaderboard_app.domain.rankings import Row, View
from leaderboard_app.usecases.walk import winners
from leaderboard_app.web import door, sharing
from leaderboard_app.web.context import services
from leaderboard_app.web.head import ATOM
from leaderboard_app.web.languages.asked import current
from leaderboard_app.web.languages.known import ENGLISH
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.links import BoardLinks
from leaderboard_app.web.presentation import period_name

blueprint = Blueprint("number_ones", __name__)

MOST_SHOWN = 50
_LEADS = mark("{name} leads {ranking} with {score}")
_WON = mark("{name} won {ranking} with {score}")
_SPACE = uuid5(NAMESPACE_URL, "leaderboard:number-ones")


@dataclass(frozen=True, slots=True)
class NumberOne:
    """An entry of the feed.

    Attributes:
        uuid: the same in every region and for ever; somebody else's lead or a better score is
            another entry.
        title: who, in what.
        updated: since when it is so, or when the period was over.
        path: the ranking.
        name: the player's.
    """

    uuid: UUID
    title: str
    updated: datetime
    path: str
    name: str


@blueprint.get("/boards/<board_id>/number-ones.atom")
def show(board_id: str) -> Response:
    """Answer the feed, latest first."""
    board = door.board(board_id)
    now = services().clock()
    entries = sorted(_number_ones(board, now), key=lambda one: one.updated, reverse=True)
    # A feed has to say when it changed last; an empty one says so of the day.
    today = datetime.combine(now.date(), time(tzinfo=UTC))
    text = render_template(
        "number_ones.xml",
        board=board,
        uuid=_uuid(board.board_id),
        updated=entries[0].updated if entries else today,
        entries=entries[:MOST_SHOWN],
        links=BoardLinks.to(board),
        xml_text=xml_text,
    )
    return sharing.answer(text, ATOM)


def xml_text(text: str) -> str:
    """Return a text that XML can hold: two characters that a name may have can't stand in it."""
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def _number_ones(board: Board, now: datetime) -> Iterator[NumberOne]:
    links = BoardLinks.to(board)
    for row in services().tops.top(View(board, ALL_TIME)).rows[:1]:
        yield _entry(board, ALL_TIME, row, _LEADS, row.achieved_at, links)
    for past in winners(services().store, board, now):
        if past.period.end:
            yield _entry(board, past.period, past.winners[0], _WON, past.period.end, links)


def _uuid(named: str) -> UUID:
    """Return the id of a feed or an entry: the same everywhere, but in another language."""
    code = current().code
    return uuid5(_SPACE, named if code == ENGLISH.code else f"{named} {code}")


def _entry(
    board: Board, period: Period, row: Row, did: str, updated: datetime, links: BoardLinks
) -> NumberOne:
    uuid = _uuid(f"{board.board_id} {period.key} {row.player_id} {row.standing}")
    score = board.show(row.score(board.order))
    what = board.title if period == ALL_TIME else period_name(period)
    path = links.ranking("" if period == ALL_TIME else period.key)
    title = say(did, name=row.name, ranking=what, score=score)
    return NumberOne(uuid, title, updated, path, row.name)
