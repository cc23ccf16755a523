"""Sentences in the language of the page.

They are literals in English, where they are said or, marked by `mark`, in a table. What differs
stands in braces by name: whole numbers and scores are written as the language has it.
"""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from leaderboard_app.domain.errors import InvalidValue, NothingToDecide
from leaderboard_app.domain.scores import ScoreText
from leaderboard_app.web.languages.asked import current
from leaderboard_app.web.languages.numerals import Value, written

# Unicode's first strong isolate, for texts without tags; with tags, it is `<bdi>`.
_ISOLATE, _END = "\u2068", "\u2069"


def register(app: Flask) -> None:
    """Let templates say sentences."""
    app.add_template_global(say)
    app.add_template_global(say_html)
    app.add_template_global(say_count)
    app.add_template_global(say_to_fill)


def say(sentence: str, /, **values: Value) -> str:
    """Return a sentence in the language of this page, as plain text."""
    return current().catalogue.gettext(sentence).format(**_written(values))


def say_html(sentence: str, /, **values: Value) -> Markup:
    """Return the same for a sentence with tags in it; what its values say is escaped."""
    # Translators' words are ours: a test looks at the tags in them.
    said = Markup(current().catalogue.gettext(sentence))  # noqa: S704
    return said.format(**{name: written(value) for name, value in values.items()})


def say_count(one: str, many: str, count: int, /, **values: Value) -> str:
    """Return one of two sentences by a `{count}`; a language may have more forms than English."""
    said = current().catalogue.ngettext(one, many, count)
    return said.format(**_written({"count": count, **values}))


def seconds(count: int) -> str:
    """Return some seconds within a sentence."""
    return say_count("{count} second", "{count} seconds", count)


def say_to_fill(sentence: str, /) -> str:
    """Return a sentence with its braces, for a script that knows what stands in them."""
    said = current().catalogue.gettext(sentence)
    return said.format_map(_Braces())


class _Braces(dict[str, str]):
    """Gives each field back in its braces, isolated where values are."""

    def __missing__(self, field: str) -> str:
        return next(iter(_written({field: f"{{{field}}}"}).values()))


def told(refusal: InvalidValue | NothingToDecide) -> str:
    """Return what the domain says when it refuses."""
    return say(refusal.template, **refusal.values)


def _written(values: dict[str, Value]) -> dict[str, str]:
    """Return values as the language has them; texts do not turn what stands around them."""
    if current().direction == "ltr":
        return {name: written(value) for name, value in values.items()}
    return {name: _isolated(value) for name, value in values.items()}


def _isolated(value: Value) -> str:
    is_number = isinstance(value, int | ScoreText)
    return written(value) if is_number else f"{_ISOLATE}{value}{_END}"
