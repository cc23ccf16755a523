"""`python -m bootstrap deploy-offline`, which `make deploy-offline` runs."""

from __future__ import annotations

import signal
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import click

from bootstrap import exits
from bootstrap.deploying.offline.account import Account, Ran, opened
from bootstrap.deploying.offline.door import Door
from bootstrap.exits import Broken
from bootstrap.sandbox.parts import PartFailed
from bootstrap.sandbox.stopping import listening
from bootstrap.settings import Reader, deployment
from leaderboard_app.deployment import Deployment, Stage

SCORES = "bootstrap/data/import-data.csv"


@click.command(
    "deploy-offline",
    epilog=exits.explained(exits.DONE, exits.REFUSED, exits.USAGE, exits.BROKEN),
)
@click.pass_obj
def deploy_offline_command(read: Reader) -> None:
    """Deploy every stage with the real zappa, to an AWS account that is this machine.

    No AWS account is needed, and none touched. MiniStack stands in for AWS and runs the package
    that Zappa uploads; a browser can click through what is deployed. Ctrl-C throws all of it away.
    """
    with ExitStack() as wants, listening() as stopping:
        try:
            _run(deployment(read), wants)
        except KeyboardInterrupt:
            click.echo("\nStopped. The account is gone.")
        except PartFailed as cause:
            raise Broken(str(cause)) from cause
        finally:
            stopping.close()


def _run(stages: Deployment, wants: ExitStack) -> None:
    folder = Path(wants.enter_context(tempfile.TemporaryDirectory(prefix="offline-account-")))
    click.echo("Preparing; the first time takes a minute ...")
    account = opened(folder, wants, click.echo)
    _show(account.bootstrap("apply"))
    _show(account.bootstrap("import", SCORES))
    for ran in deploy(account, stages.stages):
        _show(ran)
    click.echo("\nBoth what was deployed and where it runs are on this machine alone:\n")
    for stage in stages.stages:
        door = Door(account.ministack, account.api_of(stage), stage.region, stage.name)
        wants.callback(door.close)
        click.echo(f"  {door.site}  {stage.name.capitalize()} ({stage.region})")
    click.echo("\nAdd a score in one and read it in the other. Ctrl-C ends it and forgets all.")
    signal.pause()


def deploy(account: Account, stages: tuple[Stage, ...]) -> list[Ran]:
    """Deploy stages, all at once; return what came of it, in their order."""
    with ThreadPoolExecutor(len(stages)) as pool:
        return list(pool.map(lambda stage: account.zappa("deploy", stage.name), stages))


def _show(ran: Ran) -> None:
    click.echo(ran.stdout.rstrip())
    if ran.returncode:
        raise Broken(f"{' '.join(map(str, ran.args))} ended with {ran.returncode}; it said why.")
