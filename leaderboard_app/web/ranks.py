"""Ranks in words: the place, of how many, how well it is known and how far up that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil, log10

from leaderboard_app.domain.rankings import Placing, Rank
from leaderboard_app.domain.scores import ScoreText
from leaderboard_app.web import presentation
from leaderboard_app.web.languages.sentences import say
from leaderboard_app.web.presentation import plain_when

_FEW = 10
"""Among so few, a share of all players says nothing."""


@dataclass(frozen=True, slots=True)
class RankWords:
    """What a page says of a rank.

    Attributes:
        place: `place 12 345 of 1 000 000`.
        known: `exact`, `as of 12:05 UTC`, or nothing where the place itself says `or lower`.
        top: `top 1.2 %`; nothing where nobody knows or the players are few.
    """

    place: str
    known: str
    top: str

    @property
    def place_first(self) -> str:
        """The place as the first words of a sentence."""
        return self.place[:1].upper() + self.place[1:]

    @classmethod
    def of(cls, placing: Placing, now: datetime) -> RankWords:
        """Return the words for a placing, read at a time."""
        rank, total = placing.rank, placing.total
        place = presentation.place(rank)
        told = (
            say("place {place} of {total}", place=place, total=total)
            if total
            else say("place {place}", place=place)
        )
        return cls(told, say("exact") if rank.exact else as_of(rank, now), _top(placing))

    @property
    def details(self) -> str:
        """How well it is known and how far up it is, in one go."""
        return say(", ").join(filter(None, (self.known, self.top)))


def as_of(rank: Rank, now: datetime) -> str:
    """Return `as of 12:05 UTC` for a rank that is; nothing for any other."""
    return say("as of {time} UTC", time=time_of(rank.as_of, now)) if rank.as_of else ""


def time_of(moment: datetime, now: datetime) -> str:
    """Return a UTC time, with its day where that is not today's."""
    return f"{moment:%H:%M}" if moment.date() == now.date() else plain_when(moment)


def _top(placing: Placing) -> str:
    share = placing.percentile
    if share is None or not placing.total or placing.total < _FEW:
        return ""
    # Two digits that count, rounded up: nobody is told to be further up than they are.
    digits = max(0, 1 - int(log10(share) // 1))
    scale = 10**digits
    told = f"{ceil(round(share * scale, 6)) / scale:.{digits}f}"
    told = told.rstrip("0").rstrip(".") if digits else told
    return say("top {share}\u00a0%", share=ScoreText(told))
