"""`python -m bootstrap estimate`."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from bootstrap import exits
from bootstrap.estimate import telling
from bootstrap.estimate.model import House, estimate
from bootstrap.estimate.play import Play
from leaderboard_app.domain.boards import MAX_SHARDS

PAGE_PLAYERS = (10_000, 1_000_000, 100_000_000)

Option = Callable[[Callable[..., None]], Callable[..., None]]


def _number(context: click.Context, option: click.Parameter, value: float) -> float:
    """Return the number; `nan` is none, though Python takes it for one within any bounds."""
    if math.isnan(value):
        raise click.BadParameter("'nan' is no number.", context, option)
    return value


def _rate(name: str, least: float, most: float, value: float, said: str) -> Option:
    within = click.FloatRange(least, most)
    return click.option(
        name, type=within, default=value, show_default=True, callback=_number, help=said
    )


@click.command("estimate", epilog=exits.explained(exits.DONE, exits.USAGE))
@click.option("--players", type=click.IntRange(1, 10**10), default=1_000_000, show_default=True)
@_rate("--submissions", 0, 10_000, 3, "Scores a player and day.")
@_rate("--views", 0, 10_000, 3, "Pages a player and day.")
@_rate("--ranks", 0, 10_000, 3, "Ranks a player and day.")
@_rate("--peak", 1, 1_000, 4, "The busiest second against the average one.")
@click.option("--regions", type=click.IntRange(1, 20), default=2, show_default=True)
@click.option(
    "--shards", type=click.IntRange(1, MAX_SHARDS), help="As many as needed, if left out."
)
@click.option("--json", "in_json", is_flag=True, help="Print one JSON object, for machines.")
@click.option("--page", is_flag=True, help="Print docs/costs.md, for 10k, 1M and 100M players.")
def estimate_command(
    *,
    regions: int,
    shards: int | None,
    in_json: bool,
    page: bool,
    **rates: Any,  # noqa: ANN401 - the fields of Play, by their names.
) -> None:
    """Work out the dollars a month, and how many shards to set. Nothing is asked of AWS."""
    if page and in_json:
        raise click.UsageError("Choose one of --page and --json.")
    play = Play(**rates)
    house = House(regions=regions, shards=shards)
    if page:
        each = (estimate(replace(play, players=number), house) for number in PAGE_PLAYERS)
        click.echo("\n".join(telling.page(each)).rstrip())
    elif in_json:
        click.echo(json.dumps(telling.as_json(estimate(play, house)), indent=2))
    else:
        click.echo("\n".join(telling.lines(estimate(play, house))))
