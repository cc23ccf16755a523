"""A board's page: what its template shows, made ready so that the template only writes it out."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from markupsafe import Markup

from leaderboard_app.domain.boards import Operator
from leaderboard_app.domain.errors import mark
from leaderboard_app.usecases.read import PAGE_ROWS, Around
from leaderboard_app.web import fragments, ranks, rows
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.pictures.spread import SpreadPicture, marked_picture
from leaderboard_app.web.presentation import period_name
from leaderboard_app.web.ranking_ways import RankingWays
from leaderboard_app.web.ranks import RankWords

_IN_VAIN = {
    Operator.BEST: mark("{told}: the score you just added does not beat it."),
    Operator.FIRST: mark(
        "{told}: the first score counts on this board, so the one you just added changes nothing."
    ),
}


@dataclass(frozen=True, slots=True)
class BoardPage(RankingWays):
    """A page of a ranking, with the links around it and, maybe, a player's place."""

    around: Around | None = None

    @property
    def is_for_all(self) -> bool:
        """Whether it says the same to everybody: it marks nobody's row, and no mistake."""
        asked = self.asked
        return asked.player_id is None and not (asked.jump and asked.jump.error)

    @property
    def decided_by(self) -> Hashable:
        """All that decides what a page for all says; whatever the time decides, by the minute."""
        page, asked = self.page, self.asked
        # Plain values in one tuple: rows of their own would take several times as long to hash.
        rows = [
            value
            for row in page.rows
            for value in (row.player_id.value, row.name, row.country.code, row.standing)
        ]
        minute = asked.now.replace(second=0, microsecond=0)
        kind = asked.view, asked.cursor, asked.jump, asked.is_wall
        return (*kind, minute, page.rank, page.next, page.previous, *rows)

    @property
    def has_improved(self) -> bool:
        """Whether the best is the submission that was just made."""
        return (
            self.around is not None and self.around.entry.submission_id == self.asked.submission_id
        )

    @property
    def rank(self) -> RankWords | None:
        """The player's place, in words; None where no player is shown."""
        return RankWords.of(self.around.placing, self.asked.now) if self.around else None

    @property
    def outcome(self) -> str:
        """What the player's score is, and whether it is the one that was just added."""
        if self.around is None:
            return ""
        score = self.board.show(self.around.entry.score)
        if self.period.first_day:
            told = say(", with {score} in {period}", score=score, period=period_name(self.period))
        else:
            told = say(", with {score}", score=score)
        if not self.asked.submission_id or self.has_improved:
            return f"{told}."
        return say(_IN_VAIN[self.board.operator], told=told)

    @property
    def picture(self) -> SpreadPicture | None:
        """How scores are spread, with the player's place; None without a player or a walk."""
        return marked_picture(self.board, self.around) if self.around else None

    def rows(self) -> Markup:
        """Return the rows, written out."""
        marked = self.around.entry.player.player_id.value if self.around else ""
        return rows.written(self.page, self.links.players, marked)

    @property
    def places_note(self) -> str:
        """How well the places are known, where they are not exact; else nothing."""
        if self.page.rank.exact:
            return ""
        known = ranks.as_of(self.page.rank, self.asked.now)
        return (
            say("Places {known}.", known=known)
            if known
            else say("Places marked + are these or lower.")
        )

    @property
    def numbers(self) -> str:
        """Which places are shown, and of which page where they fill one."""
        first = self.page.rank.place
        last = first + len(self.page.rows) - 1
        page, past = divmod(first - 1, PAGE_ROWS)
        if past:
            return say("Places {first} to {last}", first=first, last=last)
        return say("Page {page}, places {first} to {last}", page=page + 1, first=first, last=last)

    def tab_bar(self) -> Markup:
        """Return the kinds of period that the board keeps, each leading to the one of now."""
        return fragments.tab_bar(
            self.links, self.board.periods, self.period.kind, self.view.country
        )

    def forms(self) -> Markup:
        """Return the forms that look for a player and choose a country."""
        return fragments.forms(self.links, self.period_word, self.country_code)

    def jump_form(self) -> Markup:
        """Return the form that leads to any place, with what was typed into it."""
        jump = self.asked.jump
        if jump is None:
            return fragments.jump_form(self.links, self.period_word, self.country_code)
        kept = self.links.board, self.period_word, self.country_code
        return fragments.written("_forms.html", "jump_form", *kept, jump.typed, jump.error)
