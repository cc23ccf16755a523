"""The ways on from a page of a ranking: other pages, periods and views of the same board."""

from __future__ import annotations

from dataclasses import dataclass

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import mark
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.rankings import Page, View
from leaderboard_app.web import cursors, jumps, tabs
from leaderboard_app.web.door import Asked
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.links import BoardLinks
from leaderboard_app.web.presentation import PLURALS, country_name, period_name
from leaderboard_app.web.tabs import Tab

_WINNERS = {
    PeriodKind.MONTH: mark("Past months’ winners"),
    PeriodKind.WEEK: mark("Past weeks’ winners"),
    PeriodKind.DAY: mark("Past days’ winners"),
}


@dataclass(frozen=True, slots=True)
class RankingWays:
    """A page of a ranking with its links.

    Attributes:
        asked: what the reader asks to see.
        page: the rows.
        links: where the board's pages are.
    """

    asked: Asked
    page: Page
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
    def country_code(self) -> str:
        """The country's code; nothing for all."""
        return self.view.country.code if self.view.country else ""

    @property
    def country_name(self) -> str:
        """The country's name, or that it is all of them."""
        return country_name(self.view.country) if self.view.country else say("all countries")

    @property
    def period_word(self) -> str:
        """What `period` says to come to this one: a word where it is now's, so that it lasts."""
        return tabs.word_of(self.period, self.asked.now)

    @property
    def add_url(self) -> str:
        """Where the form is that leads back to a period of this kind."""
        return self.links.adding(tabs.word(self.period.kind))

    @property
    def all_countries_url(self) -> str:
        """Where the same period's ranking of all countries is."""
        return self.links.ranking(self.period_word)

    @property
    def spread_url(self) -> str:
        """Where the picture of this period is."""
        return self.links.spread_of(self.period_word)

    @property
    def winners(self) -> Tab | None:
        """The link to past periods of this kind; None where the board keeps none."""
        kinds = [kind for kind in self.board.periods if kind is not PeriodKind.ALL]
        if not kinds:
            return None
        if self.period.kind is PeriodKind.ALL:
            return Tab(say("Past winners"), self.links.periods)
        return Tab(say(_WINNERS[self.period.kind]), self.links.periods_of(self.period.kind))

    @property
    def steps_label(self) -> str:
        """What is stepped through with `earlier` and `later`."""
        return say(PLURALS[self.period.kind])

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

    @property
    def last_url(self) -> str:
        """Where this ranking ends."""
        return self.links.ranking(self.period_word, self.view.country, at=jumps.LAST)
