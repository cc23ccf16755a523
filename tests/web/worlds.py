"""The app that the tests of the pages ask: over a store in memory, with a clock that is moved."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from leaderboard_app.deployment import Deployment, Stage
from leaderboard_app.domain.boards import Board, Order
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.periods import PeriodKind
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.embedders import NOBODY
from leaderboard_app.factory import create_app
from leaderboard_app.settings import Settings
from leaderboard_app.usecases.ports import ModeratedStore
from tests.web.html_page import Page, faults_of
from tests.web.memory_store import MemoryStore
from tests.worlds import DUBLIN, NOW, OREGON, send

STAR_RUN = Board("star-run", "Star Run", maximum=1_000_000)
SPRINT = Board(
    "sprint", "Sprint", Order.LOWER, decimals=2, minimum=900, maximum=10_000, shards=2,
    periods=(PeriodKind.ALL, PeriodKind.DAY),
)  # fmt: skip


class CompiledOnce(BytecodeCache):
    """Keeps compiled templates from one test's app to the next: it halves the time of them all."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._compiled[bucket.key] = bucket.bytecode_to_string()


COMPILED_ONCE = CompiledOnce()

SECRET_KEY = "the same in every region"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class CheckedClient(FlaskClient):
    """A client that fails where a page is not as every page should be."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401 - as in Flask's.
        response = super().open(*args, **{"buffered": True} | kwargs)
        is_redirect = 300 <= response.status_code < 400
        if response.mimetype == "text/html" and response.data and not is_redirect:
            assert faults_of(Page(response.text)) == [], response.request.url
        return response

    def page(self, path: str, status: int = 200) -> Page:
        """Return the page at a path."""
        response = self.get(path)
        assert response.status_code == status, response.text
        return self.page_of(response)

    def page_of(self, response: TestResponse) -> Page:
        """Return the page of an answer."""
        return Page(response.text)


@dataclass
class Seed:
    """Puts scores into the store, as players would."""

    store: MemoryStore
    clock: Clock

    def __call__(
        self,
        name: str,
        score: int,
        country: str = "FI",
        board: Board = STAR_RUN,
        ago: timedelta = timedelta(),
        writer: str = OREGON,
        player_id: PlayerId | None = None,
    ) -> Submission:
        submission_id = SubmissionId.make(self.clock.now - ago, os.urandom(10))
        player = Player.named(name, Country(country), player_id)
        sent = Submission(submission_id, board.board_id, player, score, writer, "form")
        send(self.store, sent, board, self.clock.now)
        return sent


SITES = {OREGON: "https://oregon.example", DUBLIN: "https://dublin.example/base"}


def draining() -> Act:
    """Return an operator's order."""
    return Act("act-1", "ann@studio.example", "a rehearsal", NOW)


def make_app(  # noqa: PLR0913 - each of these some test varies.
    store: MemoryStore | ModeratedStore,
    clock: Callable[[], datetime] = lambda: NOW,
    region: str = OREGON,
    secret_key: str = SECRET_KEY,
    secret_key_fallbacks: tuple[str, ...] = (),
    sites: Mapping[str, str] = SITES,
    *,
    form_is_open: bool = True,
    tops_kept: timedelta = timedelta(),
    embedders: tuple[str, ...] = (NOBODY,),
) -> Flask:
    """Return one region's app."""
    deployment = Deployment("arcade", (Stage("oregon", OREGON), Stage("dublin", DUBLIN)))
    settings = Settings(
        region,
        deployment,
        secret_key,
        sites=sites,
        secret_key_fallbacks=secret_key_fallbacks,
        form_is_open=form_is_open,
        tops_kept=tops_kept,
        embedders=embedders,
    )
    # The pages of operators, which ask for more than this store has, are tested on a real one.
    app = create_app(settings, store=cast("ModeratedStore", store), clock=clock)
    app.jinja_env.bytecode_cache = COMPILED_ONCE
    app.test_client_class = CheckedClient
    return app


def client_of(app: Flask) -> CheckedClient:
    """Return a client of an app, with cookies of its own."""
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client
