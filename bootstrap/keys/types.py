"""What the command line of `keys` takes: ids, and stretches of time."""

from __future__ import annotations

import re
from datetime import timedelta

import click

from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.keys import KeyId

LONGEST_GRACE = timedelta(days=90)

_SPAN = re.compile(r"([0-9]{1,6})(s|m|h|d)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class KeyIdType(click.ParamType[KeyId]):
    """A key's id."""

    name = "key_id"

    def convert(
        self, value: str | KeyId, param: click.Parameter | None, ctx: click.Context | None
    ) -> KeyId:
        """Return the id of a text."""
        try:
            return value if isinstance(value, KeyId) else KeyId(value)
        except InvalidValue as error:
            self.fail(error.message, param, ctx)


class SpanType(click.ParamType[timedelta]):
    """A stretch of time: `0`, `90s`, `30m`, `24h`, `7d`."""

    name = "time"

    def convert(
        self, value: str | timedelta, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Return the stretch of a text."""
        if isinstance(value, timedelta):
            return value
        match = _SPAN.fullmatch("0s" if value == "0" else value)
        span = timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else None
        if span is None or span > LONGEST_GRACE:
            self.fail(f"{value!r}: write 0, 90s, 30m, 24h or up to 90d.", param, ctx)
        return span
