"""API keys: who may submit and who may moderate, known by a secret of which a digest is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from leaderboard_app.domain.errors import InvalidValue, Refused

MAX_LABEL = 64
SECRET_BYTES = 32
KEY_ID_BYTES = 6

_KEY_ID = re.compile(r"[0-9a-f]{12}")
_SECRET = re.compile(r"lb_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")


class UnknownKey(Refused):
    """No key that is good now has this secret."""


class OutOfScope(Refused):
    """The key is good, and not for this.

    Attributes:
        scope: what it would need.
    """

    def __init__(self, scope: Scope) -> None:
        """Keep what the key lacks."""
        super().__init__(scope)
        self.scope = scope


class Scope(StrEnum):
    """What a key is good for."""

    SUBMIT = "submit"
    MODERATE = "moderate"


@dataclass(frozen=True, slots=True, order=True)
class KeyId:
    """A key's public name: 12 hexadecimal digits, in lists and logs and inside its secret."""

    value: str

    def __post_init__(self) -> None:
        """Refuse what is no key's id."""
        if not _KEY_ID.fullmatch(self.value):
            raise InvalidValue("key_id", "A key id has 12 digits out of 0-9 and a-f.")

    @classmethod
    def make(cls, entropy: bytes) -> KeyId:
        """Return the id of six bytes that no other key was made of."""
        return cls(entropy.hex())

    def __str__(self) -> str:
        """Return the bare id."""
        return self.value


@dataclass(frozen=True, slots=True)
class Secret:
    """What a caller shows: `lb_<key id>_<43 characters>`, of which 256 bits are random.

    Raises:
        InvalidValue: the text is no secret.
    """

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what is no secret; what it was is not repeated in the message."""
        if not _SECRET.fullmatch(self.text):
            raise InvalidValue("key", "An API key looks like lb_<12 digits>_<43 characters>.")

    @classmethod
    def make(cls, key_id: KeyId, entropy: bytes) -> Secret:
        """Return the secret of 32 random bytes."""
        random = base64.urlsafe_b64encode(entropy).decode().rstrip("=")
        return cls(f"lb_{key_id}_{random}")

    @property
    def key_id(self) -> KeyId:
        """The key that it claims to be of."""
        return KeyId(self.text.split("_", 2)[1])

    @property
    def digest(self) -> str:
        """Its SHA-256 in hexadecimal: all that is stored of it."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Former:
    """What a rotated key's earlier secret was, and until when it is still good."""

    digest: str = field(repr=False)
    until: datetime


@dataclass(frozen=True, slots=True)
class Key:
    """An API key as it is kept.

    Attributes:
        key_id: its public name.
        label: 1 to 64 characters, for people: who uses it.
        scopes: what it is good for; at least one.
        digest: of its secret.
        created_at: when it was made.
        former: the secret before the last rotation; None where there was none.
        revoked_at: since when it is good for nothing; None while it is good.
    """

    key_id: KeyId
    label: str
    scopes: frozenset[Scope]
    digest: str = field(repr=False)
    created_at: datetime
    former: Former | None = None
    revoked_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a key that nobody can tell from another, or that is good for nothing."""
        if not 1 <= len(self.label) <= MAX_LABEL or not self.label.isprintable():
            raise InvalidValue(
                "label", "A label has 1 to {most} printable characters.", most=MAX_LABEL
            )
        if not self.label.strip():
            raise InvalidValue("label", "A label is more than blanks.")
        if not self.scopes:
            raise InvalidValue("scopes", "Give a key a scope: {scopes}.", scopes=", ".join(Scope))

    @classmethod
    def of(cls, secret: Secret, label: str, scopes: Iterable[Scope], created_at: datetime) -> Key:
        """Return a new key with a secret."""
        return cls(secret.key_id, label, frozenset(scopes), secret.digest, created_at)

    def rotated(self, secret: Secret, good_until: datetime) -> Key:
        """Return the key with a new secret; the present one is good until then.

        An earlier one that was still good is so no more.

        Raises:
            UnknownKey: the key is revoked.
        """
        if self.revoked_at:
            raise UnknownKey
        former = Former(self.digest, good_until)
        return Key(self.key_id, self.label, self.scopes, secret.digest, self.created_at, former)

    @property
    def stamp(self) -> str:
        """What a session keeps, to end with the secret that opened it; it tells nothing of it."""
        return _stamp(self.digest)

    def honours(self, stamp: str, now: datetime) -> bool:
        """Say whether a session with this stamp is good now: its secret still is."""
        if self.revoked_at:
            return False
        good = {self.stamp}
        if self.former and now < self.former.until:
            good.add(_stamp(self.former.digest))
        return stamp in good

    def accepts(self, secret: Secret, now: datetime) -> bool:
        """Say whether a secret opens this key now, in a time that tells nothing of its digest."""
        shown = secret.digest
        is_current = hmac.compare_digest(shown, self.digest)
        is_former = self.former is not None and hmac.compare_digest(shown, self.former.digest)
        in_time = self.former is not None and now < self.former.until
        return self.revoked_at is None and (is_current or (is_former and in_time))


def _stamp(digest: str) -> str:
    return hashlib.sha256(f"session {digest}".encode()).hexdigest()[:16]
