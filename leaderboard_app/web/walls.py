"""The big screen: a ranking's first rows, to be read from across a room; nobody clicks there."""

from __future__ import annotations

from dataclasses import replace

from flask import render_template

from leaderboard_app.web.board_head import board_head
from leaderboard_app.web.board_page import BoardPage

ROWS = 10
"""Rows that fit a screen in letters that are read from afar."""


def written(shown: BoardPage) -> str:
    """Return the page of a ranking for a big screen."""
    page = replace(shown.page, rows=shown.page.rows[:ROWS])
    cut = replace(shown, page=page)
    return render_template("wall.html", shown=cut, head=board_head(cut))
