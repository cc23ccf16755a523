"""What the domain says: sentences that can be translated, whatever somebody typed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import leaderboard_app
from leaderboard_app.domain import names, scores
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.errors import InvalidValue, NothingToDecide, PlaceOutOfReach
from leaderboard_app.domain.periods import Period

SAID_AT = {"InvalidValue": 1, "NothingToDecide": 0}
"""Which argument of a call is the sentence."""

BRACES = ["{0}", "{}", "{x.__class__}", "{typed.__dict__}", "{", "}", "{{typed}}"]


def test_a_refusal_carries_its_sentence_and_numbers_as_numbers() -> None:
    with pytest.raises(InvalidValue) as refusal:
        names.normalise("x" * 40)
    said = refusal.value
    assert said.template == "Shorten the name: {length} characters, and at most {most} fit."
    assert said.values == {"length": 40, "most": 32}
    assert said.message == str(said) == "Shorten the name: 40 characters, and at most 32 fit."


def test_a_refusal_that_nothing_can_be_decided_carries_who_decided() -> None:
    said = NothingToDecide("It was removed by {by} (“{why}”).", by="{0}", why="{")
    assert said.message == str(said) == "It was removed by {0} (“{”)."
    assert said.values == {"by": "{0}", "why": "{"}


@pytest.mark.parametrize("typed", BRACES)
def test_braces_that_somebody_typed_are_shown_as_they_are(typed: str) -> None:
    for parse in (Period.parse, Country.parse):
        with pytest.raises(InvalidValue) as refusal:
            parse(typed)
        assert typed in refusal.value.message
        assert "{typed}" in refusal.value.template
    with pytest.raises(InvalidValue, match="Enter a number"):
        scores.parse(typed)


@pytest.mark.parametrize("sentence", BRACES)
def test_a_finished_sentence_is_said_as_it_stands(sentence: str) -> None:
    assert InvalidValue.saying("q", sentence).message == sentence


def test_a_refusal_renamed_says_the_same_of_another_field() -> None:
    there = PlaceOutOfReach(5000).renamed("at")
    assert (there.field, there.values) == ("at", {"reach": 5000})
    assert there.message == PlaceOutOfReach(5000).message


def test_every_sentence_is_written_whole_and_gets_the_values_it_names() -> None:
    """One put together could not be translated; one that lacks a value would break on a page."""
    calls = list(_calls())
    at_fault = [where for where, call, at in calls if not _is_whole(call, call.args[at])]
    assert len(calls) > 30
    assert at_fault == []


def _calls() -> Iterator[tuple[str, ast.Call, int]]:
    """Yield each call of the app that says a sentence, with where it stands and is said."""
    for path in Path(leaderboard_app.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if name in SAID_AT:
                    yield f"{path.name}:{node.lineno}", node, SAID_AT[name]


def _is_whole(call: ast.Call, said: ast.expr) -> bool:
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        named = {field for _, field, _, _ in Formatter().parse(said.value) if field is not None}
        return named == {keyword.arg for keyword in call.keywords}
    # One that was marked in a table, or comes from another refusal.
    return isinstance(said, ast.Name | ast.Attribute | ast.Subscript)
