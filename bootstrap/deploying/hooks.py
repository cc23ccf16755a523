"""What Zappa calls as it works: the `callbacks` of `zappa_settings.json`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Protocol

# Zappa loads this file by its path, and leaves the checkout out of where modules are looked for.
_CHECKOUT = str(Path(__file__).resolve().parents[2])
if _CHECKOUT not in sys.path:
    sys.path.insert(0, _CHECKOUT)

from bootstrap import aws  # noqa: E402
from bootstrap.deploying import afterwards, package, templates  # noqa: E402
from bootstrap.deploying.preflight import Preflight, make_client  # noqa: E402
from bootstrap.deploying.stages import DeployedStage  # noqa: E402
from bootstrap.exits import Problem  # noqa: E402
from bootstrap.steering.doctor import Machine, of_region_variables  # noqa: E402
from leaderboard_app.deployment import InvalidDeployment  # noqa: E402

_DEPLOYING = frozenset({"deploy", "update"})


class Zappa(Protocol):
    """What we read of Zappa's command, and the one thing that we give it: the policy.

    Attributes:
        command: what was asked for, as `deploy`.
        api_stage: the stage's name.
        zip_path: what it packed.
        zappa: the part of it that talks to AWS.
    """

    command: str
    api_stage: str
    zip_path: str
    zappa: Any


def settings_read(cli: Zappa) -> None:
    """Refuse what would go wrong, before anything is uploaded; give the role its policy.

    Every command is refused that would work in another region than the settings say.

    Raises:
        Problem: with one line for the person at the terminal; Zappa ends with its exit code.
    """
    target, machine = _stage(cli), Machine.of(os.environ)
    for finding in of_region_variables(machine):
        raise Problem(f"{finding.what}. {finding.cure}")
    if cli.command in _DEPLOYING:
        Preflight(target, machine).check()
        with aws.connecting(), aws.explaining("Could not ask which account this is"):
            account = make_client("sts", target.region).get_caller_identity()["Account"]
        cli.zappa.attach_policy = target.policy(account)


def packed(cli: Zappa) -> None:
    """Make the package what it is meant to be, and have a log group before there are logs.

    Raises:
        Problem: the package is not as needed, or AWS refused.
    """
    target = _stage(cli)
    package.tidy(Path(cli.zip_path), target.runtime, templates.compile_into)
    if cli.command in _DEPLOYING:
        afterwards.keep_logs(target, make_client)


def deployed(cli: Zappa) -> None:
    """See that all is in the stage's region, and bound the requests that it takes.

    Raises:
        Problem: it is not, or AWS refused.
    """
    target = _stage(cli)
    afterwards.throttle(target, make_client, afterwards.find_api(target, make_client))


def _stage(cli: Zappa) -> DeployedStage:
    try:
        return DeployedStage.read(cli.api_stage)
    except InvalidDeployment as cause:
        raise Problem(f"zappa_settings.json: {cause}") from cause
