from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.rankings import Cursor, Direction, Rank
from leaderboard_app.web import cursors
from tests.strategies import MOMENTS
from tests.web.memory_store import MemoryStore
from tests.web.worlds import STAR_RUN, make_app
from tests.worlds import NOW

APP = make_app(MemoryStore([STAR_RUN]))
AS_OF = Rank(10_001, exact=False, as_of=NOW + timedelta(milliseconds=123))
CURSOR = Cursor("star-run", "2026-W48", "FI", Direction.NEXT, 10**37 - 1, AS_OF)


@given(
    st.builds(
        Cursor,
        st.text(max_size=32),
        st.text(max_size=10),
        st.sampled_from(["", "FI"]),
        st.sampled_from(Direction),
        st.integers(-(10**38), 10**38),
        st.builds(Rank, st.integers(1, 10**9), st.booleans())
        | st.builds(Rank, st.integers(1, 10**9), exact=st.sampled_from([False]), as_of=MOMENTS),
    )
)
def test_a_cursor_survives_being_text(cursor: Cursor) -> None:
    with APP.app_context():
        assert cursors.load(cursors.dump(cursor)) == cursor


def test_a_cursor_is_short_and_safe_in_an_address(app: Flask) -> None:
    with app.app_context():
        text = cursors.dump(CURSOR)
    assert len(text) < 170
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


@given(st.text())
def test_no_made_up_text_is_a_cursor(text: str) -> None:
    with APP.app_context(), pytest.raises(InvalidValue):
        cursors.load(text)


@given(st.data())
def test_a_cursor_with_a_character_changed_is_none(data: st.DataObject) -> None:
    with APP.app_context():
        text = cursors.dump(CURSOR)
        # The last character of a signature carries bits that base64 ignores.
        at = data.draw(st.integers(0, len(text) - 2))
        other = data.draw(st.sampled_from("abcXYZ019-_.").filter(lambda char: char != text[at]))
        with pytest.raises(InvalidValue):
            cursors.load(text[:at] + other + text[at + 1 :])


def test_what_we_signed_for_another_purpose_is_no_cursor(app: Flask) -> None:
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    with app.app_context(), pytest.raises(InvalidValue):
        cursors.load(signer.dumps({"a": 1}))


@pytest.mark.parametrize("content", [None, 1, "abcdefg", [], ["a"] * 7, [1, 2, 3, 4, 5, 6, 7], {}])
def test_what_another_release_signed_is_no_cursor(app: Flask, content: object) -> None:
    serializer = app.extensions["leaderboard_cursors"]
    with app.app_context(), pytest.raises(InvalidValue):
        cursors.load(serializer.dumps(content))


def test_a_cursor_that_the_release_before_made_is_still_good(app: Flask) -> None:
    """It said whether a place was exact, and knew of no walk."""
    serializer = app.extensions["leaderboard_cursors"]
    view = ["star-run", "all", "", "next", f"{10**36:x}"]
    with app.app_context():
        assert cursors.load(serializer.dumps([*view, 25, 1])).rank == Rank(25)
        assert cursors.load(serializer.dumps([*view, 25, 0])).rank == Rank(25, exact=False)


def test_a_cursor_of_the_key_before_is_still_good() -> None:
    old = make_app(MemoryStore([]), secret_key="old")
    new = make_app(MemoryStore([]), secret_key="new", secret_key_fallbacks=("old", "older"))
    with old.app_context():
        text = cursors.dump(CURSOR)
    with new.app_context():
        assert cursors.load(text) == CURSOR
        fresh = cursors.dump(CURSOR)
    with old.app_context(), pytest.raises(InvalidValue):
        cursors.load(fresh)
