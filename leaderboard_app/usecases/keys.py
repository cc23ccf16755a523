"""API keys, remembered for a little while: every write of a game server asks for one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.keys import Key, KeyId, OutOfScope, Scope, Secret, UnknownKey
from leaderboard_app.usecases.ports import KeyRing

MAX_AGE = timedelta(seconds=20)
"""Where a key was seen it is good for so long at most once its revocation has arrived: with the
usual second of replication, less than half a minute in all."""

MAX_AGE_FOR_REFUSED = timedelta(seconds=5)
"""Before a secret is refused: it may have been made since, or arrived here since. Whoever made or
rotated a key uses it at once, maybe in the region that had yet to hear of it."""

MOST_REMEMBERED = 1000


class _Seen(NamedTuple):
    key: Key | None
    read_at: datetime


class Keys:
    """The keys of a store, each at most 20 s old, and before a secret is refused 5 s.

    Known and unknown ones are remembered apart, the latest thousand of each: whoever tries made-up
    keys pushes no good one out, and fills no memory.
    """

    def __init__(self, ring: KeyRing, clock: Callable[[], datetime]) -> None:
        """Remember nothing yet."""
        self._ring = ring
        self._clock = clock
        self._known: OrderedDict[KeyId, _Seen] = OrderedDict()
        self._missing: OrderedDict[KeyId, _Seen] = OrderedDict()
        self._lock = threading.Lock()

    def authenticate(self, text: str, scope: Scope) -> Key:
        """Return the key whose secret this is, in one read at most.

        Args:
            text: what the caller showed as a secret.
            scope: what they want to do.

        Raises:
            UnknownKey: it is no secret of any key that is good now.
            OutOfScope: it is, and the key is not for that.
            StoreUnavailable: the key is not in memory and can't be read.
        """
        try:
            secret = Secret(text)
        except InvalidValue as error:
            raise UnknownKey from error
        key = self._opened_by(secret, MAX_AGE) or self._opened_by(secret, MAX_AGE_FOR_REFUSED)
        if key is None:
            raise UnknownKey
        if scope not in key.scopes:
            raise OutOfScope(scope)
        return key

    def recall(self, key_id: KeyId, stamp: str, scope: Scope) -> Key | None:
        """Return the key that a session was opened with; None where it is good for that no more.

        Raises:
            StoreUnavailable: the key is not in memory and can't be read.
        """
        key = self._seen(key_id, MAX_AGE)
        is_good = key and key.honours(stamp, self._clock()) and scope in key.scopes
        return key if is_good else None

    def _opened_by(self, secret: Secret, max_age: timedelta) -> Key | None:
        """Return the key that a secret opens, as it was at most that long ago."""
        key = self._seen(secret.key_id, max_age)
        return key if key and key.accepts(secret, self._clock()) else None

    def _seen(self, key_id: KeyId, max_age: timedelta) -> Key | None:
        now = self._clock()
        seen = self._known.get(key_id) or self._missing.get(key_id)
        if seen is None or now - seen.read_at >= max_age:
            seen = _Seen(self._ring.find(key_id), now)
            self._remember(key_id, seen)
        return seen.key

    def _remember(self, key_id: KeyId, seen: _Seen) -> None:
        with self._lock:
            self._known.pop(key_id, None)
            self._missing.pop(key_id, None)
            place = self._known if seen.key else self._missing
            place[key_id] = seen
            if len(place) > MOST_REMEMBERED:
                place.popitem(last=False)
