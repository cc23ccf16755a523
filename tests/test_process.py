"""What the process does before the first request."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import ModuleLoader

from bootstrap.deploying.templates import compile_into
from leaderboard_app.process import COMPILED_TEMPLATES, warm_up
from tests.web.memory_store import MemoryStore
from tests.web.worlds import STAR_RUN, Clock, make_app


@pytest.fixture
def app() -> Flask:
    return make_app(MemoryStore([STAR_RUN]), Clock())


def asked(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the paths that were answered."""
    return [path for each in caplog.records if (path := getattr(each, "path", None))]


def test_a_page_was_made_before_the_first_is_asked_for(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        assert warm_up(app) is app
    assert asked(caplog) == ["/healthz", "/", f"/boards/{STAR_RUN.board_id}"]


def test_no_page_is_waited_for_where_the_table_is_away(caplog: pytest.LogCaptureFixture) -> None:
    store = MemoryStore([STAR_RUN])
    store.away = True
    with caplog.at_level(logging.INFO):
        warm_up(make_app(store, Clock()))
    assert asked(caplog) == ["/healthz"]


def test_compiled_templates_say_what_the_templates_say(tmp_path: Path) -> None:
    """Escaped as well: which templates are, is decided as they are compiled."""
    compile_into(tmp_path)
    app = make_app(MemoryStore([replace(STAR_RUN, title="<b>Star</b>")]), Clock())
    names, client = app.jinja_env.list_templates(), app.test_client()
    plain = client.get(f"/boards/{STAR_RUN.board_id}").text
    assert "&lt;b&gt;Star&lt;/b&gt;" in plain
    app.jinja_env.loader = ModuleLoader(tmp_path / COMPILED_TEMPLATES)
    for name in names:
        assert app.jinja_env.get_template(name).name == name
    assert client.get(f"/boards/{STAR_RUN.board_id}").text == plain
