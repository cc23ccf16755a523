"""A board's page: what its template shows, made ready so that the template only writes it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from flask import get_template_attribute, url_for
from markupsafe import Markup

from leaderboard_app.domain import scores, standings
from leaderboard_app.domain.boards import Board, Order
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.rankings import Page, View
from leaderboard_app.usecases.read import Around
from leaderboard_app.web import cursors
from leaderboard_app.web.door import Asked
from leaderboard_app.web.links import BoardLinks
from leaderboard_app.web.presentation import (
    TABS,
    THOUSANDS_APART,
    country_cell,
    number,
    period_name,
    when,
)


class Tab(NamedTuple):
    """A link to another period of the same board."""

    label: str
    url: str
    is_current: bool = False


class Line(NamedTuple):
    """All that decides how a row is written out. A tuple of plain values, as those hash fastest."""

    place: int
    is_exact: bool
    is_marked: bool
    player_id: str
    name: str
    country: str
    standing: int
    players: str
    order: Order
    decimals: int

    @property
    def medal(self) -> int:
        """1 to 3 for the places that have one, else 0."""
        return self.place if self.is_exact and self.place <= MEDALS else 0


MEDALS = 3


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A page of a ranking, with the links around it."""

    asked: Asked
    page: Page
    around: Around | None
    links: BoardLinks

    @property
    def view(self) -> View:
        """The ranking."""
        return self.asked.view

    @property
    def board(self) -> Board:
        """The board."""
        return self.asked.view.board

    @property
    def period(self) -> Period:
        """The period."""
        return self.asked.view.period

    @property
    def has_improved(self) -> bool:
        """Whether the best is the submission that was just made."""
        return (
            self.around is not None and self.around.entry.submission_id == self.asked.submission_id
        )

    def rows(self) -> Markup:
        """Return the rows, written out."""
        return Markup("").join(map(_row, self._lines()))

    def _lines(self) -> Iterator[Line]:
        board, players, is_exact = self.board, self.links.players, self.page.rank.exact
        marked = self.around.entry.player.player_id.value if self.around else ""
        for place, row in self.page.placed():
            player_id = row.player_id.value
            yield Line(
                place,
                is_exact,
                player_id == marked,
                player_id,
                row.name,
                row.country.code,
                row.standing,
                players,
                board.order,
                board.decimals,
            )

    def tabs(self) -> Iterator[Tab]:
        """Yield the kinds of period that the board keeps, each leading to the one of now."""
        for kind, label in TABS.items():
            if kind in self.board.periods:
                url = self.links.ranking(_word(kind), self.view.country)
                yield Tab(label, url, kind is self.period.kind)

    @property
    def period_word(self) -> str:
        """What `period` says to come to this one: a word where it is now's, so that it lasts."""
        is_current = self.period == Period.containing(self.period.kind, self.asked.now)
        return _word(self.period.kind) if is_current else self.period.key

    @property
    def add_url(self) -> str:
        """Where the form is that leads back to a period of this kind."""
        word = _word(self.period.kind) or None
        return url_for("scores.new", board_id=self.board.board_id, period=word)

    @property
    def all_countries_url(self) -> str:
        """Where the same period's ranking of all countries is."""
        return self.links.ranking(self.period_word)

    @property
    def earlier(self) -> Tab | None:
        """The period before, where its entries are still kept."""
        before = self.period.previous()
        end = before and self.board.expires_at(before)
        return self._step(before) if before and end and end > self.asked.now else None

    @property
    def later(self) -> Tab | None:
        """The period after, where it has begun."""
        after = self.period.next()
        start = after and after.start
        return self._step(after) if after and start and start <= self.asked.now else None

    def _step(self, period: Period) -> Tab:
        return Tab(period_name(period), self.links.ranking(period.key, self.view.country))

    @property
    def next_url(self) -> str:
        """Where the next page is, or nothing."""
        return self._turn(cursors.dump(self.page.next)) if self.page.next else ""

    @property
    def previous_url(self) -> str:
        """Where the previous page is, or nothing."""
        return self._turn(cursors.dump(self.page.previous)) if self.page.previous else ""

    def _turn(self, cursor: str) -> str:
        # By the period's key: a cursor of this week turns no page of the next one.
        period = "" if self.period.kind is PeriodKind.ALL else self.period.key
        return self.links.ranking(period, self.view.country, cursor=cursor)

    @property
    def top_url(self) -> str:
        """Where this ranking begins."""
        return self.links.ranking(self.period_word, self.view.country)


def _word(kind: PeriodKind) -> str:
    return "" if kind is PeriodKind.ALL else str(kind)


# The same rows are read again and again: most of them are written out already.
@lru_cache(maxsize=4096)
def _row(line: Line) -> Markup:
    row = get_template_attribute("_row.html", "row")
    score = scores.show(
        standings.score_of(line.standing, line.order), line.decimals, THOUSANDS_APART
    )
    place = number(line.place) + ("" if line.is_exact else "+")
    achieved_at = when(standings.achieved_at_of(line.standing))
    written: Markup = row(line, place, country_cell(line.country), score, achieved_at)
    return written
