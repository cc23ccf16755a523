"""Remake the catalogues of ``leaderboard_app/web/languages/catalogues``: ``make messages``.

Sentences are read out of the code and the templates. Translators' work on those that are still
there is kept, in ``.po`` files; the ``.mo`` files that the app reads are made from these. No dates
and line numbers are in them, so that the same sentences give the same files.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from leaderboard_app.web.languages.known import CATALOGUES, ENGLISH, LANGUAGES

ROOT = Path(__file__).parents[2]

SAID_BY = {
    "say": None,
    "say_html": None,
    "say_to_fill": None,
    "say_count": (1, 2),
    "mark": None,
    "InvalidValue": (2,),
    "NothingToDecide": None,
}
"""What is called with a sentence, and as which argument; the first where nothing is said."""

_WIDTH = 100
_TEMPLATES = ("templates/**/*.html", "templates/*.xml", "templates/*.svg")


def sources() -> Iterator[tuple[str, Path]]:
    """Yield each file with sentences in it, with how it is read."""
    for path in sorted((ROOT / "leaderboard_app").rglob("*.py")):
        # The API answers in English alone.
        if "web/api/" not in path.as_posix():
            yield "python", path
    for pattern in _TEMPLATES:
        yield from (("jinja2", path) for path in sorted(ROOT.glob(pattern)))


def sentences() -> Catalog:
    """Return all sentences, with where they are said."""
    found = Catalog(charset="utf-8", header_comment="")
    for method, path in sources():
        where = path.relative_to(ROOT).as_posix()
        for _, sentence, _, _ in extract_from_file(method, path, keywords=SAID_BY):
            found.add(sentence, locations=[(where, 0)])
    return found


def catalogue(code: str, known: Catalog) -> Catalog:
    """Return a language's catalogue as its file has it, brought up to the sentences of now."""
    path = CATALOGUES / f"{code}.po"
    found = read(path.read_bytes() if path.exists() else b"", code)
    found.update(known, no_fuzzy_matching=True, update_header_comment=False)
    found.obsolete.clear()
    return found


def read(po: bytes, code: str) -> Catalog:
    """Return a catalogue as translators left it."""
    return read_po(BytesIO(po), locale=Locale.parse(code, sep="-"), charset="utf-8")


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as translators read and write it."""
    text = BytesIO()
    write_po(text, catalogue, width=_WIDTH, omit_header=True, include_lineno=False)
    header = _HEADER.format(plural=catalogue.plural_forms, code=catalogue.locale)
    return header.encode() + text.getvalue()


_HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: {code}\\n"
"Plural-Forms: {plural}\\n"

"""


def as_mo(po: bytes, code: str) -> bytes:
    """Return the same as the app reads it."""
    found = read(po, code)
    # The format wants times; ours say nothing, so that they change nothing.
    found.creation_date = found.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    made = BytesIO()
    write_mo(made, found)
    return made.getvalue()


def main() -> None:
    """Write the files, and say what is left to translate."""
    known = sentences()
    for language in LANGUAGES:
        if language is ENGLISH:
            continue
        said = catalogue(language.code, known)
        po = as_po(said)
        (CATALOGUES / f"{language.code}.po").write_bytes(po)
        (CATALOGUES / f"{language.code}.mo").write_bytes(as_mo(po, language.code))
        left = sum(not all(forms_of(each)) for each in said if each.id)
        print(f"{language.name}: {len(said)} sentences, {left} left to translate")


def forms_of(message: Message) -> tuple[str, ...]:
    """Return what translators made of a sentence: one form, or as many as a count has."""
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


if __name__ == "__main__":
    main()
