"""Names are refused where they trick a reader, and normalised where they do not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain import names
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.players import PlayerId


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "\u3000",
        "\u200b",
        "\u200d\u200c",
        "\u2060\ufeff",
        "\u3164",
        "\u2800\u2800",
        "\u0301",
        "tab\there",
        "nul\x00",
        "line\nbreak",
        "line\u2028break",
        "esc\x1b[31m",
        "next\x85line",
        "over\u202eride",
        "iso\u2066late",
        "half \ud800",
        "private \ue000",
        "x" * 33,
        "\U0001f600" * 33,
        "x" * 100_000,
    ],
)
def test_a_name_that_tricks_or_shows_nothing_is_refused(typed: str) -> None:
    """Control, bidirectional, invisible and over-long names, each with words of its own."""
    with pytest.raises(InvalidValue) as refusal:
        names.normalise(typed)
    assert refusal.value.field == "name"
    assert len(refusal.value.message) < 120


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada \u00a0 Lovelace ", "Ada Lovelace"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("A\u200bda", "Ada"),
        ("\ufeffAda", "Ada"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("<b>&'\"", "<b>&'\""),
        ("x" * 32, "x" * 32),
    ],
)
def test_a_name_is_kept_in_one_form(typed: str, kept: str) -> None:
    """Blanks fold, accents compose, empty marks go; joiners that spell stay."""
    assert names.normalise(typed) == kept


@given(st.text(max_size=40))
def test_a_kept_name_is_kept_as_it_is(typed: str) -> None:
    """Normalising twice changes nothing, and what is kept is within bounds."""
    try:
        kept = names.normalise(typed)
    except InvalidValue:
        return
    assert names.normalise(kept) == kept
    assert 1 <= len(kept) <= names.MAX_LENGTH
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in kept)


@given(st.text(max_size=40))
def test_every_kept_name_gives_a_player_id(typed: str) -> None:
    """Whatever the script, the id fits its alphabet."""
    try:
        kept = names.normalise(typed)
    except InvalidValue:
        return
    assert PlayerId(names.player_id_of(kept)).value.startswith("name:")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "ADA"),
        ("\uff21da", "ada"),
        ("Straße", "STRASSE"),
        ("\ufb01n", "FIN"),
        ("می\u200cخواهم", "میخواهم"),
    ],
)
def test_names_that_fold_alike_are_one_player(one: str, other: str) -> None:
    """NFKC and case folding, without joiners."""
    assert names.player_id_of(one) == names.player_id_of(other)


@pytest.mark.parametrize(("one", "other"), [("Ada", "Ada."), ("a b", "a_b"), ("A", "А")])
def test_names_that_differ_are_two_players(one: str, other: str) -> None:
    """The last pair is Latin and Cyrillic: alike to the eye, which operators are warned of."""
    assert names.player_id_of(one) != names.player_id_of(other)


def test_a_plain_name_stays_readable_in_its_id() -> None:
    """Addresses are read by people."""
    assert names.player_id_of("Ada_99") == "name:ada_99"


@pytest.mark.parametrize("text", ["", ".", "..", "a b", "é", "a#b", "a/b", "x" * 65, "a\n", "\x00"])
def test_what_no_address_or_key_can_hold_is_no_player_id(text: str) -> None:
    with pytest.raises(InvalidValue):
        PlayerId(text)
