"""Keys as a region remembers them: for how long, how many, and at the price of how many reads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leaderboard_app.domain.keys import Key, KeyId, OutOfScope, Scope, Secret, UnknownKey
from leaderboard_app.usecases import keys as remembering
from leaderboard_app.usecases.keys import MAX_AGE, MAX_AGE_FOR_REFUSED, Keys
from leaderboard_app.usecases.ports import StoreUnavailable
from tests.web.memory_keys import MemoryKeyRing
from tests.web.worlds import Clock, draining

KEY_ID = KeyId("00ff00ff00ff")
SECRET, OTHER = Secret.make(KEY_ID, bytes(32)), Secret.make(KEY_ID, b"2" * 32)
SECOND = timedelta(seconds=1)


class World:
    """A region's keys over a ring in memory that counts how often it is asked."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.asked: list[str] = []
        self.ring = MemoryKeyRing(self.asked.append)
        self.key = Key.of(SECRET, "Game server", [Scope.SUBMIT], self.clock.now)
        self.ring.add(self.key)
        self.asked.clear()
        self.keys = Keys(self.ring, self.clock)

    def is_taken(self, secret: Secret) -> bool:
        try:
            return self.keys.authenticate(secret.text, Scope.SUBMIT) is not None
        except UnknownKey:
            return False

    def revoke(self) -> None:
        self.ring.revoke(KEY_ID, draining())


@pytest.fixture
def world() -> World:
    return World()


def test_a_good_secret_gives_its_key_for_one_read_in_twenty_seconds(world: World) -> None:
    for _ in range(3):
        assert world.keys.authenticate(SECRET.text, Scope.SUBMIT) == world.key
    world.clock.now += MAX_AGE - SECOND
    assert world.is_taken(SECRET)
    assert len(world.asked) == 1
    world.clock.now += SECOND
    assert world.is_taken(SECRET)
    assert len(world.asked) == 2


def test_a_revoked_key_is_good_for_twenty_seconds_more_at_most(world: World) -> None:
    assert world.is_taken(SECRET)
    world.revoke()
    world.clock.now += MAX_AGE
    assert not world.is_taken(SECRET)


def test_a_rotated_keys_new_secret_is_good_within_five_seconds(world: World) -> None:
    assert world.is_taken(SECRET)
    world.ring.replace(world.key.rotated(OTHER, world.clock.now + MAX_AGE), world.key)
    world.clock.now += MAX_AGE_FOR_REFUSED
    assert world.is_taken(OTHER)
    assert world.is_taken(SECRET)
    world.clock.now += MAX_AGE
    assert not world.is_taken(SECRET)
    assert world.is_taken(OTHER)


def test_a_key_made_elsewhere_is_known_within_five_seconds(world: World) -> None:
    later = Secret.make(KeyId("0123456789ab"), bytes(32))
    assert not world.is_taken(later)
    world.ring.add(Key.of(later, "Late", [Scope.SUBMIT], world.clock.now))
    assert not world.is_taken(later)
    world.clock.now += MAX_AGE_FOR_REFUSED
    assert world.is_taken(later)


def test_a_wrong_secret_is_one_read_in_five_seconds(world: World) -> None:
    for _ in range(5):
        assert not world.is_taken(OTHER)
    assert len(world.asked) == 1
    world.clock.now += MAX_AGE_FOR_REFUSED
    assert not world.is_taken(OTHER)
    assert len(world.asked) == 2


@pytest.mark.parametrize("text", ["", "lb_", "nonsense", SECRET.text + "x", "\x00", "é" * 60])
def test_what_is_no_secret_is_refused_unread(world: World, text: str) -> None:
    with pytest.raises(UnknownKey):
        world.keys.authenticate(text, Scope.SUBMIT)
    assert world.asked == []


def test_a_key_is_good_for_its_scopes_alone(world: World) -> None:
    with pytest.raises(OutOfScope) as refused:
        world.keys.authenticate(SECRET.text, Scope.MODERATE)
    assert refused.value.scope is Scope.MODERATE


def test_made_up_keys_fill_no_memory_and_push_no_good_key_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "MOST_REMEMBERED", 10)
    assert world.is_taken(SECRET)
    made_up = [Secret.make(KeyId(f"{number:012x}"), bytes(32)) for number in range(50)]
    assert not any(map(world.is_taken, made_up))
    world.asked.clear()
    assert world.is_taken(SECRET)
    assert not any(map(world.is_taken, made_up[-10:]))
    assert world.asked == []
    assert not world.is_taken(made_up[0])
    assert len(world.asked) == 1


def test_where_the_table_is_away_a_key_that_is_not_in_memory_is_not_taken(world: World) -> None:
    def away(_: str) -> None:
        raise StoreUnavailable("unplugged")

    keys = Keys(MemoryKeyRing(away), world.clock)
    with pytest.raises(StoreUnavailable):
        keys.authenticate(SECRET.text, Scope.SUBMIT)
