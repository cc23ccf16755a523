"""`python -m bootstrap import`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bootstrap import exits
from bootstrap.boards import DEFAULT_BOARD
from bootstrap.importing.run import Importer
from bootstrap.importing.sources import STANDARD_INPUT, Format
from bootstrap.settings import Reader, deployment


@click.command(
    "import",
    epilog=exits.explained(
        exits.DONE,
        exits.REFUSED,
        exits.USAGE,
        exits.PARTLY,
        exits.UNAVAILABLE,
        exits.DENIED,
        exits.INTERRUPTED,
    ),
)
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@click.option(
    "--board", "board_id", default=DEFAULT_BOARD, show_default=True, help="The board's id."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(Format), case_sensitive=False),
    help="How the files are written; without it, .jsonl and .ndjson are JSON lines, others CSV.",
)
@click.pass_obj
@exits.interruptible()
def import_command(
    read: Reader, files: tuple[Path, ...], board_id: str, form: Format | None
) -> None:
    """Load scores from each FILE, CSV or JSON lines; - is standard input.

    A CSV file is UTF-8 and its first line names the columns player, country (ISO 3166-1, two
    letters), score, achieved_at (ISO 8601 with Z or an offset) and, where players keep ids of
    their own, player_id; others are not read. A whole file is checked first. Bad rows go to
    FILE.rejects.csv with line, column and reason, and the rest is loaded. Loading a file again
    changes nothing, and goes on where an earlier import was interrupted.
    """
    if files.count(STANDARD_INPUT) > 1:
        raise click.UsageError("Standard input (-) can be read only once.")
    code = Importer.to(deployment(read), board_id, click.echo).take_all(files, form)
    if code:
        sys.exit(code)
