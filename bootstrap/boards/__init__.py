"""The boards that every leaderboard begins with."""

from __future__ import annotations

from leaderboard_app.domain.boards import Board

DEFAULT_BOARD = "global"

BOARDS = (Board(DEFAULT_BOARD, "Global"),)
"""Higher is better, 0 to 10^15, all four periods, one shard."""
