"""`python -m bootstrap validate`."""

from __future__ import annotations

import sys
from contextlib import ExitStack

import click

from bootstrap import exits
from bootstrap.boards import DEFAULT_BOARD
from bootstrap.sandbox.stopping import listening
from bootstrap.settings import Reader, deployment
from bootstrap.steering import sites
from bootstrap.steering.browser import Browser
from bootstrap.steering.reaching import stores
from bootstrap.steering.validate import Validation, board_of


@click.command(
    "validate",
    epilog=exits.explained(
        exits.DONE,
        exits.REFUSED,
        exits.USAGE,
        exits.UNAVAILABLE,
        exits.DENIED,
        exits.UNWELL,
        exits.INTERRUPTED,
    ),
)
@click.option("--site", "named", multiple=True, metavar="REGION=URL", help="A web address.")
@click.option("--board", "board_id", default=DEFAULT_BOARD, show_default=True, help="Its id.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    help="Seconds to wait for each arrival.",
)
@click.pass_obj
@exits.interruptible()
def validate_command(read: Reader, named: tuple[str, ...], board_id: str, timeout: float) -> None:
    """Add a score in each region, time its arrival in the others, and take it out again.

    Goes through the web addresses as a browser would: those named by --site, else those of a
    sandbox that runs here, else those of LEADERBOARD_SITES, else those of the heartbeats. The
    scores stand last on their board; whatever happens, they are taken out.
    """
    where = deployment(read)
    # A closed terminal and a kill take the scores out as Ctrl-C does; a second one can't stop that.
    with listening(), ExitStack() as stack:
        found = stack.enter_context(sites.told(named, where))
        by_region = stores(where)
        board = board_of(where, by_region, board_id)
        found = found or sites.of_heartbeats(by_region)
        sites.check(found)
        click.echo(f"Through the web addresses {found.source}: {', '.join(found.addresses)}")
        browsers = {region: Browser(address) for region, address in found.addresses.items()}
        if not Validation(where, board, browsers, by_region, click.echo, timeout).run():
            sys.exit(exits.UNWELL)
