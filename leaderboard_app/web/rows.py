"""A ranking's rows, written out once and then remembered: most are asked for again and again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from flask import get_template_attribute
from markupsafe import Markup

from leaderboard_app.domain import scores, standings
from leaderboard_app.domain.boards import Board, Order
from leaderboard_app.domain.rankings import Page
from leaderboard_app.domain.scores import Unit
from leaderboard_app.web.languages.numerals import number, numeral
from leaderboard_app.web.presentation import country_cell, when

MEDALS = 3


class Line(NamedTuple):
    """All that decides how a row is written out. A tuple of plain values, as those hash fastest."""

    place: int
    is_known: bool
    is_marked: bool
    player_id: str
    name: str
    country: str
    standing: int
    players: str
    order: Order
    decimals: int
    unit: Unit

    @property
    def medal(self) -> int:
        """1 to 3 for the places that have one, else 0."""
        return self.place if self.is_known and self.place <= MEDALS else 0


def written(page: Page, players: str, marked: str = "") -> Markup:
    """Return the rows of a page, written out.

    Args:
        page: whose rows.
        players: what a player's id is put behind, to lead to their page.
        marked: the id of the player whose row is marked.
    """
    return Markup("").join(map(_row, _lines(page, page.view.board, players, marked)))


def _lines(page: Page, board: Board, players: str, marked: str) -> Iterator[Line]:
    is_known = page.rank.exact or page.rank.as_of is not None
    for place, row in page.placed():
        player_id = row.player_id.value
        yield Line(
            place,
            is_known,
            player_id == marked,
            player_id,
            row.name,
            row.country.code,
            row.standing,
            players,
            board.order,
            board.decimals,
            board.unit,
        )


@lru_cache(maxsize=4096)
def _row(line: Line) -> Markup:
    row = get_template_attribute("_row.html", "row")
    reached = standings.score_of(line.standing, line.order)
    score = numeral(scores.show(reached, line.decimals, scores.GROUP, line.unit))
    place = number(line.place) + ("" if line.is_known else "+")
    achieved_at = when(standings.achieved_at_of(line.standing))
    made: Markup = row(line, place, country_cell(line.country), score, achieved_at)
    return made
