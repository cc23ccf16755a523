"""Allowances: how much a client may ask for within a minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address

from leaderboard_app.domain.errors import Refused
from leaderboard_app.domain.keys import KeyId

MINUTE = timedelta(minutes=1)
HOME = 64
"""The bits of an IPv6 address that name a home: who has one has all addresses in it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is allowed within a minute.

    Attributes:
        form: scores sent by the form from one address.
        key: submissions sent with one API key, each of a batch counted.
        sign_in: tries to sign in from one address.
    """

    form: int = 20
    key: int = 6000
    sign_in: int = 10


@dataclass(frozen=True, slots=True)
class Client:
    """Who is counted: what they did, and by which key or from which address."""

    name: str

    @classmethod
    def with_key(cls, key_id: KeyId) -> Client:
        """Return who holds an API key."""
        return cls(f"key:{key_id}")

    @classmethod
    def at(cls, address: str, doing: str) -> Client:
        """Return whoever does something from an address; `unknown` is one client, too."""
        try:
            known = ip_address(address)
        except ValueError:
            return cls(f"{doing}:unknown")
        if not isinstance(known, IPv6Address):
            return cls(f"{doing}:{known}")
        if known.ipv4_mapped:
            return cls(f"{doing}:{known.ipv4_mapped}")
        network = IPv6Address(int(known) >> (128 - HOME) << (128 - HOME))
        return cls(f"{doing}:{network}/{HOME}")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client may do in a minute, and has done.

    Attributes:
        limit: how much in all.
        used: how much so far, what was refused included.
        resets_at: when the next minute begins.
    """

    limit: int
    used: int
    resets_at: datetime

    @property
    def remaining(self) -> int:
        """How much is left."""
        return max(0, self.limit - self.used)

    @property
    def is_exceeded(self) -> bool:
        """Whether it was too much."""
        return self.used > self.limit

    def resets_in(self, now: datetime) -> int:
        """Return the whole seconds, at least one, until there is a new allowance."""
        return max(1, -(-(self.resets_at - now) // timedelta(seconds=1)))


class AllowanceExceeded(Refused):
    """The client asked for more than a minute allows; nothing was stored.

    Attributes:
        allowance: what it had.
    """

    def __init__(self, allowance: Allowance) -> None:
        """Keep the allowance, to say when to come back."""
        super().__init__(f"more than {allowance.limit} a minute")
        self.allowance = allowance


def minute_of(moment: datetime) -> datetime:
    """Return when the minute of a moment began, in UTC."""
    return moment.astimezone(UTC).replace(second=0, microsecond=0)
