"""Sessions of operators: who signed in, by which key, since when. No secret is in them.

The cookie is signed, so that nobody makes one up, and says which key opened the session: what that
key is worth now is asked for at every request (see docs/decisions/0012).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import g, session
from werkzeug.exceptions import Forbidden

from leaderboard_app.domain import moments
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.keys import Key, KeyId, Scope
from leaderboard_app.web.context import services
from leaderboard_app.web.languages.sentences import say

LONGEST = timedelta(hours=8)
IDLE = timedelta(hours=1)

_ENTROPY_BYTES = 8
_NAME = "operator"


@dataclass(frozen=True, slots=True)
class Operator:
    """Who is signed in: the holder of a key."""

    key_id: KeyId
    label: str

    def act(self, why: str) -> Act:
        """Return an act of theirs, now.

        Raises:
            InvalidValue: the reason is missing or too long.
        """
        here = services()
        act_id = here.entropy(_ENTROPY_BYTES).hex()
        return Act(act_id, f"{self.label} ({self.key_id})", why, here.clock())


def begin(key: Key) -> Operator:
    """Begin a session with a key, and end whatever session the browser had before.

    Nothing of that is kept, so that nobody can plant one and wait until it is signed in.
    """
    now = moments.to_ms(services().clock())
    session.clear()
    session[_NAME] = {"key": key.key_id.value, "stamp": key.stamp, "since": now, "seen": now}
    return _remember(Operator(key.key_id, key.label))


def end() -> None:
    """Forget all that the session holds."""
    session.clear()
    g.operator = None


def current() -> Operator | None:
    """Return who is signed in; None where nobody is, or no more.

    Raises:
        StoreUnavailable: the key is not in memory and can't be read.
    """
    if "operator" not in g:
        g.operator = _current()
    found: Operator | None = g.operator
    return found


def signed_in() -> Operator:
    """Return who is signed in, on a page that is for those alone.

    Raises:
        Forbidden: nobody is.
    """
    operator = current()
    if operator is None:
        raise Forbidden(say("Sign in first."))
    return operator


def _current() -> Operator | None:
    kept: dict[str, Any] = session.get(_NAME) or {}
    now = services().clock()
    try:
        key_id, stamp = KeyId(kept["key"]), str(kept["stamp"])
        since, seen = (moments.from_ms(int(kept[name])) for name in ("since", "seen"))
    except (TypeError, KeyError, ValueError):
        # Nobody, or a session of another release: InvalidValue is a ValueError.
        return None
    if not _in_time(since, seen, now):
        return None
    key = services().keys.recall(key_id, stamp, Scope.MODERATE)
    if key is None:
        return None
    session[_NAME] = kept | {"seen": moments.to_ms(now)}
    return Operator(key.key_id, key.label)


def _in_time(since: datetime, seen: datetime, now: datetime) -> bool:
    return now - since < LONGEST and now - seen < IDLE


def _remember(operator: Operator) -> Operator:
    g.operator = operator
    return operator
