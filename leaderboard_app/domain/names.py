"""Display names: what is refused, what is normalised, and the id that a bare name gives."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from leaderboard_app.domain.errors import InvalidValue, mark

MAX_LENGTH = 32

_LINE_BREAKS = mark("Take out the line breaks ({code}).")
_REFUSED_CATEGORIES = {
    "Cc": mark("Take out the control characters ({code})."),
    "Cs": mark("Take out the broken characters ({code})."),
    "Co": mark("Take out the private-use characters ({code})."),
    "Zl": _LINE_BREAKS,
    "Zp": _LINE_BREAKS,
}
# Embeddings, overrides and isolates turn the text around them; a name has no need of them.
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TURNED = mark("Take out the characters that turn the direction of text ({code}).")
# Invisible and without meaning inside a name: taken out. The joiners U+200C and U+200D stay, as
# Persian, Indic scripts and emoji are misspelt without them.
_DROPPED = frozenset("\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff")
# Letters by category, blank on the screen.
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_INVISIBLE_CATEGORIES = frozenset({"Cf", "Mn", "Me", "Mc", "Zs", "Cn"})
_PLAIN = re.compile(r"[a-z0-9_.-]{1,59}")
_REMEMBERED = 4096


def normalise(text: str) -> str:
    """Return the name as it is kept: NFC, blanks folded, empty marks taken out.

    Raises:
        InvalidValue: nothing visible, more than 32 characters, or a character that can't stand
            in a name (control, bidirectional control, line break, surrogate, private use).
    """
    # The same names come by again and again. Long texts are not remembered: no stranger's typing
    # shall fill the memory.
    return _remembered(text) if len(text) <= MAX_LENGTH else _normalised(text)


def _normalised(text: str) -> str:
    # Refuse before normalising: what Unicode calls a blank may also be a line break.
    refuse_characters("name", text.strip())
    kept = "".join(char for char in text if char not in _DROPPED)
    name = " ".join(unicodedata.normalize("NFC", kept).split())
    if not is_visible(name):
        raise InvalidValue("name", "Enter a name: at least one visible character.")
    if len(name) > MAX_LENGTH:
        raise InvalidValue(
            "name",
            "Shorten the name: {length} characters, and at most {most} fit.",
            length=len(name),
            most=MAX_LENGTH,
        )
    return name


_remembered = lru_cache(_REMEMBERED)(_normalised)


@lru_cache(_REMEMBERED)
def player_id_of(name: str) -> str:
    """Return the player id that a bare name gives: equal under NFKC and case folding, equal id.

    A name of plain letters stays readable (`name:ada`); any other gives a digest of 128 bits
    (`name::…`). The second colon keeps the two forms apart.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    folded = "".join(c for c in folded if unicodedata.category(c) != "Cf").strip()
    if _PLAIN.fullmatch(folded):
        return f"name:{folded}"
    return f"name::{hashlib.sha256(folded.encode()).hexdigest()[:32]}"


def refuse_characters(field: str, text: str) -> None:
    """Do nothing where a page can show all of a text.

    Raises:
        InvalidValue: for the field: it has a control, bidirectional control, line break, surrogate
            or private-use character.
    """
    for char in text:
        refusal = _REFUSED_CATEGORIES.get(unicodedata.category(char))
        if char in _BIDI_CONTROLS:
            refusal = _TURNED
        if refusal:
            raise InvalidValue(field, refusal, code=f"U+{ord(char):04X}")


def is_visible(text: str) -> bool:
    """Say whether anything of a text shows on the screen."""
    return any(_is_visible(char) for char in text)


def _is_visible(char: str) -> bool:
    return char not in _BLANK_LETTERS and unicodedata.category(char) not in _INVISIBLE_CATEGORIES
