"""Where the corner begins: the latest scores of the first board."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from leaderboard_app.web.context import services


def register(blueprint: Blueprint) -> None:
    """Add the view."""
    blueprint.get("/")(home)


def home() -> AnyResponse | str:
    """Lead to the first board; say where there is none."""
    boards = services().boards.all()
    if not boards:
        return render_template("operators/empty.html")
    first = url_for("operators.latest", board_id=boards[0].board_id)
    return redirect(first, HTTPStatus.SEE_OTHER)
