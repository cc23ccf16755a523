"""An offline account with both stages deployed: made once, as it takes a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bootstrap.deploying.offline.account import Account, Ran, opened
from bootstrap.deploying.offline.command import SCORES, deploy
from leaderboard_app.deployment import Deployment

SECRETS = {
    ".env": "SECRET_KEY=planted",
    ".sandbox/secret-key": "planted",
    "tests/test_planted.py": "planted = True",
    "leaderboard_app/.env": "planted",
}
"""What may lie about in a checkout, and never belongs into a package."""


def well(ran: Ran) -> str:
    """Return what a command said that went well."""
    assert ran.returncode == 0, ran.stdout
    return str(ran.stdout)


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    with ExitStack() as wants:
        account = opened(tmp_path_factory.mktemp("account"), wants, print)
        plant(account.checkout)
        well(account.bootstrap("apply"))
        well(account.bootstrap("import", SCORES))
        for ran in deploy(account, Deployment.read().stages):
            well(ran)
        yield account


def plant(checkout: Path) -> None:
    for name, content in SECRETS.items():
        path = checkout / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
