"""A player's page: what its template shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import Player
from leaderboard_app.usecases import read
from leaderboard_app.usecases.read import Around
from leaderboard_app.web.head import CSV, JSON, Alternate, Head
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.links import BoardLinks
from leaderboard_app.web.pictures.progress import ProgressPicture, progress_picture
from leaderboard_app.web.pictures.spread import SpreadPicture, marked_picture
from leaderboard_app.web.ranks import RankWords


@dataclass(frozen=True, slots=True)
class PlayerPage:
    """One player on one board.

    Attributes:
        board: the board.
        found: what they did on it.
        around: their place in all time; None where nothing of theirs counts.
        now: when it is read.
    """

    board: Board
    found: read.PlayerPage
    around: Around | None
    now: datetime

    @property
    def player(self) -> Player:
        """Who it is, as they were last called."""
        return self.found.player

    @property
    def links(self) -> BoardLinks:
        """Where the board's pages are."""
        return BoardLinks.to(self.board)

    @property
    def best(self) -> Entry | None:
        """Their best of all time; None where nothing counts."""
        return next((each for each in self.found.bests if each.period == ALL_TIME), None)

    @property
    def rank(self) -> RankWords | None:
        """Their place in all time, in words."""
        return RankWords.of(self.around.placing, self.now) if self.around else None

    @property
    def row_url(self) -> str:
        """Where their row in the ranking of all time is."""
        return self.links.row("", self.player.player_id)

    @property
    def spread(self) -> SpreadPicture | None:
        """How all scores are spread, with their place marked; None before a walk."""
        return marked_picture(self.board, self.around) if self.around else None

    @property
    def progress(self) -> ProgressPicture | None:
        """Their progress over time; None with fewer than two scores."""
        return progress_picture(self.board, self.found.history, self.best)

    @property
    def head(self) -> Head:
        """What the page tells other sites."""
        name, player_id = self.player.name, self.player.player_id.value
        path = f"{self.links.players}{player_id}"
        title = say("{name} on {board}", name=name, board=self.board.title)
        return Head(
            title,
            f"{title}: {self._told}.",
            path,
            (
                Alternate(CSV, say("These scores as CSV"), f"{path}/history.csv"),
                Alternate(JSON, say("This page as JSON"), f"{self.links.api}/players/{player_id}"),
            ),
        )

    @property
    def _told(self) -> str:
        if not self.best:
            return say("without a score")
        score = self.board.show(self.best.score)
        if not self.rank:
            return say("with {score}", score=score)
        return say("{place} of all time, with {score}", place=self.rank.place, score=score)
