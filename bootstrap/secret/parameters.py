"""The secret's parameters in each region's Parameter Store, as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import boto3
from botocore.exceptions import ClientError

from bootstrap import aws
from leaderboard_app.deployment import Deployment
from leaderboard_app.gateway import secrets
from leaderboard_app.gateway.errors import code_of

_SHOWN_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Secret:
    """What one region holds.

    Attributes:
        key: signs; None where there is none.
        fallbacks: what else is accepted, newest first.
        coming: the key of a rotation that is under way; None where none is.
    """

    key: str | None = field(default=None, repr=False)
    fallbacks: tuple[str, ...] = field(default=(), repr=False)
    coming: str | None = field(default=None, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is stored."""
        return self == Secret()


Found = Mapping[str, Secret]
"""What each region holds, in the deployment's order."""


def digest(value: str) -> str:
    """Return what tells a secret from another and gives nothing of it away."""
    return hashlib.sha256(value.encode()).hexdigest()[:_SHOWN_DIGITS]


@dataclass(frozen=True, slots=True)
class Vault:
    """The parameters of all regions.

    Attributes:
        prefix: what their names begin with, as `/arcade`.
        clients: of Parameter Store, by region.
    """

    prefix: str
    # The stubs of this service are not among the requirements.
    clients: Mapping[str, Any]

    @classmethod
    def of(cls, deployment: Deployment) -> Vault:
        """Return the parameters of a deployment, on the AWS that the environment names.

        Raises:
            Problem: the environment names an address or a profile that can't be used.
        """
        with aws.connecting():
            session: Any = boto3.session.Session()
            clients = {
                region: session.client("ssm", region_name=region, config=aws.PATIENCE)
                for region in deployment.regions
            }
        return cls(f"/{deployment.prefix}", clients)

    def name(self, parameter: str) -> str:
        """Return the whole name of a parameter."""
        return f"{self.prefix}/{parameter}"

    def look(self) -> dict[str, Secret]:
        """Return what every region holds.

        Raises:
            Problem: a region's Parameter Store can't be asked.
        """
        return {region: self.look_in(region) for region in self.clients}

    def look_in(self, region: str) -> Secret:
        """Return what one region holds. Raises Problem as `look` does."""
        wanted: Sequence[str] = [self.name(parameter) for parameter in secrets.PARAMETERS]
        with aws.explaining(f"Could not read the secret key in {region}"):
            answer = self.clients[region].get_parameters(Names=wanted, WithDecryption=True)
        values = {each["Name"]: str(each["Value"]) for each in answer["Parameters"]}
        return Secret(
            key=values.get(self.name(secrets.KEY)),
            fallbacks=tuple(values.get(self.name(secrets.FALLBACKS), "").split()),
            coming=values.get(self.name(secrets.COMING)),
        )

    def make(self, region: str, parameter: str, value: str) -> None:
        """Store a parameter where there is none; somebody else's, made since, stays."""
        try:
            self._put(region, parameter, value, overwrite=False)
        except ClientError as cause:
            if code_of(cause) != "ParameterAlreadyExists":
                raise

    def replace(self, region: str, parameter: str, value: str) -> None:
        """Store a parameter, whatever it was."""
        self._put(region, parameter, value, overwrite=True)

    def forget(self, region: str, parameter: str) -> None:
        """Delete a parameter where there is one."""
        try:
            self.clients[region].delete_parameter(Name=self.name(parameter))
        except ClientError as cause:
            if code_of(cause) != "ParameterNotFound":
                raise

    def _put(self, region: str, parameter: str, value: str, *, overwrite: bool) -> None:
        self.clients[region].put_parameter(
            Name=self.name(parameter), Value=value, Type="SecureString", Overwrite=overwrite
        )
