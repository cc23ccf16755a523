"""The commands that look at the regions and lead traffic: status, doctor, evacuate, readmit."""

from __future__ import annotations

import json
import os
import sys

import click

from bootstrap import exits
from bootstrap.deploying.preflight import Preflight
from bootstrap.deploying.stages import DeployedStage
from bootstrap.settings import Reader, deployment
from bootstrap.steering.doctor import Doctor, Machine
from bootstrap.steering.status import Status
from bootstrap.steering.traffic import Traffic
from leaderboard_app.gateway.clock import utc_now

_CODES = (exits.DONE, exits.REFUSED, exits.USAGE, exits.UNAVAILABLE, exits.DENIED)


@click.command("status", epilog=exits.explained(*_CODES, exits.UNWELL, exits.INTERRUPTED))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for machines.")
@click.pass_obj
@exits.interruptible()
def status_command(read: Reader, *, as_json: bool) -> None:
    """Show every region: table, safeguards, heartbeat, draining; and a verdict."""
    status = Status.of(deployment(read), utc_now)
    if as_json:
        click.echo(json.dumps(status.as_json(), indent=2))
    else:
        for line in status.lines():
            click.echo(line)
    if status.findings():
        sys.exit(exits.UNWELL)


@click.command("doctor", epilog=exits.explained(*_CODES, exits.UNWELL, exits.INTERRUPTED))
@click.option(
    "--deploy",
    "stage",
    metavar="STAGE",
    help="Look at what zappa deploy and zappa update of STAGE need, and at nothing else.",
)
@click.pass_obj
@exits.interruptible()
def doctor_command(read: Reader, *, stage: str | None) -> None:
    """Look for all that is known to go wrong, and name the cure of what is found."""
    deployed, machine = deployment(read), Machine.of(os.environ)
    doctor = Doctor(deployed, machine, utc_now)
    look = Preflight(DeployedStage.of(deployed, stage), machine) if stage else doctor
    found = 0
    for finding in look.findings():
        found += 1
        click.echo(f"{found}. {finding.what}.\n   {finding.cure}")
    if found:
        sys.exit(exits.UNWELL)
    click.echo("Nothing is wrong.")


@click.command("evacuate", epilog=exits.explained(*_CODES, exits.INTERRUPTED))
@click.argument("region")
@click.option("--why", default="evacuated by hand", show_default=True, help="For those who ask.")
@click.pass_obj
@exits.interruptible()
def evacuate_command(read: Reader, region: str, why: str) -> None:
    """Lead traffic away from REGION: its health check fails until it is readmitted.

    It needs any one region's table, and nothing of REGION itself. The last region that takes
    traffic can't be evacuated.
    """
    Traffic.of(deployment(read), click.echo).evacuate(region, why)


@click.command("readmit", epilog=exits.explained(*_CODES, exits.INTERRUPTED))
@click.argument("region")
@click.option("--why", default="readmitted by hand", show_default=True, help="For those who ask.")
@click.pass_obj
@exits.interruptible()
def readmit_command(read: Reader, region: str, why: str) -> None:
    """Let REGION take traffic again."""
    Traffic.of(deployment(read), click.echo).readmit(region, why)
