"""The languages that the pages are in. To add one: docs/languages.md."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib import import_module
from pathlib import Path

from leaderboard_app.web.languages.locale import Locale

CATALOGUES = Path(__file__).with_name("catalogues")


@dataclass(frozen=True, slots=True)
class Language:
    """A language.

    Attributes:
        code: as BCP 47 has it, in small letters; what addresses begin with, and `lang` says.
        name: what its readers call it.
        open_graph: the same as Open Graph has it, with a territory.
        direction: which way its lines run, `ltr` or `rtl`.
    """

    code: str
    name: str
    open_graph: str
    direction: str = "ltr"

    @property
    def locale(self) -> Locale:
        """How it writes numbers, dates and the names of countries."""
        return _locale(self.code)

    @property
    def catalogue(self) -> NullTranslations:
        """What translators made of each sentence; what is not in it stays English."""
        return _catalogue(self.code)


ENGLISH = Language("en", "English", "en_US")

LANGUAGES = (
    ENGLISH,
    Language("de", "Deutsch", "de_DE"),
    Language("ar", "العربية", "ar_AR", "rtl"),
)

BY_CODE = {each.code: each for each in LANGUAGES}


def module_of(code: str) -> str:
    """Return the name of a language's module: `pt_br` for `pt-br`, which no name can hold."""
    return code.replace("-", "_")


# Read when somebody first asks for the language: most processes never need all of them.
@cache
def _locale(code: str) -> Locale:
    found: Locale = import_module(f"leaderboard_app.web.languages.locales.{module_of(code)}").LOCALE
    return found


@cache
def _catalogue(code: str) -> NullTranslations:
    path = CATALOGUES / f"{code}.mo"
    if code == ENGLISH.code:
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)
