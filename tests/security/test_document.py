"""`docs/security.md` names tests that there are, and answers all of the standard's first levels."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
TEXT = (TESTS.parent / "docs" / "security.md").read_text(encoding="utf-8")

SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip
"""How many requirements of levels 1 and 2 begin each section of ASVS 5.0.0: those of level 3 come
last. Chapters 10 (OAuth) and 17 (WebRTC) are of what is not here, as a whole."""

NUMBERS = {f"{section}.{n + 1}" for section, count in SECTIONS.items() for n in range(count)}
STANDARD = TEXT.partition("\n## The standard")[2].partition("\n## ")[0]
ROW = re.compile(r"(?m)^\| ([\d., ]+) \|.*\| (.+) \|$")
NUMBER = re.compile(r"(?<![\d.])\d+\.\d+\.\d+(?![\d.])")
NAMED = re.compile(r"`([a-z_/]+\.py)::(test_[a-z0-9_]+)`")
NOT_SHOWN_BY_A_TEST = ("AWS", "the studio", "in part", "not met", "by reading", "[")


def test_every_test_that_is_named_is_there() -> None:
    named = NAMED.findall(TEXT)
    assert len(named) > 100
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (TESTS / path).is_file()
        or not re.search(rf"def {name}\(", (TESTS / path).read_text(encoding="utf-8"))
    ]
    assert missing == []


def test_every_requirement_of_levels_1_and_2_is_answered_once() -> None:
    answered = NUMBER.findall(re.sub(r"`[^`]*`", "", STANDARD))
    assert sorted({n for n in answered if answered.count(n) > 1}) == []
    assert sorted(NUMBERS - set(answered)) == []
    assert sorted(set(answered) - NUMBERS) == []


def test_what_is_met_is_shown_by_a_test_or_said_to_be_elsewhere() -> None:
    rows = ROW.findall(STANDARD)
    assert len(rows) > 60
    bare = [
        numbers
        for numbers, shown in rows
        if not NAMED.search(shown) and not shown.startswith(NOT_SHOWN_BY_A_TEST)
    ]
    assert bare == []


def test_its_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", TEXT):
        assert (TESTS.parent / "docs" / target).exists(), target
