"""`python -m bootstrap boards`: show the boards, make them, change them, open and close them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import click

from bootstrap import exits
from bootstrap.boards import telling
from bootstrap.boards.changing import FIXED, changed, fixed_changes, made, option
from bootstrap.boards.options import board_options
from bootstrap.boards.shelf import Kept, Shelf
from bootstrap.exits import Problem
from bootstrap.settings import Reader, deployment
from leaderboard_app.domain.boards import Board
from leaderboard_app.gateway.clock import utc_now

_EPILOG = exits.explained(
    exits.DONE, exits.REFUSED, exits.USAGE, exits.UNAVAILABLE, exits.DENIED, exits.INTERRUPTED
)
FOLLOWS = "Pages and games follow within a minute or two, in every region."


@click.group("boards")
def boards_command() -> None:
    """Show the boards, make them, change them, open and close them."""


@boards_command.command("list", epilog=_EPILOG)
@click.option("--json", "in_json", is_flag=True, help="Print one JSON array, for machines.")
@click.pass_obj
@exits.interruptible()
def list_command(read: Reader, *, in_json: bool) -> None:
    """List all boards."""
    boards = [_now(kept) for kept in Shelf.of(deployment(read)).all()]
    if in_json:
        click.echo(json.dumps([telling.as_json(board) for board in boards], indent=2))
    elif boards:
        click.echo("\n".join(telling.overview(boards)))
    else:
        click.echo("There are no boards: make one with boards create.")


@boards_command.command("show", epilog=_EPILOG)
@click.argument("board")
@click.option("--json", "in_json", is_flag=True, help="Print one JSON object, for machines.")
@click.pass_obj
@exits.interruptible()
def show_command(read: Reader, board: str, *, in_json: bool) -> None:
    """Show all settings of BOARD."""
    found = _now(Shelf.of(deployment(read)).get(board))
    if in_json:
        click.echo(json.dumps(telling.as_json(found), indent=2))
    else:
        click.echo("\n".join(telling.lines(found)))


@boards_command.command("create", epilog=_EPILOG)
@click.argument("board")
@board_options
@click.option("--closed", is_flag=True, help="Let it take no scores yet.")
@click.pass_obj
@exits.interruptible()
def create_command(read: Reader, /, board: str, *, closed: bool, **options: Any) -> None:  # noqa: ANN401
    """Make BOARD, in every region: 1 to 32 of a-z, 0-9 and -.

    What is not said is as on the board that apply makes: higher is better, each player's best
    counts, points without decimals from 0 up, all periods, one shard. Its id is its title.
    """
    wanted = {"title": board, **_said(options), "is_open": not closed}
    new = made(board, wanted)
    if not Shelf.of(deployment(read)).add(new):
        raise Problem(f"There is a board {board!r} already. Change it with boards change {board}.")
    click.echo("\n".join(telling.lines(new)))
    click.echo(f"Made. {FOLLOWS}")


@boards_command.command("change", epilog=_EPILOG)
@click.argument("board")
@board_options
@click.pass_obj
@exits.interruptible()
def change_command(read: Reader, /, board: str, **options: Any) -> None:  # noqa: ANN401
    """Change what is said of BOARD, and nothing else.

    Once anybody is ranked on it, its order, operator, unit and decimals stay; shards can only be
    raised. Bounds and days hold for what comes in from then on.
    """
    wanted = _said(options)
    if not wanted:
        raise click.UsageError("Say what to change, for example --title.")
    shelf = Shelf.of(deployment(read))
    kept = shelf.get(board)
    after = changed(kept.board, wanted, utc_now())
    _refuse_what_stays(shelf, kept.board, after)
    _replace(shelf, kept, after)


@boards_command.command("close", epilog=_EPILOG)
@click.argument("board")
@click.pass_obj
@exits.interruptible()
def close_command(read: Reader, board: str) -> None:
    """Let BOARD take no more scores; its rankings stay."""
    _set_open(read, board, is_open=False)


@boards_command.command("open", epilog=_EPILOG)
@click.argument("board")
@click.pass_obj
@exits.interruptible()
def open_command(read: Reader, board: str) -> None:
    """Let BOARD take scores again."""
    _set_open(read, board, is_open=True)


def _set_open(read: Reader, board_id: str, *, is_open: bool) -> None:
    shelf = Shelf.of(deployment(read))
    kept = shelf.get(board_id)
    state = "open" if is_open else "closed"
    if kept.board.is_open == is_open:
        click.echo(f"Board {board_id} is {state} already.")
        return
    _store(shelf, kept, replace(kept.board, is_open=is_open))
    click.echo(f"Board {board_id} is {state}. {FOLLOWS}")


def _replace(shelf: Shelf, kept: Kept, after: Board) -> None:
    differences = list(telling.differences(kept.board, after))
    if not differences:
        click.echo(f"Board {after.board_id} is so already.")
        return
    _store(shelf, kept, after)
    click.echo("\n".join([f"Board {after.board_id}:", *differences]))
    if after.spread_from:
        click.echo(f"New shards are written to from {after.spread_from:%H:%M:%S} UTC.")
    click.echo(f"Changed. {FOLLOWS}")


def _refuse_what_stays(shelf: Shelf, before: Board, after: Board) -> None:
    for field in fixed_changes(before, after):
        cannot = f"{option(field)}: board {before.board_id}"
        region = shelf.region_with_entries(before)
        if region:
            raise Problem(
                f"{cannot} has entries (seen in {region}), and keeps it: {FIXED[field]}. "
                "Make another board."
            )
        if before.is_open:
            raise Problem(
                f"{cannot} is open, and a score may come in meanwhile. Close it with boards close "
                f"{before.board_id}, wait two minutes, until every process knows, and try again."
            )


def _store(shelf: Shelf, kept: Kept, after: Board) -> None:
    if not shelf.replace(kept, after):
        raise Problem(
            f"Somebody else changed board {after.board_id} meanwhile. Nothing was changed: look at "
            f"it (boards show {after.board_id}), and run this again if it is still wanted."
        )


def _said(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _now(kept: Kept) -> Board:
    return kept.board.as_of(utc_now())
