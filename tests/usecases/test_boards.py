"""Boards are remembered for a minute, and a new one is found within seconds."""

from __future__ import annotations

from datetime import timedelta

from leaderboard_app.domain.boards import Board
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.boards import Boards
from tests.worlds import BOARD, NOW


def test_a_board_is_found_within_five_seconds_and_changed_within_a_minute(
    store: DynamoStore,
) -> None:
    clock = [NOW]
    boards = Boards(store, lambda: clock[0])
    assert boards.find("global") is None
    _put(store, BOARD)
    assert boards.find("global") is None
    clock[0] += timedelta(seconds=5)
    assert boards.find("global") == BOARD
    renamed = Board("global", "Worldwide")
    _put(store, renamed)
    clock[0] += timedelta(seconds=59)
    assert boards.find("global") == BOARD
    clock[0] += timedelta(seconds=1)
    assert boards.find("global") == renamed


def test_boards_come_by_title(store: DynamoStore) -> None:
    _put(store, Board("b", "Beta"), Board("a", "Gamma"), Board("c", "Alpha"))
    assert [board.title for board in Boards(store, lambda: NOW).all()] == ["Alpha", "Beta", "Gamma"]


def _put(store: DynamoStore, *boards: Board) -> None:
    for board in boards:
        store.client.put_item(TableName=store.table_name, Item=items.board_item(board))
