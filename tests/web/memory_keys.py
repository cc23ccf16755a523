"""API keys in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.keys import Key, KeyId


class MemoryKeyRing:
    """See `usecases.ports.KeyRing`; tells a store of every call to it, which may refuse."""

    def __init__(self, note: Callable[[str], None]) -> None:
        self._note = note
        self._keys: dict[KeyId, Key] = {}

    def find(self, key_id: KeyId) -> Key | None:
        self._note("find_key")
        return self._keys.get(key_id)

    def all(self) -> tuple[Key, ...]:
        self._note("all_keys")
        return tuple(self._keys.values())

    def add(self, key: Key) -> bool:
        self._note("add_key")
        return self._keys.setdefault(key.key_id, key) is key

    def replace(self, key: Key, instead_of: Key) -> bool:
        self._note("replace_key")
        if self._keys[key.key_id].digest != instead_of.digest:
            return False
        self._keys[key.key_id] = key
        return True

    def revoke(self, key_id: KeyId, act: Act) -> bool:
        self._note("revoke_key")
        key = self._keys[key_id]
        self._keys[key_id] = replace(key, revoked_at=key.revoked_at or act.at)
        return key.revoked_at is None
