"""What the app is told from outside, read once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from urllib.parse import urlsplit

from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.allowances import Limits
from leaderboard_app.embedders import NOBODY, embedders

LOOPBACK = ("localhost", "127.0.0.1")
PUBLIC_FORM = "LEADERBOARD_PUBLIC_FORM"
OPEN, OPERATORS = "open", "operators"

_COUNT = re.compile(r"[1-9][0-9]{0,8}")
_SECONDS = re.compile(r"[0-9]")


MAX_DIRECT_READ_UNITS = 1_000
"""Beyond it a count takes a second and more, and pages of a few megabytes are read."""

TOPS_KEPT = timedelta(seconds=1)
"""How long a process remembers the top of a ranking: nobody sees that a page is a second old."""

MAX_TOPS_KEPT = 5
"""Seconds: a reader who comes back after that wants to see what is new."""


class MissingSetting(RuntimeError):
    """A variable that has no safe default is not set."""


class InvalidSetting(RuntimeError):
    """A variable says what can't be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How one region's app runs.

    Attributes:
        region: its own.
        deployment: all stages; its region is one of them.
        secret_key: signs cookies, form tokens and cursors; the same in every region.
        limits: what clients may do within a minute.
        secret_key_fallbacks: what others may have been signed with, newest first.
        endpoint: DynamoDB's address; None for AWS's own.
        sites: web addresses by region, as far as known, without a slash behind; its own, too.
        hosts: the host names that requests may be for; one that begins with a dot stands for all
            below it, too.
        direct_read_units: what counting a rank from the top may cost; None for the gateway's own.
        form_is_open: whether everybody may add scores by the form, or signed-in operators alone.
        reserved_names: the studio's own, which operators are warned of beside the usual ones.
        tops_kept: how long the top of a ranking is remembered; no time at all for asking each time.
        embedders: which sites may frame the pages made for it, as `frame-ancestors` has them.
    """

    region: str
    deployment: Deployment
    secret_key: str = field(repr=False)
    endpoint: str | None = None
    sites: Mapping[str, str] = field(default_factory=dict)
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    limits: Limits = field(default_factory=Limits)
    direct_read_units: int | None = None
    hosts: tuple[str, ...] = LOOPBACK
    form_is_open: bool = False
    reserved_names: tuple[str, ...] = ()
    tops_kept: timedelta = timedelta()
    embedders: tuple[str, ...] = (NOBODY,)

    def __post_init__(self) -> None:
        """Refuse a region without a stage."""
        self.deployment.stage_in(self.region)

    @classmethod
    def from_env(cls, environ: Mapping[str, str], deployment: Deployment) -> Settings:
        """Return the settings that the environment gives.

        Reads `AWS_REGION` (Lambda sets it), `SECRET_KEY` and, where DynamoDB is not AWS's own,
        `AWS_ENDPOINT_URL_DYNAMODB`; `LEADERBOARD_SITES` may name the web addresses of regions,
        and `SECRET_KEY_FALLBACKS` earlier or coming secret keys, both separated by blanks.

        `LEADERBOARD_FORM_PER_MINUTE`, `LEADERBOARD_KEY_PER_MINUTE` and
        `LEADERBOARD_SIGN_IN_PER_MINUTE` may set the limits.

        `LEADERBOARD_HOSTS` sets the host names, separated by blanks: without it, those of API
        Gateway in the region, of the sites, and of this machine.

        `LEADERBOARD_DIRECT_READ_UNITS` sets what counting a rank from the top may cost, and so up
        to which size of a ranking all ranks are exact.

        `LEADERBOARD_PUBLIC_FORM` says `open` where everybody may add scores by the form; without
        it, or with `operators`, only signed-in operators may. `LEADERBOARD_RESERVED_NAMES` names
        the studio's own, separated by commas.

        `LEADERBOARD_TOPS_KEPT_SECONDS` says how long the top of a ranking is remembered, from 0 to
        5 seconds; 1 without it. `LEADERBOARD_EMBED_ANCESTORS` names the sites that may frame a
        board, or says `*` for all; none may without it.

        Raises:
            MissingSetting: `AWS_REGION` or `SECRET_KEY` is missing or empty.
            InvalidSetting: a limit is no whole number of at least 1, or far too large; the form
                is neither open nor the operators'; or another of them breaks its rule.
            InvalidDeployment: no stage runs in the region.
        """
        region = _required(environ, "AWS_REGION")
        sites = _sites(environ.get("LEADERBOARD_SITES", ""))
        hosts = tuple(environ.get("LEADERBOARD_HOSTS", "").split())
        return cls(
            region=region,
            deployment=deployment,
            secret_key=_required(environ, "SECRET_KEY"),
            endpoint=environ.get("AWS_ENDPOINT_URL_DYNAMODB"),
            sites=sites,
            secret_key_fallbacks=tuple(environ.get("SECRET_KEY_FALLBACKS", "").split()),
            limits=_limits(environ),
            hosts=hosts or _hosts(region, sites),
            direct_read_units=_units(environ.get("LEADERBOARD_DIRECT_READ_UNITS", "")),
            form_is_open=_is_open(environ.get(PUBLIC_FORM, "")),
            reserved_names=_names(environ.get("LEADERBOARD_RESERVED_NAMES", "")),
            tops_kept=_tops_kept(environ.get("LEADERBOARD_TOPS_KEPT_SECONDS", "")),
            embedders=_embedders(environ.get("LEADERBOARD_EMBED_ANCESTORS", "")),
        )


def _required(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "")
    if not value:
        raise MissingSetting(f"Set {name}: the app does not start without it.")
    return value


def _hosts(region: str, sites: Mapping[str, str]) -> tuple[str, ...]:
    """Return the host names that a region answers to where none are set."""
    of_sites = (urlsplit(site).hostname for site in sites.values())
    gateway = f".execute-api.{region}.amazonaws.com"
    return (gateway, *filter(None, of_sites), *LOOPBACK)


def _limits(environ: Mapping[str, str]) -> Limits:
    """Return the limits, each from the variable of its name."""
    found = {}
    for limit in fields(Limits):
        name = f"LEADERBOARD_{limit.name.upper()}_PER_MINUTE"
        text = environ.get(name, "")
        if text:
            if not _COUNT.fullmatch(text):
                raise InvalidSetting(f"{name} is {text!r}: set a whole number of at least 1.")
            found[limit.name] = int(text)
    return Limits(**found)


def _is_open(text: str) -> bool:
    """Return whether the form is everybody's; closed where nothing is said."""
    if text not in {"", OPEN, OPERATORS}:
        raise InvalidSetting(f"{PUBLIC_FORM} is {text!r}: set {OPEN} or {OPERATORS}.")
    return text == OPEN


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _units(text: str) -> int | None:
    """Return how many read units a direct count may take, where that is set."""
    if not text:
        return None
    if not _COUNT.fullmatch(text) or int(text) > MAX_DIRECT_READ_UNITS:
        rule = f"set a whole number from 1 to {MAX_DIRECT_READ_UNITS}"
        raise InvalidSetting(f"LEADERBOARD_DIRECT_READ_UNITS is {text!r}: {rule}.")
    return int(text)


def _tops_kept(text: str) -> timedelta:
    if not text:
        return TOPS_KEPT
    if not _SECONDS.fullmatch(text) or int(text) > MAX_TOPS_KEPT:
        rule = f"set whole seconds from 0 to {MAX_TOPS_KEPT}"
        raise InvalidSetting(f"LEADERBOARD_TOPS_KEPT_SECONDS is {text!r}: {rule}.")
    return timedelta(seconds=int(text))


def _embedders(text: str) -> tuple[str, ...]:
    try:
        return embedders(text)
    except ValueError as error:
        rule = "set * or origins, separated by blanks"
        raise InvalidSetting(f"LEADERBOARD_EMBED_ANCESTORS: {error}; {rule}.") from error


def _sites(text: str) -> dict[str, str]:
    """Return the addresses of `us-west-2=https://… eu-west-1=https://…`."""
    pairs = (pair.partition("=") for pair in text.split())
    return {region: address.rstrip("/") for region, _, address in pairs}
