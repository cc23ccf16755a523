"""What the command line takes of a board, each option by the name of the field that it sets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from leaderboard_app.domain.boards import Operator, Order
from leaderboard_app.domain.periods import PeriodKind
from leaderboard_app.domain.scores import Unit

Command = TypeVar("Command", bound=Callable[..., Any])

LATEST = (
    "'latest' is not offered: after a player changed regions, the index would show the older, "
    "higher rating until the other region took it out. See docs/boards.md."
)


def _operator(_context: click.Context, _option: click.Parameter, text: str | None) -> object:
    if text == "latest":
        raise click.BadParameter(LATEST)
    if text is not None and text not in list(Operator):
        raise click.BadParameter(f"{text!r} is none: choose best or first.")
    return text and Operator(text)


def _periods(_context: click.Context, _option: click.Parameter, text: str | None) -> object:
    if text is None:
        return None
    kinds = {str(kind): kind for kind in PeriodKind}
    named = [name.strip() for name in text.split(",")]
    for name in named:
        if name not in kinds:
            raise click.BadParameter(f"{name!r} is none: choose from {', '.join(kinds)}.")
    # In one order, however they were named, so that naming them again changes nothing.
    return tuple(sorted((kinds[name] for name in named), key=list(PeriodKind).index))


def _member(kinds: type[Order | Unit]) -> Callable[..., object]:
    def convert(_context: click.Context, _option: click.Parameter, text: str | None) -> object:
        return text and kinds(text)

    return convert


_OPTIONS = (
    click.option("--title", help="What people call it; 1 to 64 characters."),
    click.option(
        "--order", type=click.Choice([str(each) for each in Order]), callback=_member(Order),
        help="Which score is the better one.",
    ),
    click.option(
        "--operator", metavar="[best|first]", callback=_operator,
        help="Which of a player's scores counts.",
    ),
    click.option(
        "--unit", type=click.Choice([str(each) for each in Unit]), callback=_member(Unit),
        help="What scores measure: points, seconds (shown as 1:23.456) or metres.",
    ),
    click.option("--decimals", type=int, help="0 to 6; of times 0 to 3."),
    click.option("--minimum", metavar="SCORE", help="The lowest score taken, or none."),
    click.option("--maximum", metavar="SCORE", help="The highest score taken, or none."),
    click.option(
        "--max-rise", metavar="SCORE",
        help="How much better a player may get within a minute, or none for no limit.",
    ),
    click.option(
        "--periods", metavar="KINDS", callback=_periods,
        help="The rankings kept: all, with month, week, day as wanted, between commas.",
    ),
    click.option("--keep-month", type=int, help="Days that a past month stays: 8 to 4000."),
    click.option("--keep-week", type=int, help="Days that a past week stays: 8 to 4000."),
    click.option("--keep-day", type=int, help="Days that a past day stays: 8 to 4000."),
    click.option("--shards", type=int, help="1 to 64; one takes about 1,000 scores a second."),
)  # fmt: skip


def board_options(command: Command) -> Command:
    """Give a command the options of a board; those that are left out come as None."""
    for each in reversed(_OPTIONS):
        command = each(command)
    return command
