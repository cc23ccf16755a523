"""What the app is told from outside, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leaderboard_app.deployment import Deployment


class MissingSetting(RuntimeError):
    """A variable that has no safe default is not set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How one region's app runs.

    Attributes:
        region: its own.
        deployment: all stages; its region is one of them.
        secret_key: signs cookies, form tokens and cursors; the same in every region.
        secret_key_fallbacks: what others may have been signed with, newest first.
        endpoint: DynamoDB's address; None for AWS's own.
        sites: web addresses by region, as far as known, without a slash behind; its own, too.
    """

    region: str
    deployment: Deployment
    secret_key: str = field(repr=False)
    endpoint: str | None = None
    sites: Mapping[str, str] = field(default_factory=dict)
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        """Refuse a region without a stage."""
        self.deployment.stage_in(self.region)

    @classmethod
    def from_env(cls, environ: Mapping[str, str], deployment: Deployment) -> Settings:
        """Return the settings that the environment gives.

        Reads `AWS_REGION` (Lambda sets it), `SECRET_KEY` and, where DynamoDB is not AWS's own,
        `AWS_ENDPOINT_URL_DYNAMODB`; `LEADERBOARD_SITES` may name the web addresses of regions,
        and `SECRET_KEY_FALLBACKS` earlier or coming secret keys, both separated by blanks.

        Raises:
            MissingSetting: `AWS_REGION` or `SECRET_KEY` is missing or empty.
            InvalidDeployment: no stage runs in the region.
        """
        return cls(
            region=_required(environ, "AWS_REGION"),
            deployment=deployment,
            secret_key=_required(environ, "SECRET_KEY"),
            endpoint=environ.get("AWS_ENDPOINT_URL_DYNAMODB"),
            sites=_sites(environ.get("LEADERBOARD_SITES", "")),
            secret_key_fallbacks=tuple(environ.get("SECRET_KEY_FALLBACKS", "").split()),
        )


def _required(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "")
    if not value:
        raise MissingSetting(f"Set {name}: the app does not start without it.")
    return value


def _sites(text: str) -> dict[str, str]:
    """Return the addresses of `us-west-2=https://… eu-west-1=https://…`."""
    pairs = (pair.partition("=") for pair in text.split())
    return {region: address.rstrip("/") for region, _, address in pairs}
