"""Standings: the one number that orders the entries of a ranking; larger is better.

    standing = ±score x 10^22 + (10^13 - 1 - achieved_at_ms) x 10^9 + digest(player_id) mod 10^9

+ where higher is better, - where lower is. An equal score reached earlier stands higher, and no
two players stand equal. It needs 37 digits; a DynamoDB number holds 38.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from leaderboard_app.domain import moments
from leaderboard_app.domain.boards import Order
from leaderboard_app.domain.players import PlayerId

_TIE_BREAKS = 10**9
_PER_SCORE = moments.END_OF_TIME_MS * _TIE_BREAKS


def digest(player_id: PlayerId) -> int:
    """Return 64 bits that depend on nothing but the id, the same in every process and release."""
    return int.from_bytes(hashlib.blake2b(player_id.value.encode(), digest_size=8).digest())


def standing_of(score: int, achieved_at: datetime, player_id: PlayerId, order: Order) -> int:
    """Return the standing of a score, by whom and when it was achieved."""
    earliness = moments.END_OF_TIME_MS - 1 - moments.to_ms(achieved_at)
    return (
        order.sign * score * _PER_SCORE + earliness * _TIE_BREAKS + digest(player_id) % _TIE_BREAKS
    )


def score_of(standing: int, order: Order) -> int:
    """Return the score inside a standing."""
    return order.sign * (standing // _PER_SCORE)


def achieved_at_of(standing: int) -> datetime:
    """Return the moment inside a standing, in UTC, to the millisecond."""
    return moments.from_ms(moments.END_OF_TIME_MS - 1 - standing % _PER_SCORE // _TIE_BREAKS)


def shard_of(player_id: PlayerId, shards: int) -> int:
    """Return the index partition, 0 to `shards` - 1, that a player's new entries go to."""
    if shards == 1:
        return 0
    # The digits above those of the tie break, so that a shard is no slice of the ties.
    return digest(player_id) // _TIE_BREAKS % shards
