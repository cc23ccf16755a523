"""Marked scores: added through the real form, and taken back as an operator takes a score out."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bootstrap.exits import Problem
from bootstrap.steering.browser import Browser, Page
from bootstrap.steering.reaching import act, asking
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain import names, scores
from leaderboard_app.domain.boards import Board, Order
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import Ownership
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import moderate

_COUNTRY = "IE"
_OK, _FORBIDDEN = 200, 403
_SIGN_IN = "/operators/sign-in"

KEY_VARIABLE = "LEADERBOARD_KEY"
"""Where `validate` finds the key to sign in with, where the form is not open to all."""

_WHY = "added by python -m bootstrap validate"


@dataclass(frozen=True, slots=True)
class Mark:
    """A score that validation adds: the player's name is nobody else's.

    Attributes:
        name: whose it is.
        region: where it was sent.
        submission_id: its id, which the form carried.
    """

    name: str
    region: str
    submission_id: SubmissionId

    @property
    def player_id(self) -> PlayerId:
        """The id that the name gives."""
        return PlayerId(names.player_id_of(self.name))

    def page_on(self, board: Board) -> str:
        """Return the path of the player's page; no cache has seen it twice."""
        fresh = secrets.token_hex(4)
        return f"/boards/{board.board_id}/players/{self.player_id}?asked={fresh}"


def add(browser: Browser, board: Board, region: str, note: Callable[[Mark], None]) -> Mark:
    """Send a score that stands last, through a region's form, and return it.

    `note` hears of it before it is sent: whatever happens then, it can be taken back.

    Raises:
        Problem: the form can't be opened, or refuses.
    """
    path = f"/boards/{board.board_id}/scores/new"
    hidden = _form(browser, path)
    name = f"validate-{secrets.token_hex(4)}"
    mark = Mark(name, region, SubmissionId(hidden["submission_id"]))
    worst = board.minimum if board.order is Order.HIGHER else board.maximum
    note(mark)
    score = scores.show(worst, board.decimals)
    sent = browser.post(path, {**hidden, "name": name, "country": _COUNTRY, "score": score})
    if sent.status != _OK:
        said = Page.of(sent.body).notice or "no reason given"
        raise Problem(f"{sent.address} refused the score (status {sent.status}): {said}")
    return mark


def _form(browser: Browser, path: str) -> dict[str, str]:
    """Return the hidden fields of the form; where it is the operators', sign in for it.

    Raises:
        Problem: there is no form, or nobody can sign in.
    """
    opened = browser.get(path)
    if opened.status == _FORBIDDEN:
        _sign_in(browser)
        opened = browser.get(path)
    hidden = Page.of(opened.body).hidden
    if opened.status != _OK or "submission_id" not in hidden:
        raise Problem(
            f"{opened.address} shows no form (status {opened.status}): is it the leaderboard?"
        )
    return hidden


def _sign_in(browser: Browser) -> None:
    secret = os.environ.get(KEY_VARIABLE, "")
    if not secret:
        raise Problem(
            f"The form of {browser.site} is for operators alone: set {KEY_VARIABLE} to the secret "
            "of a key that may moderate (python -m bootstrap keys create --scope moderate)."
        )
    hidden = Page.of(browser.get(_SIGN_IN).body).hidden
    answer = browser.post(_SIGN_IN, {**hidden, "key": secret})
    if answer.status != _OK:
        said = Page.of(answer.body).notice or f"status {answer.status}"
        raise Problem(f"{browser.site} did not let {KEY_VARIABLE} sign in: {said}")


def remove(
    mark: Mark, board: Board, stores: Mapping[str, DynamoStore], deployment: Deployment
) -> None:
    """Take a mark out, through the region where it was sent.

    Raises:
        Problem: that region does not answer.
    """
    store = stores[mark.region]
    ownership = Ownership(mark.region, deployment.regions)
    with asking(f"Could not take out {mark.name} in {mark.region}"):
        moderate.remove(store, board, mark.player_id, mark.submission_id, act(_WHY), ownership)
