"""What an operator asks of the stacks, and how it becomes their parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bootstrap.exits import Problem
from bootstrap.stacks import words
from bootstrap.stacks.state import StackState
from bootstrap.stacks.words import Json
from bootstrap.stacks.worldwide import EXISTING_ZONE_ID, ZONE_NAME

_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

_FIRST_REMOVE = (
    "To change that, remove the stacks and apply them anew: python -m bootstrap stack remove"
)
_WORKED_OUT = (
    *(words.PREFIX, words.STAGE, words.API_ID, words.EMAIL, words.DOMAIN, words.ZONE_ID),
    *(words.HEALTH_CHECK_ID, EXISTING_ZONE_ID, ZONE_NAME),
)
"""Parameters that are found out, or have an option of their own, and what theirs begin with."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks; what it does not name stays as it is.

    Attributes:
        domain: the one name over all regions.
        zone: the id of an existing hosted zone for it.
        email: who is told of alarms; empty for nobody.
        named: further parameters of the templates, by name.
    """

    domain: str | None = None
    zone: str | None = None
    email: str | None = None
    named: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(
        cls, domain: str | None, zone: str | None, email: str | None, named: Iterable[str]
    ) -> Wanted:
        """Return what the options say.

        Raises:
            Problem: one of them is not what it should be.
        """
        domain = domain.lower().rstrip(".") if domain else domain
        if domain is not None and not _DOMAIN.fullmatch(domain):
            raise Problem(f"--domain {domain!r} is no domain name: write it like play.example.com.")
        if email and not _EMAIL.fullmatch(email):
            raise Problem(f"--email {email!r} is no address: write it like ops@example.com.")
        return cls(domain, zone, email, dict(_pair(each) for each in named))

    def domain_after(self, before: Mapping[str, str]) -> str:
        """Return the domain that the stacks shall have: a new one, or what they have.

        Args:
            before: the worldwide stack's parameters, as they are.

        Raises:
            Problem: they have another domain or zone, which can't be changed in passing: records
                have to go before the zone, and come after it.
        """
        has, zone = before.get(words.DOMAIN, ""), before.get(EXISTING_ZONE_ID, "")
        if has and self.domain not in {None, has}:
            raise Problem(f"The domain is {has}. {_FIRST_REMOVE}")
        if has and self.zone not in {None, zone}:
            raise Problem(f"The domain {has} is in {zone or 'a zone of its own'}. {_FIRST_REMOVE}")
        domain = self.domain or has
        if self.zone and not domain:
            raise Problem("--zone: name the domain as well: --domain play.example.com")
        return domain

    def check(self, templates: Sequence[Json]) -> None:
        """Do nothing where every named parameter is one that can be set.

        Raises:
            Problem: one is not; it lists those that can.
        """
        known = {name for template in templates for name in template["Parameters"]}
        settable = sorted(name for name in known if not name.startswith(_WORKED_OUT))
        for name in self.named:
            if name not in settable:
                raise Problem(f"--set {name}: set one of these: {', '.join(settable)}.")

    def values(
        self, template: Json, state: StackState | None, computed: Mapping[str, str]
    ) -> dict[str, str]:
        """Return a value for each parameter of a template.

        The first that there is of: what was worked out, what is asked for, what it is, the default.
        """
        asked = {**self.named, **({words.EMAIL: self.email} if self.email is not None else {})}
        before = state.parameters if state else {}
        return {
            name: str(_first(name, computed, asked, before, {name: about.get("Default", "")}))
            for name, about in template["Parameters"].items()
        }


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise Problem(f"--set {text!r}: write it like --set Api5xxRate=0.02.")
    return name, value


def _first(name: str, *sources: Mapping[str, str]) -> str:
    return next(source[name] for source in sources if name in source)
