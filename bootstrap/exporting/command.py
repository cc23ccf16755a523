"""`python -m bootstrap export`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from bootstrap import aws, exits
from bootstrap.boards import DEFAULT_BOARD
from bootstrap.exits import Interrupted, Problem, Unavailable
from bootstrap.exporting.lines import lines_of
from bootstrap.exporting.output import STANDARD_OUTPUT, writing
from bootstrap.exporting.walk import Walk
from bootstrap.importing.load import rows as in_words
from bootstrap.importing.sources import Format
from bootstrap.importing.target import board_of
from bootstrap.settings import Reader, deployment
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.periods import ALL_TIME, Period
from leaderboard_app.domain.rankings import Row, View
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.ports import StoreUnavailable

TOLD_EVERY = 1_000


class PeriodType(click.ParamType[Period]):
    """A period by its key."""

    name = "period"

    def convert(
        self, value: str | Period, param: click.Parameter | None, ctx: click.Context | None
    ) -> Period:
        """Return the period, or refuse the command line."""
        if isinstance(value, Period):
            return value
        try:
            return Period.parse(value)
        except InvalidValue as cause:
            self.fail(cause.message, param, ctx)


@click.command(
    "export",
    epilog=exits.explained(
        exits.DONE,
        exits.REFUSED,
        exits.USAGE,
        exits.UNAVAILABLE,
        exits.DENIED,
        exits.INTERRUPTED,
    ),
)
@click.option(
    "--board", "board_id", default=DEFAULT_BOARD, show_default=True, help="The board's id."
)
@click.option(
    "--period",
    type=PeriodType(),
    default=ALL_TIME.key,
    show_default=True,
    help="all, a month (2026-11), a week (2026-W48) or a day (2026-11-23).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(Format), case_sensitive=False),
    help="How to write it; without it, as the file's suffix says (.jsonl, .ndjson), else CSV.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default=STANDARD_OUTPUT,
    show_default=True,
    help="The file to write; - is standard output.",
)
@click.pass_obj
@exits.interruptible()
def export_command(
    read: Reader, board_id: str, period: Period, form: Format | None, output: Path
) -> None:
    """Write a board's ranking as a file that import reads.

    Best first, one row a player: player, country, score, achieved_at and player_id, so that who is
    imported again is the same player. The first region alone is read. A file is there once it is
    whole; an older one stays until then.
    """
    described = deployment(read)
    board = board_of(described, board_id)
    if period.kind not in board.periods:
        kinds = ", ".join(board.periods)
        raise Problem(f"Board {board_id} keeps no ranking by {period.kind}. It keeps: {kinds}.")
    counted = _Counted()
    with writing(output) as file:
        ranked = counted.rows(_rows(described, View(board, period)))
        for line in lines_of(ranked, board, form or Format.of(output)):
            file.write(line.encode())
    click.echo(f"{in_words(counted.number)} of {board_id}, {period}, exported.", err=True)


def _rows(described: Deployment, view: View) -> Iterator[Row]:
    region, table = described.regions[0], described.table
    doing = f"Could not export board {view.board.board_id} of table {table} in {region}"
    try:
        with aws.explaining(doing):
            yield from Walk(DynamoStore(region, table), view, datetime.now(UTC)).rows()
    except StoreUnavailable as cause:
        raise Unavailable(f"{doing}: {cause}. Run this again in a while.") from cause
    except KeyboardInterrupt as cause:
        raise Interrupted("Interrupted: no file was written. Run it again.") from cause


class _Counted:
    """Counts rows as they come by, in sight of a person where there is one."""

    def __init__(self) -> None:
        self.number = 0

    def rows(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Yield the rows."""
        seen = sys.stderr.isatty()
        for row in rows:
            self.number += 1
            if seen and self.number % TOLD_EVERY == 0:
                click.echo(f"\rExporting: {in_words(self.number)}", nl=False, err=True)
            yield row
        if seen and self.number >= TOLD_EVERY:
            click.echo(err=True)
