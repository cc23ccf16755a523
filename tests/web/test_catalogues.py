"""What translators made of our sentences: whole, of now, and safe to put into a page."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from gettext import GNUTranslations
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from jinja2 import Environment

import leaderboard_app.web
from bootstrap.data import make_locales, make_messages
from leaderboard_app.web.languages.known import CATALOGUES, ENGLISH, LANGUAGES
from leaderboard_app.web.languages.locale import Locale

OTHERS = [each for each in LANGUAGES if each is not ENGLISH]
CODES = [each.code for each in OTHERS]
WEB = Path(leaderboard_app.web.__file__).parent
TEMPLATES = Path(__file__).parents[2] / "templates"
IN_ENGLISH_ALONE = {"api_docs.html"}

_SAID_IN = ("aria-label", "alt", "placeholder", "title", "data-label", "data-pause", "data-row")
# Ends of ids, and an attribute that stands in a block of its own.
_NO_WORD = re.compile(r"-(hint|error)|class=\"wall\"|[^A-Za-z]*")


def read(code: str) -> Catalog:
    return make_messages.read((CATALOGUES / f"{code}.po").read_bytes(), code)


def messages(code: str) -> Iterator[Message]:
    yield from (each for each in read(code) if each.id)


def english_of(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def fields_of(sentence: str) -> Counter[str | None]:
    return Counter(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def tags_of(sentence: str) -> list[str]:
    return sorted(re.findall(r"<[^>]*>", sentence))


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_translated_and_none_is_left_over(code: str) -> None:
    """Where this fails, `make messages` brings the files up to date and says what is left."""
    known = {each.id for each in make_messages.sentences() if each.id}
    assert {each.id for each in messages(code)} == known
    assert [each.id for each in messages(code) if not all(make_messages.forms_of(each))] == []
    assert [each.id for each in messages(code) if each.fuzzy] == []


@pytest.mark.parametrize("code", CODES)
def test_a_translation_has_what_its_sentence_has(code: str) -> None:
    for message in messages(code):
        english = english_of(message)[-1]
        for form in make_messages.forms_of(message):
            assert fields_of(form) == fields_of(english), message.id
            assert tags_of(form) == tags_of(english), message.id


@pytest.mark.parametrize("code", CODES)
def test_a_translation_is_safe_in_an_attribute(code: str) -> None:
    """Plain sentences are escaped, and those with tags are not: neither needs what breaks out."""
    for message in messages(code):
        for form in make_messages.forms_of(message):
            assert not re.search(r"[\"'&<>]", re.sub(r"<[^>]*>", "", form)), message.id


@pytest.mark.parametrize("code", CODES)
def test_what_the_app_reads_is_what_translators_wrote(code: str) -> None:
    po = (CATALOGUES / f"{code}.po").read_bytes()
    assert make_messages.as_po(read(code)) == po
    assert (CATALOGUES / f"{code}.mo").read_bytes() == make_messages.as_mo(po, code)


@pytest.mark.parametrize("code", CODES)
def test_a_count_has_the_form_that_its_language_asks_for(code: str) -> None:
    with (CATALOGUES / f"{code}.mo").open("rb") as file:
        found = GNUTranslations(file)
    rule = read(code)
    for message in messages(code):
        if not isinstance(message.id, str):
            forms = make_messages.forms_of(message)
            assert len(forms) == rule.num_plurals
            for count in (0, 1, 2, 5, 11, 100):
                assert found.ngettext(message.id[0], message.id[1], count) in forms
            assert found.ngettext(message.id[0], message.id[1], 1) == forms[code == "ar"]


@pytest.mark.parametrize("code", CODES)
def test_how_a_language_writes_numbers_and_dates_is_what_the_script_makes(code: str) -> None:
    path = make_locales.FOLDER / f"{code}.py"
    assert path.read_text(encoding="utf-8") == make_locales.module(code)


class Said(HTMLParser):
    """What a template says by itself: words that no function was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside.append(tag)
        self.words += [value for name, value in attrs if name in _SAID_IN and value]

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - html.parser passes it.
        if self._inside:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside[-1:] != ["code"]:
            self.words += data.split()


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(TEMPLATES.rglob("*.html")) if path.name not in IN_ENGLISH_ALONE],
    ids=lambda path: path.name,
)
def test_a_template_says_nothing_that_can_not_be_translated(path: Path) -> None:
    environment = Environment(autoescape=True)
    text = "".join(
        value if kind == "data" else " "
        for _, kind, value in environment.lex(path.read_text(encoding="utf-8"))
        if kind == "data" or kind.endswith("_end")
    )
    said = Said()
    said.feed(text)
    assert [word for word in said.words if not _NO_WORD.fullmatch(word)] == []


REFUSALS = {"BadRequest", "Forbidden", "NotFound"}
SAYING = {"say", "told"}


def refusals_of(path: Path) -> Iterator[str]:
    """Yield where a module refuses a request with words that are not said."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS and node.args:
            said = node.args[0]
            is_said_already = isinstance(said, ast.Attribute) and said.attr == "error"
            if not is_said_already and getattr(getattr(said, "func", None), "id", "") not in SAYING:
                yield f"{path.name}:{node.lineno}"


def test_a_page_refuses_in_its_own_language() -> None:
    modules = [path for path in WEB.rglob("*.py") if path.parent.name != "api"]
    assert len(modules) > 50
    assert [where for path in modules for where in refusals_of(path)] == []


@pytest.mark.parametrize(
    "code",
    ["es", "pt-br", "fr", "it", "nl", "pl", "cs", "fi", "sv", "tr", "ru", "uk", "he", "fa", "hi",
     "bn", "th", "vi", "ja", "ko", "zh", "zh-hant", "id", "ro"],
)  # fmt: skip
def test_another_languages_numbers_and_dates_can_be_made(code: str) -> None:
    """`make data` does it for whoever adds a language."""
    made: dict[str, Locale] = {}
    exec(make_locales.module(code), made)  # noqa: S102 - it is the module that `make data` writes.
    locale = made["LOCALE"]
    assert (len(locale.months), len(locale.short_months), len(locale.countries)) == (12, 12, 250)
    assert {locale.decimal, locale.group} & {".", ","}
    for pattern in (locale.day, locale.full_day):
        written = pattern.format(day=23, month="NOV", number=11, year=2026)
        assert "23" in written
        assert "2026" in written
        assert "NOV" in written or "11" in written
    assert locale.moment.format(day="DAY", time="TIME").count("DAY") == 1
