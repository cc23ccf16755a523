from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.keys import Key, KeyId, Scope, Secret, UnknownKey
from tests.worlds import NOW

KEY_ID = KeyId("00ff00ff00ff")
SECRET, OTHER = Secret.make(KEY_ID, bytes(32)), Secret.make(KEY_ID, b"\xfb" * 32)
KEY = Key.of(SECRET, "Game server", [Scope.SUBMIT], NOW)
AN_HOUR = timedelta(hours=1)


def test_a_secret_names_its_key_and_holds_256_bits() -> None:
    assert SECRET.key_id == KEY_ID
    assert OTHER.text == f"lb_00ff00ff00ff_{'-_v7' * 10}-_s"


def test_of_a_secret_a_key_holds_the_digest_alone() -> None:
    assert KEY.digest == SECRET.digest
    assert len(KEY.digest) == 64
    assert SECRET.text not in repr(KEY)
    assert SECRET.text not in repr(SECRET)
    assert KEY.digest not in repr(KEY)


@pytest.mark.parametrize(
    "text",
    ["", "lb_1", SECRET.text[:-1], SECRET.text + "A", SECRET.text.upper(), f" {SECRET.text}"],
)
def test_what_is_no_secret_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Secret(text)
    assert not text or text not in refused.value.message


def test_a_key_takes_its_own_secret_and_no_other() -> None:
    assert KEY.accepts(SECRET, NOW)
    assert not KEY.accepts(OTHER, NOW)


def test_a_rotated_key_takes_the_former_secret_until_its_time_is_over() -> None:
    rotated = KEY.rotated(OTHER, NOW + AN_HOUR)
    assert rotated.accepts(OTHER, NOW)
    assert rotated.accepts(SECRET, NOW + AN_HOUR - timedelta(milliseconds=1))
    assert not rotated.accepts(SECRET, NOW + AN_HOUR)


def test_a_key_that_is_rotated_twice_forgets_its_first_secret() -> None:
    third = Secret.make(KEY_ID, b"3" * 32)
    twice = KEY.rotated(OTHER, NOW + AN_HOUR).rotated(third, NOW + AN_HOUR)
    assert not twice.accepts(SECRET, NOW)
    assert twice.accepts(OTHER, NOW)
    assert twice.accepts(third, NOW)


def test_a_revoked_key_takes_nothing_and_is_not_rotated() -> None:
    revoked = replace(KEY.rotated(OTHER, NOW + AN_HOUR), revoked_at=NOW)
    assert not revoked.accepts(OTHER, NOW)
    assert not revoked.accepts(SECRET, NOW)
    with pytest.raises(UnknownKey):
        revoked.rotated(SECRET, NOW)


@pytest.mark.parametrize("label", ["", "   ", "x" * 65, "two\nlines", "\u202eturned"])
def test_a_label_is_short_and_printable(label: str) -> None:
    with pytest.raises(InvalidValue, match="label"):
        Key.of(SECRET, label, [Scope.SUBMIT], NOW)


def test_a_key_is_good_for_something() -> None:
    with pytest.raises(InvalidValue, match="scope"):
        Key.of(SECRET, "idle", [], NOW)
