"""How scores are spread in numbers: the table beside the picture."""

from __future__ import annotations

from typing import NamedTuple

from leaderboard_app.domain.boards import Board, Order
from leaderboard_app.domain.errors import mark
from leaderboard_app.web.languages.numerals import number, score
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.pictures.histogram import Spread

_SHARES = ((0.01, mark("Top 1\u00a0%")), (0.1, mark("Top 10\u00a0%")), (0.5, mark("Median")))
_OR_BETTER = {Order.LOWER: mark("{score} or less"), Order.HIGHER: mark("{score} or more")}


class Fact(NamedTuple):
    """A row of the table beside the picture."""

    name: str
    value: str


def facts_of(board: Board, spread: Spread) -> tuple[Fact, ...]:
    """Return what the table says of a spread."""
    or_better = _OR_BETTER[board.order]
    shares = [
        Fact(say(name), say(or_better, score=board.show(spread.at(share))))
        for share, name in _SHARES
        if spread.total * share >= 1
    ]
    return (
        Fact(say("Players"), number(spread.total)),
        Fact(say("Best"), score(spread.best, board)),
        *shares,
        Fact(say("Last"), score(spread.last, board)),
    )
