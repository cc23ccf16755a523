"""Countries: which codes are taken, how they are typed, and how they are shown."""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest

from leaderboard_app.domain.countries import NAMES, Country, flag
from leaderboard_app.domain.errors import InvalidValue


def test_all_assigned_codes_and_kosovo_are_countries() -> None:
    """ISO 3166-1 assigns 249 codes; XK is in use without being assigned."""
    assert len(NAMES) == 249 + 1
    assert "XK" in NAMES
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in NAMES)


def test_every_country_has_a_name_of_its_own() -> None:
    """Two countries of one name could not be told apart in a list."""
    assert all(name and name == name.strip() for name in NAMES.values())
    assert len(set(NAMES.values())) == len(NAMES)


@pytest.mark.parametrize("code", ["EU", "UN", "XA", "XB", "ZZ", "AC", "EA", "IC", "AN", "UK", "SU"])
def test_unions_regions_and_reserved_codes_are_no_countries(code: str) -> None:
    """The United Kingdom is GB; what ISO only reserved, or has withdrawn, is not offered."""
    with pytest.raises(InvalidValue):
        Country(code)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("KR", "South Korea"),
        ("CZ", "Czechia"),
        ("CI", "Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire"),
        ("TR", "Türkiye"),
        ("US", "United States"),
        ("XK", "Kosovo"),
    ],
)
def test_names_are_the_ones_people_know(code: str, name: str) -> None:
    """CLDR's names, not the formal ones of ISO ("Korea, Republic of")."""
    assert Country(code).name == name


def test_a_list_of_names_is_in_the_order_a_reader_expects() -> None:
    """Åland stands among the As, and not after Zimbabwe."""
    names = list(NAMES.values())

    assert names[:3] == ["Afghanistan", "Åland Islands", "Albania"]
    assert names[-1] == "Zimbabwe"


def test_nobody_can_change_the_table() -> None:
    """It is shared by every request."""
    with pytest.raises(TypeError):
        NAMES["FI"] = "Elsewhere"  # type: ignore[index]


@pytest.mark.parametrize("text", ["FI", "fi", "fI", " fi ", "\tFI\r\n", "\u00a0fi\u3000"])
def test_a_code_is_read_in_any_case_with_blanks_around_it(text: str) -> None:
    """As it is typed into a form, or stands in a file that a spreadsheet wrote."""
    assert Country.parse(text) == Country("FI")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "F",
        "F I",
        "FIN",
        "Finland",
        "246",
        "🇫🇮",
        "FI,",
        "F\x00",
        # Each of these turns into a country's code when it is upper-cased or folded.
        "ß",
        "\N{LATIN SMALL LIGATURE FI}",
        "\N{LATIN SMALL LETTER LONG S}e",
        "t\N{LATIN SMALL LETTER DOTLESS I}",
        "\N{FULLWIDTH LATIN CAPITAL LETTER F}\N{FULLWIDTH LATIN CAPITAL LETTER I}",
        # A letter that looks like the Latin one.
        "\N{CYRILLIC CAPITAL LETTER ES}H",
    ],
)
def test_nothing_but_a_code_is_read(text: str) -> None:
    """Names, longer codes, numbers, flags and letters that only look or upper-case like a code."""
    with pytest.raises(InvalidValue) as refusal:
        Country.parse(text)

    assert refusal.value.field == "country"


@pytest.mark.parametrize("code", ["fi", " FI", "Fi", "", "ß"])
def test_a_country_is_made_of_the_code_in_capitals_only(code: str) -> None:
    """What was typed goes through `parse`; a value has one form."""
    with pytest.raises(InvalidValue):
        Country(code)


def test_a_refusal_says_what_was_wrong_and_what_would_be_right() -> None:
    """The reader of a form, or of a file of rejected rows, can put it right."""
    with pytest.raises(InvalidValue) as refusal:
        Country.parse("Atlantis")

    assert "“Atlantis”" in refusal.value.message
    assert "FI" in refusal.value.message


def test_a_refusal_quotes_neither_long_nor_dangerous_text_as_it_came() -> None:
    """A message must not fill the page, nor turn the direction of the text around it."""
    with pytest.raises(InvalidValue) as refusal:
        Country.parse("\u202e\x1b" + "x" * 10_000)

    assert len(refusal.value.message) < 150
    assert refusal.value.message.isprintable()


def test_a_flag_is_the_code_in_regional_indicators() -> None:
    """Such as 🇫🇮, on the systems that draw flags."""
    assert flag("FI") == "\U0001f1eb\U0001f1ee"
    assert Country("XK").flag == flag("XK") == "🇽🇰"
    assert len({flag(code) for code in NAMES}) == len(NAMES)


@pytest.mark.parametrize("code", ["fi", "ZZ", "", "FIN"])
def test_only_countries_have_flags(code: str) -> None:
    """Any other two letters would show as boxes, or as another emoji."""
    with pytest.raises(InvalidValue):
        flag(code)


def test_countries_are_frozen_equal_by_code_and_in_the_order_of_codes() -> None:
    """They are keys of dictionaries, and sorted."""
    germany, chad = Country("DE"), Country("TD")

    assert sorted([chad, germany]) == [germany, chad]
    assert {germany: 1}[Country("DE")] == 1
    assert str(germany) == "DE"
    with pytest.raises(dataclasses.FrozenInstanceError):
        germany.code = "AT"  # type: ignore[misc]


def test_the_countries_load_without_babel() -> None:
    """The table is generated once; its generator's library weighs 33 MB."""
    script = "import sys, leaderboard_app.domain.countries; print('babel' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"
