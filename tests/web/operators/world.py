"""An app with a closed form over a real table, its keys, and browsers that sign in."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import timedelta

from werkzeug.test import TestResponse

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.keys import Key, KeyId, Scope, Secret
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.gateway.store import DynamoStore
from tests.web.html_page import Page
from tests.web.worlds import STAR_RUN, CheckedClient, Clock, client_of, make_app
from tests.worlds import OREGON, send

GUARDED = replace(STAR_RUN, max_rise=10)
BOARD = "/operators/boards/star-run"
SIGN_IN = "/operators/sign-in"


@dataclass
class Corner:
    """The corner: its table, its keys, and the browsers that ask for its pages."""

    store: DynamoStore
    clock: Clock
    board: Board = GUARDED

    def browser(self, region: str = OREGON, *, form_is_open: bool = False) -> CheckedClient:
        """Return a browser that knows nothing yet, on an app of its own."""
        return client_of(make_app(self.store, self.clock, region, form_is_open=form_is_open))

    def key(self, *scopes: Scope, label: str = "Ann") -> Secret:
        """Make a key and return its secret."""
        secret = Secret.make(KeyId.make(os.urandom(6)), os.urandom(32))
        self.store.keys.add(Key.of(secret, label, scopes or (Scope.MODERATE,), self.clock()))
        return secret

    def revoke(self, secret: Secret) -> None:
        """Let a key be good for nothing."""
        act = Act("revoked", "bea", "it leaked", self.clock())
        self.store.keys.revoke(secret.key_id, act)

    def operator(self, secret: Secret | None = None, region: str = OREGON) -> CheckedClient:
        """Return a browser that is signed in."""
        browser = self.browser(region)
        response = sign_in(browser, (secret or self.key()).text)
        assert response.status_code == 303, response.text
        return browser

    def play(
        self, name: str, score: int, ago: timedelta = timedelta(), player_id: str = ""
    ) -> Submission:
        """Send a score, as a game server would."""
        submission_id = SubmissionId.make(self.clock() - ago, os.urandom(10))
        known = PlayerId(player_id) if player_id else None
        player = Player.named(name, Country("FI"), known)
        one = Submission(submission_id, GUARDED.board_id, player, score, OREGON, "api")
        send(self.store, one, GUARDED, self.clock())
        return one


def sign_in(browser: CheckedClient, secret: str) -> TestResponse:
    """Fill in the form as it comes, and send it."""
    sent = browser.page(SIGN_IN).fields("sign-in") | {"key": secret}
    return browser.post(SIGN_IN, data=sent)


def decide(browser: CheckedClient, path: str, why: str = "caught on tape") -> TestResponse:
    """Open a decision's page, fill it in and send it."""
    sent = browser.page(path).fields("decide") | {"why": why}
    return browser.post(path, data=sent)


def told(browser: CheckedClient, response: TestResponse) -> Page:
    """Return the page that a decision leads to."""
    assert response.status_code == 303, response.text
    return browser.page(response.location)


def player_path(player_id: str) -> str:
    """Return the operators' page of a player."""
    return f"{BOARD}/players/{player_id}"


def score_path(one: Submission, word: str) -> str:
    """Return the page that decides about a score."""
    return f"{player_path(one.player.player_id.value)}/scores/{one.submission_id}/{word}"
