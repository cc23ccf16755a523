"""API keys in the table, over every backend of the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.keys import Key, KeyId, Scope, Secret
from leaderboard_app.gateway.store import DynamoStore
from tests.gateway.calls import expecting
from tests.worlds import NOW

ACT = Act("act-1", "ann", "it leaked", NOW + timedelta(milliseconds=7))
SECRET = Secret.make(KeyId("00ff00ff00ff"), bytes(32))
KEY = Key.of(SECRET, "Zoë's server", [Scope.SUBMIT, Scope.MODERATE], NOW)
NEW = KEY.rotated(Secret.make(KEY.key_id, b"2" * 32), NOW + timedelta(hours=1))
OTHER = Key.of(Secret.make(KeyId("0123456789ab"), bytes(32)), "Other", [Scope.SUBMIT], NOW)


def test_a_key_is_read_as_it_was_stored(store: DynamoStore) -> None:
    assert store.keys.find(KEY.key_id) is None
    assert store.keys.add(KEY)
    assert store.keys.find(KEY.key_id) == KEY
    assert store.keys.find(OTHER.key_id) is None


def test_of_its_secret_nothing_is_stored_but_the_digest(store: DynamoStore) -> None:
    store.keys.add(NEW)
    stored = str(store.client.scan(TableName=store.table_name)["Items"])
    assert NEW.digest in stored
    assert SECRET.text.rsplit("_", 1)[1] not in stored


def test_no_key_takes_anothers_id(store: DynamoStore) -> None:
    store.keys.add(KEY)
    assert not store.keys.add(replace(KEY, label="another"))
    assert store.keys.find(KEY.key_id) == KEY


def test_a_rotation_is_stored_unless_another_was_meanwhile(store: DynamoStore) -> None:
    store.keys.add(KEY)
    assert store.keys.replace(NEW, KEY)
    assert store.keys.find(KEY.key_id) == NEW
    assert not store.keys.replace(replace(NEW, digest="0" * 64), KEY)
    assert store.keys.find(KEY.key_id) == NEW


def test_a_revocation_outlives_a_rotation_that_crosses_it(store: DynamoStore) -> None:
    """Were it an attribute of the key, the later of the two writes would undo the earlier."""
    store.keys.add(KEY)
    assert store.keys.revoke(KEY.key_id, ACT)
    assert store.keys.replace(NEW, KEY)
    assert store.keys.find(KEY.key_id) == replace(NEW, revoked_at=ACT.at)


def test_the_first_revocation_stays(store: DynamoStore) -> None:
    store.keys.add(KEY)
    store.keys.revoke(KEY.key_id, ACT)
    assert not store.keys.revoke(KEY.key_id, replace(ACT, at=NOW + timedelta(days=1)))
    assert store.keys.all() == (replace(KEY, revoked_at=ACT.at),)


def test_a_revocation_that_arrives_before_its_key_waits_for_it(store: DynamoStore) -> None:
    """Items of a global table arrive in any order."""
    store.keys.revoke(KEY.key_id, ACT)
    assert store.keys.find(KEY.key_id) is None
    assert store.keys.all() == ()
    store.keys.add(KEY)
    assert store.keys.find(KEY.key_id) == replace(KEY, revoked_at=ACT.at)


def test_all_keys_are_listed_with_what_became_of_them(store: DynamoStore) -> None:
    store.keys.add(KEY)
    store.keys.add(OTHER)
    store.keys.revoke(OTHER.key_id, ACT)
    assert set(store.keys.all()) == {KEY, replace(OTHER, revoked_at=ACT.at)}


@pytest.mark.parametrize("method", ["find", "all"])
def test_each_read_is_one_call(store: DynamoStore, method: str) -> None:
    store.keys.add(KEY)
    store.keys.revoke(KEY.key_id, ACT)
    with expecting(store, 1):
        assert store.keys.all() if method == "all" else store.keys.find(KEY.key_id)
