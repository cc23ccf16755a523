"""The API's documentation: the document for machines, and a page made of it for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import Blueprint, Response, make_response, render_template, request, url_for
from markupsafe import Markup, escape

from leaderboard_app.domain.boards import Board
from leaderboard_app.usecases.ports import StoreUnavailable
from leaderboard_app.web import headers
from leaderboard_app.web.api import answers
from leaderboard_app.web.api.asking import Query
from leaderboard_app.web.api.openapi.document import document
from leaderboard_app.web.api.openapi.parts import KINDS
from leaderboard_app.web.context import services

EXAMPLES = {"curl": "curl", "python": "Python", "csharp": "C#"}
"""By file name: what people call the language."""

_NO_BOARD = Board("global", "Global")


def register(blueprint: Blueprint) -> None:
    """Add the views."""
    blueprint.get("/openapi.json")(openapi)
    blueprint.get("/docs")(docs)


def openapi() -> Response:
    """Answer the OpenAPI document."""
    Query()
    return answers.read(document(_server()))


def docs() -> Response:
    """Show the documentation."""
    server = request.host_url.rstrip("/") + _server()
    board = _example_board()
    given = {"server": server, "board_id": board.board_id, "score": board.maximum // 2}
    html = render_template(
        "api_docs.html",
        server=server,
        about=document(server)["info"]["description"],
        examples=[
            (language, name, render_template(f"examples/{language}.txt", **given))
            for language, name in EXAMPLES.items()
        ],
        operations=list(_operations(document(server))),
        schemas=list(_schemas(document(server))),
        kinds=KINDS,
        coded=coded,
    )
    response = make_response(html)
    response.headers["Cache-Control"] = headers.FOR_ALL
    return response


def coded(text: str) -> Markup:
    """Return a text whose words between backticks are marked as code."""
    pieces = enumerate(text.split("`"))
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if number % 2 else escape(piece)
        for number, piece in pieces
    )


class Answer(NamedTuple):
    """An answer as the page shows it; its schema is empty where it has none of its own."""

    status: str
    description: str
    schema: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation as the page shows it."""

    method: str
    path: str
    content: Mapping[str, Any]
    answers: tuple[Answer, ...]

    @property
    def takes(self) -> str:
        """The schema of its body; empty where it has none."""
        body = self.content.get("requestBody")
        return _words(body["content"]["application/json"]["schema"]) if body else ""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a property of a schema, as the page shows it."""

    name: str
    kind: str
    required: bool
    description: str


def _server() -> str:
    return url_for("api.openapi").removesuffix("/openapi.json")


def _example_board() -> Board:
    try:
        return next(iter(services().boards.all()), _NO_BOARD)
    except StoreUnavailable:
        return _NO_BOARD


def _operations(content: Mapping[str, Any]) -> Iterator[Operation]:
    known = content["components"]["responses"]
    for path, methods in content["paths"].items():
        for method, operation in methods.items():
            found = (
                _answer(status, known[_words(each)] if "$ref" in each else each)
                for status, each in operation["responses"].items()
            )
            yield Operation(method.upper(), path, operation, tuple(found))


def _answer(status: str, content: Mapping[str, Any]) -> Answer:
    schemas = [_words(each["schema"]) for each in content.get("content", {}).values()]
    return Answer(status, content["description"], schemas[0] if schemas else "")


def _schemas(content: Mapping[str, Any]) -> Iterator[tuple[str, list[Field]]]:
    for name, schema in content["components"]["schemas"].items():
        if "properties" in schema:
            yield (
                name,
                [
                    Field(each, _words(one), each in schema["required"], one.get("description", ""))
                    for each, one in schema["properties"].items()
                ],
            )


def _words(schema: Mapping[str, Any]) -> str:
    """Return what a schema takes, in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[1])
    if "anyOf" in schema:
        return " or ".join(_words(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_words(schema['items'])}"
    kind = schema.get("type", "")
    return " or ".join(kind) if isinstance(kind, list) else str(schema.get("format", kind))
