"""The commands of `python -m bootstrap`."""

from __future__ import annotations

import click

from bootstrap import exits
from bootstrap.boards.command import boards_command
from bootstrap.deploying.offline.command import deploy_offline_command
from bootstrap.estimate.command import estimate_command
from bootstrap.exporting.command import export_command
from bootstrap.importing.command import import_command
from bootstrap.keys.command import keys_command
from bootstrap.sandbox.command import sandbox_command
from bootstrap.secret.command import secret_command
from bootstrap.stacks.command import stack_command
from bootstrap.standings.command import standings_command
from bootstrap.steering.command import (
    doctor_command,
    evacuate_command,
    readmit_command,
    status_command,
)
from bootstrap.steering.destroying import destroy_command
from bootstrap.steering.sites import sandbox
from bootstrap.steering.validating import validate_command
from bootstrap.table.command import apply_command
from leaderboard_app.deployment import Deployment


@click.group(epilog=exits.explained(), context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--sandbox", "in_sandbox", is_flag=True, help="Work on the sandbox that runs on this machine."
)
@click.pass_context
def cli(context: click.Context, *, in_sandbox: bool) -> None:
    """Set up the leaderboard and steer it: its table in every region, its scores, a sandbox.

    The regions, and the prefix of all names, are those of zappa_settings.json.
    """
    if in_sandbox:
        context.with_resource(sandbox())


cli.add_command(apply_command)
cli.add_command(boards_command)
cli.add_command(import_command)
cli.add_command(export_command)
cli.add_command(estimate_command)
cli.add_command(sandbox_command)
cli.add_command(secret_command)
cli.add_command(keys_command)
cli.add_command(stack_command)
cli.add_command(standings_command)
cli.add_command(status_command)
cli.add_command(validate_command)
cli.add_command(evacuate_command)
cli.add_command(readmit_command)
cli.add_command(doctor_command)
cli.add_command(destroy_command)
cli.add_command(deploy_offline_command)


def main() -> None:
    """Run the command that the command line names."""
    cli(prog_name="python -m bootstrap", obj=Deployment.read)
