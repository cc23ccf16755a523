"""The filter: it never forgets who was met, rarely suspects who was not, and stays in its room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.seen import BYTES_A_PLAYER, FIRST_BYTES, Met, Seen

SOME = 30_000
TIGHT = 16 * 2**10


def row(number: int, score: int = 0) -> Met:
    """Return a row of a player: its standing ends in digits of the player's, as all do."""
    return score * 10**22 + number * 2_654_435_761 % 10**9, f"player-{number}"


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-5, 5)), max_size=80))
def test_who_was_met_is_always_suspected(drawn: list[tuple[int, int]]) -> None:
    seen, met = Seen(), set[int]()
    for number, score in drawn:
        suspected = seen.suspects([row(number, score)])
        assert suspected or number not in met
        met.add(number)


@pytest.mark.parametrize("most_bytes", [2**30, TIGHT], ids=["roomy", "tight"])
def test_nobody_is_forgotten_however_many_there_are(most_bytes: int) -> None:
    seen = Seen(most_bytes=most_bytes)
    for start in range(0, SOME, 1_000):
        seen.suspects([row(number) for number in range(start, start + 1_000)])
    again = [row(number, -1) for number in range(SOME)]
    assert seen.suspects(again) == list(range(SOME))
    assert seen.bytes_used <= max(most_bytes, TIGHT)


def test_few_are_suspected_while_there_is_room() -> None:
    """Two bytes a player: less than one in two hundred, over the whole of a filling."""
    seen = Seen(SOME, most_bytes=SOME * BYTES_A_PLAYER)
    suspected = seen.suspects([row(number) for number in range(SOME)])
    assert len(suspected) < SOME / 200


def test_it_grows_in_layers_up_to_its_bound() -> None:
    players = FIRST_BYTES // BYTES_A_PLAYER
    seen = Seen(most_bytes=3 * FIRST_BYTES)
    sizes = {seen.bytes_used}
    for start in range(0, players + 2, players // 2):
        seen.suspects([row(number) for number in range(start, start + players // 2)])
        sizes.add(seen.bytes_used)
    # A second layer of four times the size would be too much: it takes what is left.
    assert sorted(sizes) == [FIRST_BYTES, 3 * FIRST_BYTES]


def test_made_again_from_its_state_it_knows_the_same() -> None:
    seen = Seen(SOME)
    seen.suspects([row(number) for number in range(SOME)])
    room, layers = seen.state()
    again = Seen.again(room, layers)
    assert again.suspects([row(number) for number in range(SOME)]) == list(range(SOME))
    assert again.state() == (room, layers)
