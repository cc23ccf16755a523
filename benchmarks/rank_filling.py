"""Fills a ranking with made-up players, as fast as the backend takes them."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.submissions import ENTROPY_BYTES, Submission, SubmissionId
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore

LOADERS = 8
EACH = 25
"""As many as a BatchWriteItem takes."""

SCORES = 10**6
A_DAY = 86_400


def fill(
    store: DynamoStore, deployment: Deployment, board: Board, size: int, now: datetime
) -> dict[str, int]:
    """Rank `size` players of the deployment's first region; return each one's standing."""

    def put(entries: list[Entry]) -> None:
        puts = [{"PutRequest": {"Item": items.entry_item(each, board)}} for each in entries]
        left: Any = {deployment.table: puts}
        while left:
            left = store.client.batch_write_item(RequestItems=left)["UnprocessedItems"]

    standings: dict[str, int] = {}
    numbers = iter(range(size))
    with ThreadPoolExecutor(LOADERS) as threads:
        while some := list(islice(numbers, LOADERS * EACH)):
            entries = [_entry(number, board, deployment.regions[0], now) for number in some]
            standings.update((each.player.player_id.value, each.standing) for each in entries)
            list(threads.map(put, _in_batches(entries)))
    return standings


def _in_batches(entries: list[Entry]) -> Iterator[list[Entry]]:
    for start in range(0, len(entries), EACH):
        yield entries[start : start + EACH]


def _entry(number: int, board: Board, region: str, now: datetime) -> Entry:
    player = Player(PlayerId(f"player-{number:09d}"), f"Player {number}", Country("FI"))
    made = SubmissionId.make(now - timedelta(seconds=number % A_DAY), os.urandom(ENTROPY_BYTES))
    score = random.Random(number).randrange(SCORES)
    one = Submission(made, board.board_id, player, score, region, "api")
    return Entry.of(one, board, ALL_TIME)
