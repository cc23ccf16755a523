"""The offline account: what stands in for AWS, and commands that are run against it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.credentials import Credentials

from bootstrap.deploying.offline import pythons
from bootstrap.deploying.offline.copy import copy_checkout
from bootstrap.deploying.offline.gateway import Certificate, GatewayProxy
from bootstrap.deploying.offline.http import Answer, Front, Responder, send
from bootstrap.deploying.offline.mends import Mends
from bootstrap.deploying.offline.pythons import Environment, Python
from bootstrap.deploying.stages import DeployedStage
from bootstrap.sandbox import ministack
from bootstrap.sandbox.environment import local
from bootstrap.sandbox.ministack import MiniStack
from leaderboard_app.deployment import SETTINGS_FILE, Deployment, Stage

POLICIES_COUNT = {"AUTH": "true"}
"""MiniStack then looks at each call whether the caller's role may do it, as AWS does: a policy that
lacks something fails here, too."""

_COMMAND_SECONDS = 300

Ran = subprocess.CompletedProcess[str]


@dataclass(frozen=True, slots=True)
class Account:
    """An account on this machine.

    Attributes:
        ministack: answers as MiniStack does, past all mends.
        environ: variables with which `zappa`, and every command, works on the account.
        checkout: the copy that is deployed from.
        packaging: the environment that Zappa packs.
        running: the environment that Lambdas run in.
        certificate: what the APIs' addresses show.
        emulator: MiniStack's own process.
    """

    ministack: Responder
    environ: Mapping[str, str]
    checkout: Path
    packaging: Environment
    running: Environment
    certificate: Certificate
    emulator: MiniStack

    def zappa(self, *arguments: str, **variables: str) -> Ran:
        """Run the real `zappa` in the copy of the checkout; what it says is kept."""
        zappa = str(self.packaging.folder / "bin" / "zappa")
        return self._run((zappa, *arguments), variables)

    def bootstrap(self, *arguments: str, **variables: str) -> Ran:
        """Run `python -m bootstrap` in the copy of the checkout; what it says is kept."""
        return self._run((self.packaging.python, "-m", "bootstrap", *arguments), variables)

    def api_of(self, stage: Stage) -> str:
        """Return the id of a deployed stage's API."""
        name = f"{Deployment.read(self.checkout / SETTINGS_FILE.name).prefix}-{stage.name}"
        apis = self.client("apigateway", stage.region).get_rest_apis()["items"]
        return next(str(api["id"]) for api in apis if api["name"] == name)

    def client(self, service: str, region: str) -> Any:  # noqa: ANN401 - of any service.
        """Return a client of a service of the account."""
        session: Any = boto3.session.Session(
            aws_access_key_id=self.environ["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=self.environ["AWS_SECRET_ACCESS_KEY"],
        )
        return session.client(
            service, region_name=region, endpoint_url=self.environ["AWS_ENDPOINT_URL"]
        )

    def _run(self, command: Sequence[str], variables: Mapping[str, str]) -> Ran:
        return subprocess.run(
            command,
            cwd=self.checkout,
            env={**self.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=_COMMAND_SECONDS,
        )


def opened(folder: Path, wants: ExitStack, say: Callable[[str], None]) -> Account:
    """Start an account in a folder that is empty, to be ended with `wants`.

    Raises:
        Broken: an environment could not be made.
        PartFailed: MiniStack did not start.
    """
    python = _python(say)
    packaging = pythons.environment(python, pythons.PACKAGING)
    running = pythons.environment(python, pythons.RUNNING)
    # MiniStack and Zappa leave unpacked packages behind, wherever temporary files go.
    elsewhere = {"TMPDIR": str(folder / "tmp")}
    (folder / "tmp").mkdir()
    log, more = folder / "ministack.log", POLICIES_COUNT | elsewhere
    emulator = ministack.start(folder / "state", log, services=(), python=running.python, more=more)
    wants.callback(emulator.part.stop)
    inner: Responder = partial(send, urlsplit(emulator.endpoint).port or 0)
    front, proxy, certificate = _fronts(inner, folder)
    wants.callback(front.close)
    wants.callback(proxy.close)
    environ = _environ(front, proxy, certificate, packaging) | elsewhere
    checkout = copy_checkout(folder / "checkout", python.version)
    return Account(inner, environ, checkout, packaging, running, certificate, emulator)


def _python(say: Callable[[str], None]) -> Python:
    """Return the Lambda's Python; where there is none, this one, and say so."""
    wanted = DeployedStage.read(Deployment.read().stages[0].name).runtime
    python = pythons.find(wanted)
    if python.version != wanted:
        say(f"This machine has no {wanted}: the copy that is deployed names {python.version}.")
    return python


def _environ(
    front: Front, proxy: GatewayProxy, certificate: Certificate, packaging: Environment
) -> dict[str, str]:
    return local(os.environ, front.address) | {
        "HTTPS_PROXY": proxy.address,
        "REQUESTS_CA_BUNDLE": str(certificate.bundle),
        "VIRTUAL_ENV": str(packaging.folder),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _fronts(inner: Responder, folder: Path) -> tuple[Front, GatewayProxy, Certificate]:
    dummy = local({}, "")
    credentials = Credentials(dummy["AWS_ACCESS_KEY_ID"], dummy["AWS_SECRET_ACCESS_KEY"])
    front = Front(_not_yet)
    front.responder = Mends(inner, credentials, front.address)
    certificate = Certificate(folder)
    return front, GatewayProxy(inner, certificate), certificate


def _not_yet(_: object) -> Answer:
    return Answer(503, (), b"")
