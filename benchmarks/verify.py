"""Checks what an import left behind: nothing lost, and no best lowered that was there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from benchmarks.contenders import submissions
from benchmarks.runs import Task
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.submissions import ENTROPY_BYTES, Submission, SubmissionId
from leaderboard_app.gateway import items, schema

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

EVERY = 20
"""One row in so many has a player whose best is already higher."""

HIGHER = 1_000_000


def higher_bests(task: Task, board: Board) -> list[Entry]:
    """Return entries of some of the file's players that stand higher than the file's."""
    some = islice(submissions(task, board), 0, None, EVERY)
    return list(_entries((_higher(one) for one in some), board, task))


def preload(client: DynamoDBClient, table: str, entries: Iterable[Entry], board: Board) -> None:
    """Store entries before an import."""
    for entry in entries:
        client.put_item(TableName=table, Item=items.entry_item(entry, board))


def check(client: DynamoDBClient, task: Task, board: Board, bests: Sequence[Entry] = ()) -> None:
    """See that a table holds every row of the file, and the highest entry of each player.

    Args:
        client: of the table's region.
        task: what was imported, all of it.
        board: where to.
        bests: the entries that were there before.

    Raises:
        RuntimeError: a row is missing, or an entry is not the highest of the file's and `bests`.
    """
    pages = client.get_paginator("scan").paginate(TableName=task.deployment.table)
    stored = {(item["pk"]["S"], item["sk"]["S"]): item for page in pages for item in page["Items"]}
    rows = list(submissions(task, board))
    missing = [one for one in rows if _submission_key(one) not in stored]
    if missing:
        raise RuntimeError(f"{len(missing)} rows are missing after the import.")
    highest: dict[tuple[str, str], int] = {}
    for entry in [*bests, *_entries(rows, board, task)]:
        key = _entry_key(entry)
        highest[key] = max(entry.standing, highest.get(key, entry.standing))
    wrong = [key for key, standing in highest.items() if _standing(stored.get(key)) != standing]
    if wrong:
        raise RuntimeError(f"{len(wrong)} entries are not the highest, {wrong[0]} among them.")


def _higher(submission: Submission) -> Submission:
    other = SubmissionId.make(submission.achieved_at, bytes(ENTROPY_BYTES))
    return replace(submission, submission_id=other, score=submission.score + HIGHER)


def _entries(rows: Iterable[Submission], board: Board, task: Task) -> Iterable[Entry]:
    return (
        Entry.of(one, board, period)
        for one in rows
        for period in board.open_periods(one.achieved_at, task.now)
    )


def _submission_key(one: Submission) -> tuple[str, str]:
    return schema.player(one.player.player_id), schema.submission(one.board_id, one.submission_id)


def _entry_key(entry: Entry) -> tuple[str, str]:
    sort = schema.entry(entry.board_id, entry.period, entry.writer)
    return schema.player(entry.player.player_id), sort


def _standing(item: items.Item | None) -> int | None:
    return int(item["standing"]["N"]) if item else None
