"""`python -m bootstrap stack`."""

from __future__ import annotations

import json

import click

from bootstrap import exits
from bootstrap.exits import Interrupted, Problem
from bootstrap.settings import Reader, deployment
from bootstrap.stacks import places
from bootstrap.stacks.lookups import Clients
from bootstrap.stacks.run import Stacks
from bootstrap.stacks.wanted import Wanted
from leaderboard_app.deployment import Deployment

_EPILOG = exits.explained(
    exits.DONE, exits.REFUSED, exits.USAGE, exits.UNAVAILABLE, exits.DENIED, exits.INTERRUPTED
)

domain_option = click.option("--domain", help="One name over all regions, as play.example.com.")
zone_option = click.option("--zone", help="Id of the hosted zone for it; else one is made.")
email_option = click.option("--email", help="Who is told of alarms; '' for nobody.")
set_option = click.option(
    "--set", "named", multiple=True, metavar="NAME=VALUE", help="Another parameter; repeatable."
)


@click.group("stack")
def stack_command() -> None:
    """Watch the regions and give them one name: alarms, dashboards, health checks, domain.

    One CloudFormation stack a region, and one in us-east-1, where the metrics of health checks
    are. They hold no data. What a command does not name stays as it was applied.
    """


@stack_command.command("plan", epilog=_EPILOG)
@domain_option
@zone_option
@email_option
@set_option
@click.pass_obj
@exits.interruptible()
def plan_stacks(
    read: Reader, domain: str | None, zone: str | None, email: str | None, named: tuple[str, ...]
) -> None:
    """Say what apply would change; change nothing."""
    wanted = Wanted.parse(domain, zone, email, named)
    if _stacks(deployment(read)).plan(wanted):
        click.echo("Nothing was changed (plan).")


@stack_command.command("apply", epilog=_EPILOG)
@domain_option
@zone_option
@email_option
@set_option
@click.pass_obj
@exits.interruptible()
def apply_stacks(
    read: Reader, domain: str | None, zone: str | None, email: str | None, named: tuple[str, ...]
) -> None:
    """Make or change the stacks, after saying what changes.

    The stages must be deployed. A stack that can't be changed stays as it was; the next run goes
    on from there.
    """
    _stacks(deployment(read)).apply(Wanted.parse(domain, zone, email, named))


@stack_command.command("outputs", epilog=_EPILOG)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for machines.")
@click.pass_obj
@exits.interruptible()
def show_outputs(read: Reader, *, as_json: bool) -> None:
    """Show what the stacks give out: addresses, names, ids."""
    where = deployment(read)
    outputs = _stacks(where).outputs()
    if not outputs:
        raise Problem("There is no stack yet: python -m bootstrap stack apply")
    if as_json:
        named = {place.name: dict(found) for place, found in outputs.items()}
        click.echo(json.dumps(named, indent=2))
        return
    for place, found in outputs.items():
        click.echo(str(place))
        for name, value in found.items():
            click.echo(f"  {name}: {value}")


@stack_command.command("remove", epilog=_EPILOG)
@click.argument("stages", nargs=-1)
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.pass_obj
@exits.interruptible()
def remove_stacks(read: Reader, stages: tuple[str, ...], *, yes: bool) -> None:
    """Delete the stacks of STAGES, or all: alarms, dashboards, health checks, domain.

    Table, secret, functions and APIs stay.
    """
    where = deployment(read)
    stacks = _stacks(where)
    there = stacks.there(places.to_remove(where, stages))
    if not there:
        click.echo("There is no stack to delete.")
        return
    click.echo("To be deleted, with all that is in them:")
    for place in there:
        click.echo(f"  {place}")
    if not yes:
        _ask(where.prefix)
    stacks.remove(there)
    click.echo("Done.")


def _stacks(where: Deployment) -> Stacks:
    return Stacks(where, click.echo, Clients.of_environment())


def _ask(prefix: str) -> None:
    try:
        typed = click.prompt(f"Type {prefix} to delete them", default="", show_default=False)
    except click.Abort as cause:
        raise Interrupted("Nothing was deleted. (A script gives --yes.)") from cause
    if typed.strip() != prefix:
        raise Problem(f"Nothing was deleted: that was not {prefix}.")
