"""The board page against the smallest view that asks DynamoDB the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import boto3
from flask import Flask
from flask.testing import FlaskClient

from benchmarks.backends import Backend, table_on
from benchmarks.contenders import submissions
from benchmarks.measure import in_turns
from benchmarks.replay import Replay
from benchmarks.results import Result
from benchmarks.runs import Task
from bootstrap.boards import BOARDS
from leaderboard_app.deployment import Deployment
from leaderboard_app.factory import create_app
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.client import make_client
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.settings import Settings
from leaderboard_app.usecases.read import PAGE_ROWS

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BOARD = BOARDS[0]

TARGET = 1.2

PLAYERS = 60
"""More than a page shows, and few: MiniStack takes 30 µs for each entry of a ranking."""

EACH = 10
"""Requests of one side before it is the other's turn."""

FULL, QUICK = 150, 15
"""Rounds of turns."""


def measure(backend: Backend, task: Task, rounds: int) -> Iterator[Result]:
    """Yield the comparisons: with answers replayed, what of it is the client's, and over HTTP."""
    with table_on(backend) as deployment:
        _fill(Task(task.file, deployment, task.now))
        replay, direct = Contest(deployment, Replay()), Contest(deployment, None)
        what = f"board page of {PAGE_ROWS} rows, answers replayed"
        yield replay.page("page", what, rounds, TARGET)
        yield replay.client_alone(rounds)
        yield direct.page("page-http", f"the same over HTTP to {backend.name}", rounds)


class Contest:
    """The board page and the smallest view, on one table."""

    def __init__(self, deployment: Deployment, replay: Replay | None) -> None:
        """Make both; with a replay, the table is asked once and then no more."""
        region = deployment.regions[0]
        store = DynamoStore(region, deployment.table)
        self._plain, self._quick = boto3.client("dynamodb", region), make_client(region)
        if replay:
            for client in (store.client, self._plain, self._quick):
                replay.answer_for(client)
        settings = Settings(region, deployment, secret_key="for this run alone")  # noqa: S106
        self._page = Page(create_app(settings, store=store).test_client())
        self._query = _asked_by(self._page, store.client)

    def page(self, name: str, what: str, rounds: int, target: float | None = None) -> Result:
        """Compare the page with the smallest view on boto3's client."""
        return self._against_smallest(name, what, self._page, rounds, target)

    def client_alone(self, rounds: int) -> Result:
        """Compare the smallest view on the gateway's client with the one on boto3's."""
        view = Page(_smallest_view(self._quick, self._query), "/")
        what = "of it, our client: a constant answer"
        return self._against_smallest("page-client", what, view, rounds)

    def _against_smallest(
        self, name: str, what: str, page: Page, rounds: int, target: float | None = None
    ) -> Result:
        smallest = Page(_smallest_view(self._plain, self._query), "/")
        return Result(name, what, *in_turns(page, smallest, rounds, EACH), target)


class Page:
    """A page that is asked for again and again."""

    def __init__(self, client: FlaskClient, url: str = f"/boards/{BOARD.board_id}") -> None:
        """Ask for an address through Flask's own test client."""
        self._client = client
        self._url = url

    def __call__(self) -> str:
        """Return the page.

        Raises:
            RuntimeError: it did not come.
        """
        response = self._client.get(self._url)
        if response.status_code != 200:  # noqa: PLR2004 - all is well.
            raise RuntimeError(f"{self._url} answered {response.status}.")
        return response.text


def _smallest_view(client: DynamoDBClient, query: dict[str, Any]) -> FlaskClient:
    app = Flask("smallest")

    @app.get("/")
    def view() -> str:
        client.query(**query)
        return "A constant answer."

    return app.test_client()


def _asked_by(page: Page, client: DynamoDBClient) -> dict[str, Any]:
    """Return the one Query that a page asks a ranking with, and see that it shows all rows."""
    page()
    queries: list[dict[str, Any]] = []

    def note(params: dict[str, Any], **_: object) -> None:
        queries.append(dict(params))

    client.meta.events.register("before-parameter-build.dynamodb.Query", note)
    rows = page().count("<tr") - 1
    client.meta.events.unregister("before-parameter-build.dynamodb.Query", note)
    if len(queries) != 1 or rows != PAGE_ROWS:
        raise RuntimeError(f"The page asked {len(queries)} times and shows {rows} rows.")
    return queries[0]


def _fill(task: Task) -> None:
    """Store the first rows of the file."""
    few = islice(submissions(task, BOARD), PLAYERS)
    loader = BulkLoader(task.deployment.regions[0], task.deployment.table)
    for _ in loader.load(BOARD, few, task.now):
        pass
