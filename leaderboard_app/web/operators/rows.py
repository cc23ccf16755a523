"""Reports as rows of a table, with the warnings about names, and what can be done about each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from leaderboard_app.domain import lookalikes
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.errors import mark
from leaderboard_app.domain.lookalikes import Likeness
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import Player
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.reports import Report
from leaderboard_app.web.context import services
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.operators.words import SOURCES, STATES, StateWords, choices_for, who
from leaderboard_app.web.regions import place_of


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done about a score, or about a player."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One submission, as the corner's tables show it.

    Attributes:
        report: what it is of.
        board: the board it is on.
        warnings: about the player's name.
    """

    report: Report
    board: Board
    warnings: tuple[str, ...] = ()

    @property
    def state(self) -> StateWords:
        """What became of it, in words."""
        return STATES[self.report.state]

    @property
    def note(self) -> str:
        """Who decided about it, and why; nothing where nobody did."""
        removal = self.report.removal
        if removal is None:
            return ""
        by = mark("{by}: {why}") if removal.stands else mark("Restored by {by}: {why}")
        return say(by, by=who(removal.act.by), why=removal.act.why)

    @property
    def taken(self) -> str:
        """How it came in, and where."""
        one = self.report.submission
        source = say(SOURCES.get(one.source, one.source))
        return say("{source}, {place}", source=source, place=place_of(one.writer))

    @property
    def player_url(self) -> str:
        """The operators' page of its player."""
        player_id = self.report.submission.player.player_id
        return url_for("operators.player", board_id=self.board.board_id, player_id=player_id)

    @property
    def actions(self) -> tuple[Action, ...]:
        """What can be done about it."""
        one = self.report.submission
        return tuple(
            Action(
                say(choice.button),
                url_for(
                    "operators.decide_score",
                    board_id=self.board.board_id,
                    player_id=one.player.player_id,
                    submission_id=one.submission_id,
                    word=word,
                ),
            )
            for word, choice in choices_for(self.report.state).items()
        )


def rows_of(reports: Iterable[Report], board: Board) -> tuple[ReportRow, ...]:
    """Return the rows of reports; names are held against one another's and the top's."""
    shown = tuple(reports)
    players = [report.submission.player for report in shown]
    others = [*top_players(board), *players]
    return tuple(
        ReportRow(report, board, warnings(player, others))
        for report, player in zip(shown, players, strict=True)
    )


def warnings(player: Player, others: Iterable[Player]) -> tuple[str, ...]:
    """Return what an operator should know about a player's name."""
    alike = lookalikes.warnings(player, others, services().reserved_names)
    return tuple(map(_warning, alike))


def _warning(alike: Likeness) -> str:
    if alike.player_id is None:
        return say("Name may be taken for “{name}”", name=alike.name)
    player_id = alike.player_id.value
    return say("Name looks like “{name}” ({player_id})", name=alike.name, player_id=player_id)


def top_players(board: Board) -> list[Player]:
    """Return who stands on the first page of all time: whose names are worth to be taken for."""
    page = services().tops.top(View(board, ALL_TIME))
    return [Player(row.player_id, row.name, row.country) for row in page.rows]
