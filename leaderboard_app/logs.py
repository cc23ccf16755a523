"""Log lines: one JSON object each, so that nothing logged can pose as another line.

What a caller sent is in them as a JSON string at most, never as it came. Secrets, cookies, bodies
and queries are not logged at all: no code of ours passes them on.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

_BY_LOGGING = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
"""What every record has; what else is there was passed as `extra`."""

METRICS = "leaderboard_app.metrics"
"""The logger whose messages are metrics: each is a line as it is, and JSON already."""

QUIET = ("zappa.wsgi",)
"""Loggers that say what ours say already, and with the query: Zappa writes a line a request."""


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON: time, level, logger, region, message, extra, error."""

    def __init__(self, region: str) -> None:
        """Name the region in each line."""
        super().__init__()
        self._region = region

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "region": self._region,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _BY_LOGGING}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure(region: str) -> None:
    """Let the process write all log lines as JSON, by the handlers that there are.

    Lambda has a handler of its own, which a second one would say everything twice beside.
    """
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    for handler in root.handlers:
        handler.setFormatter(JsonLines(region))
    root.setLevel(logging.INFO)
    metrics = logging.getLogger(METRICS)
    metrics.propagate = False
    metrics.handlers[:] = [logging.StreamHandler(sys.stdout)]
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
