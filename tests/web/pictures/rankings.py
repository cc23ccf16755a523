"""Boundaries of rankings that were never stored: for the pictures that are drawn from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from leaderboard_app.domain import standings
from leaderboard_app.domain.boards import Order
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.players import PlayerId
from tests.worlds import NOW


def walked(scores: Sequence[int], step: int = 1, order: Order = Order.HIGHER) -> Boundaries:
    """Return what a walk of a ranking of these scores finds."""
    found = sorted(
        (
            standings.standing_of(score, NOW - timedelta(seconds=each), PlayerId(f"p{each}"), order)
            for each, score in enumerate(scores)
        ),
        reverse=True,
    )
    lowest = found[-1] if found else None
    return Boundaries(len(found), step, tuple(found[::step]), lowest, NOW)
