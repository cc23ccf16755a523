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
        direction: which way its lines run, `ltr` or `rtl`.
    """

    code: str
    name: str
    direction: str = "ltr"

    @property
    def locale(self) -> Locale:
        """How it writes numbers, dates and the names of countries."""
        return _locale(self.code)

    @property
    def catalogue(self) -> NullTranslations:
        """What translators made of each sentence; what is not in it stays English."""
        return _catalogue(self.code)


ENGLISH = Language("en", "English")

LANGUAGES = (ENGLISH, Language("de", "Deutsch"), Language("ar", "العربية", "rtl"))

BY_CODE = {each.code: each for each in LANGUAGES}


# Read when somebody first asks for the language: most processes never need all of them.
@cache
def _locale(code: str) -> Locale:
    found: Locale = import_module(f"leaderboard_app.web.languages.locales.{code}").LOCALE
    return found


@cache
def _catalogue(code: str) -> NullTranslations:
    path = CATALOGUES / f"{code}.mo"
    if code == ENGLISH.code:
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)
