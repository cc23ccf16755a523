"""What the query of an API address says; what is unknown or there twice is refused."""

from __future__ import annotations

import re

from flask import request
from werkzeug.exceptions import BadRequest

from leaderboard_app.domain.errors import InvalidValue

_NUMBER = re.compile(r"[0-9]{1,10}")


class Query:
    """The parameters of the request, each there at most once and not empty."""

    def __init__(self, *known: str) -> None:
        """Take the request's parameters, which may be those that are known.

        Raises:
            BadRequest: one is unknown, repeated or empty.
        """
        for name, values in request.args.lists():
            if name not in known:
                listed = ", ".join(known) or "none"
                raise bad(name[:40], f"There is no such parameter here: there are {listed}.")
            if len(values) > 1:
                raise bad(name, f"Give {name} once.")
            if not values[0]:
                raise bad(name, f"Give {name} a value, or leave it out.")
        self.texts = request.args.to_dict()

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """Return a whole number.

        Raises:
            BadRequest: it is none, or outside of its bounds.
        """
        text = self.texts.get(name)
        if text is None:
            return default
        number = int(text) if _NUMBER.fullmatch(text) else -1
        if not low <= number <= high:
            raise bad(name, f"Give {name} as a whole number from {low} to {high}.")
        return number


def bad(field: str, message: str) -> BadRequest:
    """Return a bad request that names the parameter at fault."""
    error = BadRequest(message)
    error.__cause__ = InvalidValue.saying(field, message)
    return error
