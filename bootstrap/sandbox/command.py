"""`python -m bootstrap sandbox`, which `make run` runs."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bootstrap import exits
from bootstrap.sandbox.place import DEFAULT_FOLDER, FOLDER_VARIABLE, Place
from bootstrap.sandbox.run import Sandbox
from bootstrap.settings import Reader, deployment

FIRST_PORT = 8001
HIGHEST_PORT = 65_535


@click.command(
    "sandbox",
    epilog=exits.explained(exits.DONE, exits.REFUSED, exits.USAGE, exits.BROKEN),
)
@click.option("--fresh", is_flag=True, help="Forget the data of earlier times first.")
@click.option(
    "--port",
    type=click.IntRange(1, HIGHEST_PORT),
    default=FIRST_PORT,
    show_default=True,
    help="The first region's port; the next region's is one higher. A free one where it is taken.",
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    envvar=FOLDER_VARIABLE,
    default=DEFAULT_FOLDER,
    show_default=DEFAULT_FOLDER.name,
    help=f"Where the data is kept. [env: {FOLDER_VARIABLE}]",
)
@click.option(
    "--keep-going",
    is_flag=True,
    help="Start a server again that ends, instead of ending all: see docs/game-day.md.",
)
@click.pass_obj
def sandbox_command(
    read: Reader, *, fresh: bool, port: int, folder: Path, keep_going: bool
) -> None:
    """Run both regions on this machine: no AWS account needed, and none touched.

    Starts MiniStack, a local AWS; makes the real table with its replica; loads example scores;
    starts a web server for each region and prints their addresses. Ctrl-C stops all of it.
    """
    place = Place.of({**os.environ, FOLDER_VARIABLE: str(folder)})
    Sandbox(deployment(read), place, port, click.echo, keep_going).run(fresh=fresh)
