"""Log lines: JSON, one a record, whatever is in it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app import logs
from leaderboard_app.logs import JsonLines


def line_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what the one line of a record says."""
    written = JsonLines("eu-west-1").format(record)
    assert written.isascii()
    assert len(written.splitlines()) == 1
    found: dict[str, Any] = json.loads(written)
    return found


def record_of(message: str, *args: object, **extra: object) -> logging.LogRecord:
    """Return a record as `logging` makes it."""
    logger = logging.Logger("leaderboard_app.web")  # noqa: LOG001 - apart from all others.
    return logger.makeRecord(
        logger.name, logging.WARNING, "f", 1, message, args, None, extra=dict(extra)
    )


@given(st.text(), st.text())
def test_whatever_was_sent_stays_inside_its_line(name: str, path: str) -> None:
    line = line_of(record_of("refused %s", name, path=path))
    assert line["message"] == f"refused {name}"
    assert line["path"] == path
    assert (line["level"], line["logger"], line["region"]) == (
        "WARNING",
        "leaderboard_app.web",
        "eu-west-1",
    )


def test_an_error_is_told_in_the_same_line() -> None:
    record = record_of("broken")
    error = ValueError("two\nlines")
    record.exc_info = (ValueError, error, None)
    assert "two\nlines" in line_of(record)["error"]


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """Lend the root logger."""
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    yield root
    root.handlers[:] = kept
    root.setLevel(level)
    for name in logs.QUIET:
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_the_handlers_that_there_are_write_json(root: logging.Logger) -> None:
    """Lambda gives the root logger one before ours comes."""
    handler = logging.StreamHandler(StringIO())
    root.handlers[:] = [handler]
    logs.configure("us-west-2")
    logging.getLogger("any").info("hello")
    logging.getLogger("zappa.wsgi").info("GET /?name=ada")
    assert root.handlers == [handler]
    (line,) = handler.stream.getvalue().splitlines()
    assert json.loads(line)["message"] == "hello"


def test_a_process_without_a_handler_gets_one(root: logging.Logger) -> None:
    root.handlers.clear()
    logs.configure("us-west-2")
    assert [type(handler) for handler in root.handlers] == [logging.StreamHandler]
