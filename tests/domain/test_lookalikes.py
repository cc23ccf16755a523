"""Names that may be taken for others: told to operators, and taken all the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bootstrap.data import make_confusables
from leaderboard_app.domain import confusables
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.lookalikes import Likeness, skeletons, warnings
from leaderboard_app.domain.players import Player, PlayerId

FINLAND = Country("FI")


def named(name: str, player_id: str = "") -> Player:
    return Player.named(name, FINLAND, PlayerId(player_id) if player_id else None)


@pytest.mark.parametrize(
    "name",
    ["Ada", "ADA", "\u0410da", "a\u0501a", "\uff21da", "A.d.a", "\u00aa\u217e\u00aa"],
)
def test_a_name_that_looks_like_another_players_is_told(name: str) -> None:
    """Cyrillic, full width, with signs between: who reads it sees Ada."""
    (said,) = warnings(named(name, "u-2"), [named("Ada")])
    assert said == Likeness("Ada", PlayerId("name:ada"))


@pytest.mark.parametrize("name", ["Adam", "Ad", "Bob", "Ädä", "\u30a2\u30c0", "😀"])
def test_another_name_is_not(name: str) -> None:
    assert warnings(named(name), [named("Ada")]) == ()


def test_nobody_looks_like_themselves() -> None:
    assert warnings(named("Ada"), [named("Ada"), named("ADA")]) == ()


@pytest.mark.parametrize(
    "name", ["admin", "ADMIN", "Adm1n", "\u0430dmin", "_a_d_m_i_n_", "\u0391DM\u0406N"]
)
def test_a_name_that_speaks_for_the_house_is_told(name: str) -> None:
    assert Likeness("admin") in warnings(named(name), [])


def test_a_studio_has_names_of_its_own() -> None:
    assert warnings(named("Ac\u043ee"), [], ("Acme", "Acoe")) == (Likeness("Acoe"),)


@given(st.text(min_size=1, max_size=32))
def test_any_text_has_a_skeleton_and_looks_like_itself(text: str) -> None:
    assert skeletons(text) & skeletons(text)
    assert all(skeletons(text))


def test_the_table_is_read_from_lines_as_unicode_writes_them() -> None:
    lines = (
        "# head\n0430 ;\t0061 ;\tMA\t# ( a → a )\n006D ;\t0072 006E ;\tMA\t#\nFF41 ; 0061 ; MA #"
    )
    found = make_confusables.confusables(lines)
    assert found == {"\u0430": "a", "m": "rn"}
    assert [make_confusables.written(*each) for each in found.items()] == ["430:61", "6d:72.6e"]
    assert {"430:61", "6d:72.6e"} <= set(confusables.TABLE.split())
