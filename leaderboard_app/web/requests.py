"""Requests as they come, made such that reading them raises nothing."""

from __future__ import annotations

from string import printable
from urllib.parse import quote

from flask import Flask, Request
from werkzeug.datastructures import MultiDict
from werkzeug.utils import cached_property


class AsciiRequest(Request):
    """A request whose query is ASCII, as its standard asks; what else was sent is quoted."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The parameters of the query; bytes that are no UTF-8 stay quoted."""
        # werkzeug decodes the whole query as UTF-8 and raises where it is none.
        self.query_string = quote(self.query_string, safe=printable).encode()
        return super().args


def register(app: Flask) -> None:
    """Read requests like this."""
    app.request_class = AsciiRequest
