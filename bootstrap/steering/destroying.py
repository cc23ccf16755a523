"""`python -m bootstrap destroy`."""

from __future__ import annotations

import click

from bootstrap import exits
from bootstrap.exits import Interrupted, Problem
from bootstrap.settings import Reader, deployment
from bootstrap.steering.destroy import Demolition, Destroyer, What


@click.command(
    "destroy",
    epilog=exits.explained(
        exits.DONE, exits.REFUSED, exits.USAGE, exits.UNAVAILABLE, exits.DENIED, exits.INTERRUPTED
    ),
)
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option("--unprotect", is_flag=True, help="Turn off deletion protection first.")
@click.pass_obj
@exits.interruptible()
def destroy_command(read: Reader, *, yes: bool, unprotect: bool) -> None:
    """Delete the table in every region, with all scores, and the secret key.

    Lists what it will delete, and asks. Replicas go first. A run that was cut off is completed by
    the next.
    """
    where = deployment(read)
    destroyer = Destroyer.of(where, click.echo)
    demolition = destroyer.look()
    if not list(demolition):
        click.echo(f"Nothing is left of {where.prefix} in {', '.join(where.regions)}.")
        return
    click.echo(f"To be deleted of {where.prefix}:")
    for number, step in enumerate(demolition, 1):
        click.echo(f"  {number}. {step}")
    if not unprotect:
        _check_unprotected(demolition)
    if not yes:
        _ask(where.prefix)
    destroyer.run(demolition)
    click.echo("Done.")


def _check_unprotected(demolition: Demolition) -> None:
    protected = [step.region for step in demolition.table if step.what is What.UNPROTECT]
    if protected:
        raise Problem(
            f"Deletion protection is on in {', '.join(protected)}: nothing was deleted. "
            "To delete all the same: python -m bootstrap destroy --unprotect"
        )


def _ask(prefix: str) -> None:
    try:
        typed = click.prompt(f"Type {prefix} to delete all of this", default="", show_default=False)
    except click.Abort as cause:
        raise Interrupted("Nothing was deleted. (A script gives --yes.)") from cause
    if typed.strip() != prefix:
        raise Problem(f"Nothing was deleted: that was not {prefix}.")
