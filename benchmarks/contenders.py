"""The ways to import a file that are timed: ours, and two scripts that go row by row.

Each runs in a fresh process, as a command does: nothing is remembered from the run before.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import boto3

from benchmarks.runs import Delay, Outcome, Parts, Stopwatch, Task
from bootstrap.boards import BOARDS, DEFAULT_BOARD
from bootstrap.importing.load import Import
from bootstrap.importing.rows import submission_of
from bootstrap.importing.run import Importer
from bootstrap.importing.sources import opened
from bootstrap.importing.target import board_of
from leaderboard_app.domain.boards import SUBMISSIONS_KEPT, Board
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.records import EntryWrite
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway import conditions, items
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.chunks import chunks_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


def ours(task: Task) -> Outcome:
    """Import as `python -m bootstrap import` does, timed as its closing line is."""
    importer = Importer.to(task.deployment, DEFAULT_BOARD, lambda _: None)
    delay, stopwatch = Delay(), Stopwatch()
    importer.take(task.file)
    return stopwatch.outcome(delay)


def one_put_a_row(task: Task) -> Outcome:
    """Import as the workshop's script did: a PutItem a row, one after another, no questions."""
    client = _plain_client(task)
    delay, stopwatch = Delay(), Stopwatch()
    with task.file.open(encoding="utf-8", newline="") as file:
        for row in islice(csv.DictReader(file), task.rows):
            item = {
                "pk": {"S": row["player"]},
                "sk": {"S": row["achieved_at"]},
                "country_key": {"S": row["country"]},
                "standing": {"N": row["score"]},
            }
            client.put_item(TableName=task.deployment.table, Item=item)
    return stopwatch.outcome(delay)


def same_job_row_by_row(task: Task) -> Outcome:
    """Store what ours stores, one after another: each row's submission, each entry it raises."""
    board = board_of(task.deployment, DEFAULT_BOARD)
    client = _plain_client(task)
    delay, stopwatch = Delay(), Stopwatch()
    for submission in islice(submissions(task, board), task.rows):
        for put in _puts(submission, board, task.now):
            with suppress(client.exceptions.ConditionalCheckFailedException):
                client.put_item(TableName=task.deployment.table, **put)
    return stopwatch.outcome(delay)


def where_it_goes(task: Task) -> dict[str, float]:
    """Return the CPU seconds of what ours does beside calling, one part after another."""
    board, deployment = BOARDS[0], task.deployment
    loader = BulkLoader(deployment.regions[0], deployment.table)
    parts = Parts()
    with opened(task.file) as file:
        Import(file, board, loader, task.now).check()
    parts.ends("check the file")
    good = list(submissions(task, board))
    parts.ends("read it again")
    chunks = list(chunks_of(board, good, task.now))
    parts.ends("find what it raises")
    requests = [{"TransactItems": chunk.actions(deployment.table)} for chunk in chunks]
    parts.ends("make the items")
    for request in requests:
        json.dumps(request, check_circular=False, separators=(",", ":")).encode()
    parts.ends("write the requests")
    return parts.seconds


def submissions(task: Task, board: Board) -> Iterator[Submission]:
    """Yield the submissions of the file's rows."""
    with opened(task.file) as file:
        for record in file.records():
            yield submission_of(record, board, task.now)


def _plain_client(task: Task) -> DynamoDBClient:
    return boto3.client("dynamodb", region_name=task.deployment.regions[0])


def _puts(submission: Submission, board: Board, now: datetime) -> Iterator[dict[str, Any]]:
    item = items.submission_item(submission, now + SUBMISSIONS_KEPT)
    yield {"Item": item, **conditions.if_new()}
    for period in board.open_periods(submission.achieved_at, now):
        entry = Entry.of(submission, board, period)
        yield {"Item": items.entry_item(entry, board), **conditions.if_it_rises(EntryWrite(entry))}
