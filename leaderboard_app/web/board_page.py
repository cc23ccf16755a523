"""A board's page: what its template shows, made ready so that the template only writes it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from flask import url_for
from markupsafe import Markup

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.rankings import Page, View
from leaderboard_app.usecases.read import Around
from leaderboard_app.web import cursors
from leaderboard_app.web.door import Asked
from leaderboard_app.web.links import BoardLinks
from leaderboard_app.web.presentation import TABS, country_cell, number, period_name, when


class Tab(NamedTuple):
    """A link to another period of the same board."""

    label: str
    url: str
    is_current: bool = False


class Line(NamedTuple):
    """A row of the ranking as it is written out. A tuple, as a template unpacks it fastest."""

    medal: int
    is_marked: bool
    place: str
    url: str
    name: str
    country: Markup
    score: str
    when: Markup


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

    def lines(self) -> Iterator[Line]:
        """Yield the rows, ready to be written out."""
        board, order, players = self.board, self.board.order, self.links.players
        marked = self.around.entry.player.player_id if self.around else None
        tail = "" if self.page.rank.exact else "+"
        for place, row in self.page.placed():
            yield Line(
                place if place <= MEDALS and not tail else 0,
                row.player_id == marked,
                number(place) + tail,
                players + row.player_id.value,
                row.name,
                country_cell(row.country.code),
                board.show(row.score(order)),
                when(row.achieved_at),
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
