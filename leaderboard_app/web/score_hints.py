"""Which scores a board takes, told to people who are about to type one."""

from __future__ import annotations

from flask import Flask

from leaderboard_app.domain import scores
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import InvalidValue, mark
from leaderboard_app.domain.scores import ScoreText, Unit
from leaderboard_app.web.languages.sentences import say, say_count

_WHOLE = {
    Unit.POINTS: mark("A whole number"),
    Unit.TIME: mark("Minutes and seconds"),
    Unit.METRES: mark("Whole metres"),
}
_WITH_DECIMALS = {
    Unit.POINTS: mark("A number with up to {decimals}"),
    Unit.TIME: mark("Minutes and seconds with up to {decimals}"),
    Unit.METRES: mark("Metres with up to {decimals}"),
}


def register(app: Flask) -> None:
    """Let templates tell it."""
    app.add_template_filter(bounds)


def bounds(board: Board) -> str:
    """Return which scores a board takes, with an example, for people who are about to type one."""
    kind = say("{kind}, for example {example}", kind=_kind(board), example=_example(board))
    low, high = board.show(board.minimum), board.show(board.maximum)
    if board.maximum < scores.LIMIT:
        return say("{kind}; from {low} to {high}.", kind=kind, low=low, high=high)
    if board.minimum > -scores.LIMIT:
        return say("{kind}; {low} or more.", kind=kind, low=low)
    return f"{kind}."


def _kind(board: Board) -> str:
    if not board.decimals:
        return say(_WHOLE[board.unit])
    decimals = say_count("{count} decimal", "{count} decimals", board.decimals)
    return say(_WITH_DECIMALS[board.unit], decimals=decimals)


def _example(board: Board) -> ScoreText:
    """Return a score that may be typed: ours, or where the board does not take it, its bound."""
    ours = scores.example(board.decimals, board.unit)
    try:
        board.parse(ours)
    except InvalidValue:
        bound = board.minimum if board.minimum > -scores.LIMIT else board.maximum
        return board.show(bound, group="")
    return ours
