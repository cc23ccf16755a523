"""A leaderboard with players, an operator and a game server; what its table is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from leaderboard_app.deployment import Deployment, Stage
from leaderboard_app.domain.allowances import Limits
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.keys import Key, KeyId, Scope, Secret
from leaderboard_app.domain.players import Player
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.factory import create_app
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.settings import LOOPBACK, Settings
from tests.web.worlds import (
    COMPILED_ONCE,
    SECRET_KEY,
    STAR_RUN,
    CheckedClient,
    Clock,
    client_of,
)
from tests.worlds import DUBLIN, NOW, OREGON, send

SIGN_IN = "/operators/sign-in"
PLAYER_ID = "name:ada"
HOST = "https://localhost"

WRITES = frozenset({"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"})


@dataclass
class Target:
    """What is attacked.

    Attributes:
        store: its table.
        clock: its time.
        app: the leaderboard.
        moderate: the secret of the operators' key.
        submit: the secret of the game servers' key.
        submission: one that counts.
    """

    store: DynamoStore
    clock: Clock
    app: Flask
    moderate: Secret
    submit: Secret
    submission: Submission

    @classmethod
    def over(cls, store: DynamoStore) -> Target:
        """Set up a leaderboard in an empty table."""
        clock = Clock()
        store.client.put_item(TableName=store.table_name, Item=items.board_item(STAR_RUN))
        sent = _submission("Ada", 5)
        for one in (sent, _submission("Grace", 7)):
            send(store, one, STAR_RUN, NOW)
        moderate, submit = (Secret.make(KeyId(f"{n:012x}"), n.to_bytes(32)) for n in (1, 2))
        for secret, scope in ((moderate, Scope.MODERATE), (submit, Scope.SUBMIT)):
            store.keys.add(Key.of(secret, f"For {scope}", [scope], NOW))
        return cls(store, clock, make_app(store, clock), moderate, submit, sent)

    def visitor(self) -> CheckedClient:
        """Return a browser that nobody signed in with."""
        return client_of(self.app)

    def operator(self) -> CheckedClient:
        """Return a browser that an operator signed in with, over https."""
        browser = self.visitor()
        fields = browser.page_of(browser.get(SIGN_IN, base_url=HOST)).fields("sign-in")
        shown = fields | {"key": self.moderate.text}
        assert browser.post(SIGN_IN, base_url=HOST, data=shown).status_code == 303
        return browser

    def rules(self) -> list[Rule]:
        """Return all routes."""
        return sorted(self.app.url_map.iter_rules(), key=lambda rule: rule.rule)

    def path(self, rule: Rule, **instead: str) -> str:
        """Return a good address of a route, with some of its pieces replaced, as they are sent."""
        good = {
            "board_id": STAR_RUN.board_id,
            "player_id": PLAYER_ID,
            "submission_id": str(self.submission.submission_id),
            "word": "remove" if "submission_id" in rule.arguments else "ban",
            "filename": "icon.svg",
        }
        path = rule.rule
        for name in rule.arguments:
            start = path.rindex("<", 0, path.index(f"{name}>"))
            end = path.index(f"{name}>") + len(name) + 1
            path = path[:start] + instead.get(name, good[name]) + path[end:]
        return path

    @contextmanager
    def writing(self) -> Iterator[list[str]]:
        """Note what the table is told to write meanwhile, but for counts of who asks how often."""
        seen: list[str] = []

        def note(params: dict[str, Any], model: Any, **_: object) -> None:  # noqa: ANN401
            key = params.get("Key", {}).get("pk", {}).get("S", "")
            if model.name in WRITES and not key.startswith("allowance#"):
                seen.append(model.name)

        events = self.store.client.meta.events
        events.register("provide-client-params.dynamodb", note)
        try:
            yield seen
        finally:
            events.unregister("provide-client-params.dynamodb", note)


def make_app(
    store: DynamoStore, clock: Clock, region: str = OREGON, limits: Limits | None = None
) -> Flask:
    """Return a region's app, its form open; with as good as no limits where none are given."""
    settings = Settings(
        region,
        Deployment("arcade", (Stage("oregon", OREGON), Stage("dublin", DUBLIN))),
        SECRET_KEY,
        limits=limits or Limits(form=10**6, key=10**6, sign_in=10**6),
        hosts=(*LOOPBACK, ".amazonaws.com"),
        form_is_open=True,
    )
    app = create_app(settings, store=store, clock=clock)
    app.jinja_env.bytecode_cache = COMPILED_ONCE
    app.test_client_class = CheckedClient
    return app


def _submission(name: str, score: int) -> Submission:
    player = Player.named(name, Country("FI"))
    submission_id = SubmissionId.make(NOW, score.to_bytes(10))
    return Submission(submission_id, STAR_RUN.board_id, player, score, OREGON, "form")
