"""The document says what the routes say, and the page beside it says what the document says."""

from __future__ import annotations

import re
from typing import Any

import pytest
import tree_sitter_c_sharp
from flask import Flask
from tree_sitter import Language, Parser

from leaderboard_app.web.api.openapi.parts import KINDS, PROBLEMS
from tests.web.api_world import API, ApiClient
from tests.web.html_page import Page
from tests.web.memory_store import MemoryStore
from tests.web.worlds import CheckedClient


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    return ApiClient(app).get(f"{API}/openapi.json")


@pytest.fixture
def page(client: CheckedClient) -> Page:
    return client.page(f"{API}/docs")


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the operations by method and path."""
    return {
        (method.upper(), path): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_the_document_has_every_route_and_no_other(app: Flask, document: dict[str, Any]) -> None:
    routes = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix(API)))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    about_itself = {("GET", "/openapi.json"), ("GET", "/docs")}
    assert set(operations(document)) == routes - about_itself
    assert about_itself <= routes


def test_the_document_names_every_path_parameter(document: dict[str, Any]) -> None:
    for (_, path), operation in operations(document).items():
        named = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))


def test_writing_takes_a_key_and_reading_none(document: dict[str, Any]) -> None:
    for (method, _), operation in operations(document).items():
        assert operation["security"] == ([{"key": []}] if method == "POST" else [])


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in set(references(document)):
        found: Any = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def references(content: object) -> list[str]:
    """Return all references in a document."""
    if isinstance(content, list):
        return [each for one in content for each in references(one)]
    if not isinstance(content, dict):
        return []
    own = [content["$ref"]] if "$ref" in content else []
    return own + [each for one in content.values() for each in references(one)]


def test_every_schema_and_problem_is_used(document: dict[str, Any]) -> None:
    used = set(references(document))
    for kind in ("schemas", "responses", "headers"):
        for name in document["components"][kind]:
            assert f"#/components/{kind}/{name}" in used
    assert set(document["components"]["responses"]) == set(PROBLEMS)


def test_the_document_follows_its_own_standard(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": API}]
    ids = [operation["operationId"] for operation in operations(document).values()]
    assert len(ids) == len(set(ids))


def test_the_page_shows_every_operation_and_problem(page: Page, document: dict[str, Any]) -> None:
    text = page.one("main").text
    for (method, path), operation in operations(document).items():
        assert page.get(operation["operationId"]).text == operation["summary"]
        assert f"{method} {path}" in text
    for kind in KINDS:
        assert page.get(kind).text == kind
    assert page.link("the OpenAPI 3.1 document") == f"{API}/openapi.json"


def test_below_a_stages_name_all_addresses_have_it(app: Flask) -> None:
    """On AWS's own host the API lies below `/oregon`."""
    client = app.test_client()
    below = {"base_url": "https://localhost/oregon"}
    servers = client.get(f"{API}/openapi.json", **below).get_json()["servers"]
    assert servers == [{"url": f"/oregon{API}"}]
    shown = Page(client.get(f"{API}/docs", **below).text)
    address = f"https://localhost/oregon{API}"
    assert shown.get("server").text == address
    for language in ("curl", "python", "csharp"):
        assert address in shown.get(f"example-{language}").text


def test_without_a_table_the_page_is_shown_all_the_same(
    client: CheckedClient, store: MemoryStore
) -> None:
    store.away = True
    assert "/boards/global/submissions" in client.page(f"{API}/docs").get("example-curl").text


def test_the_examples_score_is_one_that_the_first_board_takes(page: Page) -> None:
    example = page.get("example-python").text
    assert '"score": 5000' in example
    assert 'submit("sprint"' in example


def test_the_c_sharp_example_is_c_sharp(page: Page) -> None:
    source = "".join(map(str, page.get("example-csharp").content))
    tree = Parser(Language(tree_sitter_c_sharp.language())).parse(source.encode())
    assert "PostAsJsonAsync" in source
    assert not tree.root_node.has_error
