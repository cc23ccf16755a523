"""The keys of a deployment, changed through the first region that answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bootstrap.exits import Problem
from bootstrap.steering.reaching import act, asking, stores
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.keys import (
    KEY_ID_BYTES,
    SECRET_BYTES,
    Key,
    KeyId,
    Scope,
    Secret,
)
from leaderboard_app.gateway.clock import utc_now
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.ports import KeyRing


@dataclass(frozen=True, slots=True)
class KeyBook:
    """All API keys.

    Attributes:
        stores: by region, in the deployment's order.
        clock: what time it is.
        entropy: returns that many random bytes.
    """

    stores: Mapping[str, DynamoStore]
    clock: Callable[[], datetime] = utc_now
    entropy: Callable[[int], bytes] = os.urandom

    @classmethod
    def of(cls, deployment: Deployment) -> KeyBook:
        """Return the keys of a deployment. Raises Problem as `stores` does."""
        return cls(stores(deployment))

    def all(self) -> tuple[Key, ...]:
        """Return all keys, oldest first. Raises Problem where no region answers."""
        return tuple(sorted(self._open()[2], key=lambda key: (key.created_at, key.key_id)))

    def create(self, label: str, scopes: Iterable[Scope]) -> tuple[Key, Secret]:
        """Make a key; its secret is in what is returned and nowhere else.

        Raises:
            Problem: the label is none, or no region takes it.
        """
        region, ring, _ = self._open()
        secret = self._secret(KeyId.make(self.entropy(KEY_ID_BYTES)))
        try:
            key = Key.of(secret, label, scopes, self.clock())
        except InvalidValue as cause:
            raise Problem(cause.message) from cause
        with asking(f"Could not store the key in {region}"):
            if not ring.add(key):
                raise Problem(f"The id {key.key_id} is taken, by chance: run this again.")
        return key, secret

    def rotate(self, key_id: KeyId, until: datetime) -> tuple[Key, Secret]:
        """Give a key a new secret; the present one stays good until then.

        Raises:
            Problem: there is no such key, it is revoked, somebody else rotated it at this moment,
                or no region takes it.
        """
        region, ring, keys = self._open()
        key = _named(key_id, keys)
        if key.revoked_at:
            raise Problem(f"Key {key_id} is revoked, for good: make another with keys create.")
        secret = self._secret(key_id)
        rotated = key.rotated(secret, until)
        with asking(f"Could not rotate key {key_id} in {region}"):
            if not ring.replace(rotated, key):
                raise Problem(f"Key {key_id} was rotated meanwhile: run this again.")
        return rotated, secret

    def revoke(self, key_id: KeyId, why: str) -> bool:
        """Let a key be good for nothing, for ever; False where it was so already.

        Raises:
            Problem: there is no such key, nothing was said of why, or no region takes it.
        """
        region, ring, keys = self._open()
        _named(key_id, keys)
        try:
            decision = act(why)
        except InvalidValue as cause:
            raise Problem(cause.message) from cause
        with asking(f"Could not revoke key {key_id} in {region}"):
            return ring.revoke(key_id, decision)

    def _secret(self, key_id: KeyId) -> Secret:
        return Secret.make(key_id, self.entropy(SECRET_BYTES))

    def _open(self) -> tuple[str, KeyRing, tuple[Key, ...]]:
        """Return the first region that answers, with its keys."""
        failures = []
        for region, store in self.stores.items():
            try:
                with asking(f"Could not read the API keys in {region}"):
                    return region, store.keys, store.keys.all()
            except Problem as failure:
                failures.append(failure)
        raise failures[0]


def _named(key_id: KeyId, keys: Iterable[Key]) -> Key:
    for key in keys:
        if key.key_id == key_id:
            return key
    raise Problem(f"There is no key {key_id}. See python -m bootstrap keys list.")
