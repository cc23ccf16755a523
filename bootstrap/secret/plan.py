"""The steps to one secret in all regions, made without touching anything.

A rotation writes the coming key down first, in every region. Whatever interrupts it, the next run
finds that key and goes on with it. The key itself changes last, when the region knows the old one
as a fallback; the note goes when all regions have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from bootstrap.exits import Problem
from bootstrap.secret.parameters import Found, digest
from leaderboard_app.gateway import secrets

FALLBACKS_KEPT = 3
"""Nothing that was signed stays good for long; three rotations back is more than anybody holds."""


class How(Enum):
    """What a step does to a parameter; its value says so for people."""

    MAKE = "store"
    REPLACE = "replace"
    FORGET = "delete"


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one parameter in one region."""

    how: How
    region: str
    parameter: str
    value: str = field(default="", repr=False)

    def __str__(self) -> str:
        """Return it for people, in one line, without the value."""
        return f"{self.region}: {self.how.value} the parameter {self.parameter}"


def completing(found: Found, new: str) -> tuple[Step, ...]:
    """Return the steps that give every region what some region has; a new key where none has one.

    Raises:
        Problem: the regions differ, so that it is not clear which is right.
    """
    check(found)
    keys = [secret.key for secret in found.values() if secret.key]
    lists = [" ".join(secret.fallbacks) for secret in found.values() if secret.fallbacks]
    key = keys[0] if keys else new
    steps = [Step(How.MAKE, r, secrets.KEY, key) for r, secret in found.items() if not secret.key]
    if lists:
        lacking = [region for region, secret in found.items() if not secret.fallbacks]
        steps += [Step(How.MAKE, region, secrets.FALLBACKS, lists[0]) for region in lacking]
    return tuple(steps)


def check(found: Found) -> None:
    """Do nothing where no two regions differ.

    Raises:
        Problem: they do; it shows digests alone.
    """
    keys = {region: secret.key for region, secret in found.items() if secret.key}
    lists = {secret.fallbacks for secret in found.values() if secret.fallbacks}
    cut_off = any(secret.coming for secret in found.values())
    if len(set(keys.values())) <= 1 and len(lists) <= 1:
        return
    if cut_off:
        raise Problem(
            "A rotation of the secret key was cut off. "
            "Complete it: python -m bootstrap secret rotate"
        )
    shown = ", ".join(f"{digest(key)} in {region}" for region, key in keys.items())
    raise Problem(
        f"The regions differ in their secret key or its fallbacks (digests: {shown}). Give them "
        "one that takes over from all: python -m bootstrap secret rotate"
    )


def preparing(found: Found, new: str) -> tuple[Step, ...]:
    """Return the steps that make the coming key known, which signs nothing yet.

    Raises:
        Problem: there is no key to be followed.
    """
    _check_present(found)
    key = _coming(found) or new
    return tuple(
        Step(How.REPLACE, region, secrets.COMING, key)
        for region, secret in found.items()
        if secret.coming != key
    )


def rotating(found: Found, new: str) -> tuple[Step, ...]:
    """Return the steps from a key, or from several, to the coming one; the old ones stay accepted.

    Raises:
        Problem: there is no key to be followed.
    """
    key = _coming(found) or new
    fallbacks = _fallbacks(found, key)
    steps = [*preparing(found, key)]
    for region, secret in found.items():
        if secret.fallbacks != fallbacks:
            steps.append(Step(How.REPLACE, region, secrets.FALLBACKS, " ".join(fallbacks)))
        if secret.key != key:
            steps.append(Step(How.REPLACE, region, secrets.KEY, key))
    steps += [Step(How.FORGET, region, secrets.COMING) for region in found]
    return tuple(steps)


def forgetting(found: Found) -> Iterator[Step]:
    """Yield the steps that delete everything; the key last, as it is what others look for."""
    for region, secret in found.items():
        held = {
            secrets.COMING: secret.coming,
            secrets.FALLBACKS: secret.fallbacks,
            secrets.KEY: secret.key,
        }
        yield from (Step(How.FORGET, region, name) for name, value in held.items() if value)


def _coming(found: Found) -> str | None:
    return next((secret.coming for secret in found.values() if secret.coming), None)


def _check_present(found: Found) -> None:
    if not any(secret.key for secret in found.values()):
        raise Problem("There is no secret key yet. Make it: python -m bootstrap secret apply")


def _fallbacks(found: Found, key: str) -> tuple[str, ...]:
    """Return what is accepted beside a key: all keys that it follows, then earlier fallbacks."""
    keys = (secret.key for secret in found.values() if secret.key)
    earlier = (value for secret in found.values() for value in secret.fallbacks)
    return tuple(_once([*keys, *earlier], but=key))[:FALLBACKS_KEPT]


def _once(values: Iterable[str], but: str) -> Iterator[str]:
    yield from (value for value in dict.fromkeys(values) if value != but)
