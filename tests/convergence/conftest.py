"""What the proof and the plain guard share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _tries_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never wait between tries: a crashed request fails all of them."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _: None)
