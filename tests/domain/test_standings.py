"""A standing orders entries as the game means it, and gives back what went in."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from leaderboard_app.domain import moments, scores, standings
from leaderboard_app.domain.boards import Order
from leaderboard_app.domain.players import PlayerId
from tests.strategies import MOMENTS, ORDERS, PLAYER_IDS, SCORES

DIGITS_OF_A_DYNAMODB_NUMBER = 38


@given(SCORES, SCORES, MOMENTS, MOMENTS, PLAYER_IDS, PLAYER_IDS)
def test_a_higher_score_stands_higher_whenever_it_was_achieved(
    one: int, other: int, at: datetime, later: datetime, ada: PlayerId, bob: PlayerId
) -> None:
    """Invariant 2 rests on it: the largest standing is the best score."""
    assume(one != other)
    stands_higher = standings.standing_of(one, at, ada, Order.HIGHER) > standings.standing_of(
        other, later, bob, Order.HIGHER
    )
    assert stands_higher == (one > other)


@given(SCORES, SCORES, MOMENTS, MOMENTS, PLAYER_IDS, PLAYER_IDS)
def test_a_lower_score_stands_higher_where_lower_is_better(
    one: int, other: int, at: datetime, later: datetime, ada: PlayerId, bob: PlayerId
) -> None:
    """The same, the other way round: lap times."""
    assume(one != other)
    stands_higher = standings.standing_of(one, at, ada, Order.LOWER) > standings.standing_of(
        other, later, bob, Order.LOWER
    )
    assert stands_higher == (one < other)


@given(SCORES, MOMENTS, st.integers(1, 10**12), PLAYER_IDS, PLAYER_IDS, ORDERS)
def test_of_equal_scores_the_earlier_stands_higher(
    score: int, at: datetime, later_by: int, ada: PlayerId, bob: PlayerId, order: Order
) -> None:
    """A tie goes to who was first, in both directions."""
    later_ms = moments.to_ms(at) + later_by
    assume(later_ms < moments.END_OF_TIME_MS)
    first = standings.standing_of(score, at, ada, order)
    second = standings.standing_of(score, moments.from_ms(later_ms), bob, order)
    assert first > second


@given(SCORES, MOMENTS, PLAYER_IDS, PLAYER_IDS, ORDERS)
def test_equal_scores_of_the_same_moment_are_told_apart(
    score: int, at: datetime, ada: PlayerId, bob: PlayerId, order: Order
) -> None:
    """No two players stand equal, but for one chance in 10^9."""
    assume(standings.digest(ada) % 10**9 != standings.digest(bob) % 10**9)
    assert standings.standing_of(score, at, ada, order) != standings.standing_of(
        score, at, bob, order
    )


@given(SCORES, MOMENTS, PLAYER_IDS, ORDERS)
def test_a_standing_gives_back_its_score_and_moment(
    score: int, at: datetime, player_id: PlayerId, order: Order
) -> None:
    """Rows of an index carry neither: both are read out of the standing."""
    standing = standings.standing_of(score, at, player_id, order)
    assert standings.score_of(standing, order) == score
    assert standings.achieved_at_of(standing) == moments.from_ms(moments.to_ms(at))


@given(st.sampled_from([-scores.LIMIT, scores.LIMIT]), MOMENTS, PLAYER_IDS, ORDERS)
def test_an_extreme_standing_fits_into_a_dynamodb_number(
    score: int, at: datetime, player_id: PlayerId, order: Order
) -> None:
    """DynamoDB refuses more than 38 digits, where other stores round them away."""
    standing = standings.standing_of(score, at, player_id, order)
    assert len(str(abs(standing))) <= DIGITS_OF_A_DYNAMODB_NUMBER


def test_a_digest_never_changes() -> None:
    """Stored standings depend on it: another digest would let an entry fall."""
    assert standings.digest(PlayerId("ada")) == 1_562_989_052_550_317_351


@given(PLAYER_IDS, st.integers(1, 64))
def test_a_shard_is_one_of_the_boards(player_id: PlayerId, shards: int) -> None:
    """Every entry goes to a partition that readers ask."""
    assert 0 <= standings.shard_of(player_id, shards) < shards


def test_players_spread_evenly_over_shards() -> None:
    """A partition that takes twice its share would be the limit of the board."""
    counts = [0] * 8
    for number in range(8000):
        counts[standings.shard_of(PlayerId(f"player-{number}"), 8)] += 1
    assert min(counts) > 850
    assert max(counts) < 1150


def test_a_millisecond_earlier_is_enough() -> None:
    """The finest step of time that a standing knows."""
    at = moments.from_ms(1_700_000_000_000)
    ada, bob = PlayerId("ada"), PlayerId("bob")
    earlier = standings.standing_of(5, at - timedelta(milliseconds=1), ada, Order.HIGHER)
    assert earlier > standings.standing_of(5, at, bob, Order.HIGHER)
