"""A player as operators see them: all they sent, what counts of it, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from werkzeug.exceptions import NotFound

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.errors import InvalidValue, mark
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.records import Profile
from leaderboard_app.domain.reports import Dossier, Report
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.web import door
from leaderboard_app.web.context import services
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.operators.lists import tabs
from leaderboard_app.web.operators.rows import Action, ReportRow, top_players, warnings
from leaderboard_app.web.operators.words import PLAYERS

PAGE_ROWS = 50
NOTHING_KEPT = mark("Nothing is kept here of a player with that id on this board.")


def register(blueprint: Blueprint) -> None:
    """Add the view."""
    address = "/boards/<board_id>/players/<player_id:player_id>"
    blueprint.get(address, endpoint="player")(show)


@dataclass(frozen=True, slots=True)
class PlayerFile:
    """What the page shows."""

    board: Board
    dossier: Dossier
    player: Player
    past: SubmissionId | None

    @property
    def profile(self) -> Profile:
        """What was decided about all of the player's."""
        return self.dossier.record.profile

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Their entries, period by period."""
        return tuple(sorted(self.dossier.record.entries, key=lambda entry: entry.key))

    def counts(self, entry: Entry) -> bool:
        """Say whether an entry counts."""
        return self.dossier.record.counts(entry)

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        """The submissions of this page."""
        return tuple(ReportRow(each, self.board) for each in self._shown[:PAGE_ROWS])

    @property
    def next_url(self) -> str:
        """Where earlier submissions are; nothing where there are none."""
        if len(self._shown) <= PAGE_ROWS:
            return ""
        last = self._shown[PAGE_ROWS - 1].submission.submission_id
        return self._url("operators.player", past=str(last))

    @property
    def actions(self) -> tuple[Action, ...]:
        """What can be decided about all of the player's."""
        words = (
            "unban" if self.profile.banned else "ban",
            "void",
            *(["unvoid"] if self.profile.voided_at else []),
        )
        return tuple(
            Action(
                say(PLAYERS[word].button),
                self._url("operators.decide_player", word=word),
            )
            for word in words
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """What an operator should know about the name."""
        return warnings(self.player, top_players(self.board))

    def _url(self, endpoint: str, past: str | None = None, word: str | None = None) -> str:
        board_id, player_id = self.board.board_id, self.player.player_id
        return url_for(endpoint, board_id=board_id, player_id=player_id, past=past, word=word)

    @property
    def _shown(self) -> tuple[Report, ...]:
        past, reports = self.past, self.dossier.reports
        return tuple(r for r in reports if past is None or r.submission.submission_id < past)


def show(board_id: str, player_id: PlayerId) -> str:
    """Show a player, with those of their submissions that came before `past`."""
    board = door.board(board_id)
    dossier = services().store.logbook.dossier(board, player_id, services().clock())
    player = player_of(dossier)
    if player is None:
        raise NotFound(say(NOTHING_KEPT))
    found = PlayerFile(board, dossier, player, _past())
    return render_template("operators/player.html", shown=found, board=board, tabs=tabs(board, ""))


def player_of(dossier: Dossier) -> Player | None:
    """Return a player as they were called last; None where nothing is kept of them."""
    if dossier.reports:
        return dossier.reports[0].submission.player
    entries = dossier.record.entries
    return max(entries, key=lambda entry: entry.achieved_at).player if entries else None


def _past() -> SubmissionId | None:
    try:
        return SubmissionId(request.args["past"]) if request.args.get("past") else None
    except InvalidValue as error:
        raise NotFound(say("This page link is damaged.")) from error
