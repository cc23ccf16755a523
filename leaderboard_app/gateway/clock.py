"""What time it is, for those who are not told by their caller."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time, aware and in UTC."""
    return datetime.now(UTC)
