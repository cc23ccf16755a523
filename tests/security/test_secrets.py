"""Secrets stay where they belong: in no log line, no answer and no value's own words."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import pytest
from flask import Flask

from leaderboard_app import logs
from leaderboard_app.domain.keys import Key, Scope
from leaderboard_app.domain.submissions import SubmissionId
from tests.security.targets import HOST, SIGN_IN, Target
from tests.web.worlds import SECRET_KEY, CheckedClient
from tests.worlds import NOW, OREGON

SUBMISSIONS = "/api/v1/boards/star-run/submissions"
WRONG = "lb_00000000000f_" + "W" * 43
TYPED = "Zo\u00eb Unwritten"


@dataclass
class Run:
    """What was said while the app was asked for all it does.

    Attributes:
        written: the log.
        answers: all answers, with their headers but for the cookies.
        cookies: what the browser was given to keep.
        tokens: of the forms.
    """

    written: StringIO = field(default_factory=StringIO)
    answers: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    def __call__(self, browser: CheckedClient, method: str, path: str, **kwargs: Any) -> str:  # noqa: ANN401 - as in Flask's.
        """Ask for something, note what comes back, and return its text."""
        response = browser.open(path, base_url=HOST, method=method, **kwargs)
        for name, value in response.headers:
            (self.cookies if name == "Set-Cookie" else self.answers).append(value)
        self.answers.append(response.text)
        return response.text

    def fields(self, browser: CheckedClient, path: str, form_id: str) -> dict[str, str]:
        """Return the fields of a form."""
        page = browser.page_of(browser.get(path, base_url=HOST))
        found = page.fields(form_id)
        self.tokens.append(found["csrf_token"])
        return found


@pytest.fixture(scope="module")
def run(target: Target) -> Iterator[Run]:
    """Yield what was said while all that asks for a secret was done, rightly and wrongly."""
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    run = Run()
    root.handlers[:] = [logging.StreamHandler(run.written)]
    logs.configure(OREGON)
    try:
        _sign_in_and_decide(run, target)
        _call_the_api(run, target)
        _break(run, target)
        yield run
    finally:
        root.handlers[:] = kept
        root.setLevel(level)
        for name in logs.QUIET:
            logging.getLogger(name).setLevel(logging.NOTSET)


def _sign_in_and_decide(run: Run, target: Target) -> None:
    browser = target.visitor()
    for shown in (WRONG, target.submit.text, target.moderate.text):
        fields = run.fields(browser, SIGN_IN, "sign-in")
        run(browser, "POST", SIGN_IN, data=fields | {"key": shown})
    path = "/operators/boards/star-run/players/name:grace/void"
    fields = run.fields(browser, path, "decide")
    run(browser, "POST", path, data=fields | {"why": "a test"})
    run(browser, "GET", "/operators/boards/star-run/find", query_string={"q": TYPED})
    run(browser, "GET", "/operators/acts")
    run(browser, "POST", SIGN_IN, query_string={"key": target.moderate.text})


def _call_the_api(run: Run, target: Target) -> None:
    browser = target.visitor()
    sent = {"player_id": "ada", "name": TYPED, "country": "FI", "score": 3}
    sent["submission_id"] = SubmissionId.make(NOW, bytes(10)).value
    for shown in ("", WRONG, target.moderate.text, target.submit.text):
        for body in ({}, sent, sent | {"score": "much"}):
            headers = {"Authorization": f"Bearer {shown}"}
            run(browser, "POST", SUBMISSIONS, json=body, headers=headers)


def _break(run: Run, target: Target) -> None:
    """Let the table's answers be nonsense, so that a fault of ours is logged with its stack."""

    def spoil(**_: object) -> None:
        raise ZeroDivisionError

    events = target.store.client.meta.events
    events.register_first("before-call.dynamodb", spoil)
    try:
        browser = target.visitor()
        headers = {"Authorization": f"Bearer {target.submit.text}"}
        run(browser, "GET", "/boards/star-run", query_string={"player": "ada"}, headers=headers)
        run(browser, "POST", SUBMISSIONS, json={"name": TYPED}, headers=headers)
        run(browser, "GET", "/api/v1/boards/star-run/ranking", headers=headers)
    finally:
        events.unregister("before-call.dynamodb", spoil)


def test_the_log_holds_no_secret_and_nothing_that_was_typed(run: Run, target: Target) -> None:
    said = run.written.getvalue()
    secrets = [SECRET_KEY, target.moderate.text, target.submit.text, WRONG]
    secrets += [secret.text.rpartition("_")[2] for secret in (target.moderate, target.submit)]
    secrets += [secret.digest for secret in (target.moderate, target.submit)]
    secrets += [cookie.partition("=")[2].partition(";")[0] for cookie in run.cookies]
    secrets += [*run.tokens, TYPED, TYPED.encode("ascii", "backslashreplace").decode()]
    assert [secret for secret in secrets if secret and secret in said] == []


def test_the_log_tells_what_happened_a_line_each(run: Run) -> None:
    lines = [json.loads(line) for line in run.written.getvalue().splitlines()]
    told = {line["message"] for line in lines}
    assert {"signed in", "sign-in refused", "decided: Void all up to now"} <= told
    asked = {(line.get("method"), line.get("status")) for line in lines}
    assert {("POST", 201), ("POST", 401), ("POST", 403), ("GET", 500)} <= asked
    assert any("ZeroDivisionError" in line.get("error", "") for line in lines)


def test_the_log_tells_which_key_a_game_server_showed(run: Run, target: Target) -> None:
    lines = [json.loads(line) for line in run.written.getvalue().splitlines()]
    taken = [line for line in lines if line.get("status") == 201]
    assert [line["key_id"] for line in taken] == [target.submit.key_id.value]
    assert all("key_id" not in line for line in lines if line.get("status") == 401)


def test_no_answer_repeats_a_secret(run: Run, target: Target) -> None:
    said = "\n".join(run.answers)
    for secret in (target.moderate, target.submit):
        assert secret.text not in said
        assert secret.digest not in said
    assert WRONG not in said
    assert SECRET_KEY not in said


def test_no_answer_tells_of_the_inside(run: Run) -> None:
    said = "\n".join(run.answers)
    for word in ("Traceback", "ZeroDivision", "boto", "werkzeug", "site-packages"):
        assert word not in said


def test_no_value_tells_a_secret_by_itself(target: Target) -> None:
    app: Flask = target.app
    key = Key.of(target.submit, "Game", [Scope.SUBMIT], NOW)
    former = key.rotated(target.moderate, NOW)
    for value in (target.submit, key, former, target.store, app):
        for text in (repr(value), str(value)):
            for secret in (target.submit, target.moderate):
                assert secret.text not in text
                assert secret.digest not in text
            assert SECRET_KEY not in text


def test_a_key_is_typed_unseen_and_never_written_back(target: Target) -> None:
    browser = target.visitor()
    answer = browser.get(SIGN_IN, base_url=HOST)
    for _ in range(2):
        page = browser.page_of(answer)
        field = page.get("key")
        assert (field["type"], field["autocomplete"]) == ("password", "current-password")
        assert field["value"] == ""
        sent = page.fields("sign-in") | {"key": WRONG}
        answer = browser.post(SIGN_IN, base_url=HOST, data=sent)
        assert answer.status_code == 403
