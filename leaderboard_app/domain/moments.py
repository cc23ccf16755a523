"""Points in time: aware UTC datetimes that are whole milliseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from leaderboard_app.domain.errors import InvalidValue

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
END_OF_TIME_MS = 10**13
"""Milliseconds past the epoch that no moment reaches (in 2286): a standing has 13 digits."""


def to_ms(moment: datetime) -> int:
    """Return whole milliseconds since the epoch; what is finer is cut off, exactly.

    Raises:
        InvalidValue: the moment is naive, before 1970 or after November 2286.
    """
    if moment.tzinfo is None:
        raise InvalidValue("achieved_at", "A time needs a time zone, for example a Z at its end.")
    milliseconds = (moment - EPOCH) // timedelta(milliseconds=1)
    if not 0 <= milliseconds < END_OF_TIME_MS:
        raise InvalidValue("achieved_at", "The time must lie between 1970 and November 2286.")
    return milliseconds


def from_ms(milliseconds: int) -> datetime:
    """Return the moment that lies `milliseconds` after the epoch, in UTC.

    Raises:
        InvalidValue: outside of 1970 to November 2286.
    """
    if not 0 <= milliseconds < END_OF_TIME_MS:
        raise InvalidValue("achieved_at", "The time must lie between 1970 and November 2286.")
    return EPOCH + timedelta(milliseconds=milliseconds)
