"""`python -m bootstrap apply`."""

from __future__ import annotations

import click

from bootstrap import exits
from bootstrap.secret.parameters import Vault
from bootstrap.secret.run import Keeper
from bootstrap.settings import Reader, deployment
from bootstrap.table.apply import Apply


@click.command(
    "apply",
    epilog=exits.explained(
        exits.DONE, exits.REFUSED, exits.USAGE, exits.UNAVAILABLE, exits.DENIED, exits.INTERRUPTED
    ),
)
@click.option("--dry-run", is_flag=True, help="Say what is missing, and change nothing.")
@click.option("--no-secret", is_flag=True, help="Leave the secret key in Parameter Store alone.")
@click.pass_obj
@exits.interruptible()
def apply_command(read: Reader, *, dry_run: bool, no_secret: bool) -> None:
    """Make what is missing of the table, in every region, and the secret key.

    That is: the table with both indexes, a replica in the region of every stage, expiry,
    point-in-time recovery and deletion protection everywhere, and the boards. At the end comes
    what `secret apply` does. What is there stays as it is; a run that was cut off is completed by
    the next.
    """
    where = deployment(read)
    run = Apply.to(where, click.echo)
    keeper = None if no_secret else Keeper(Vault.of(where), click.echo)
    if not dry_run:
        run.run()
        if keeper:
            keeper.run()
        return
    missing = [*run.rehearse(), *(keeper.rehearse() if keeper else ())]
    if missing:
        click.echo("Nothing was changed (--dry-run).")
