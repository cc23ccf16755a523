"""The page about the design says what the sheet has."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHEET = (ROOT / "static" / "leaderboard.css").read_text(encoding="utf-8")
WRITTEN = (ROOT / "docs" / "design-system.md").read_text(encoding="utf-8")


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--[a-z-]+): ([^;]+);", block))


def test_every_colour_is_written_down_as_it_is_by_day_and_by_night() -> None:
    day, night = re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL)[:2]
    told = re.findall(r"^\| `(--[a-z-]+)` \| `(#\w+)` \| (?:`(#\w+)` )?\|", WRITTEN, re.MULTILINE)
    assert {name: by_day for name, by_day, _ in told} == tokens(day)
    assert {name: by_night for name, _, by_night in told if by_night} == tokens(night)


def test_every_component_that_is_named_is_drawn() -> None:
    components = WRITTEN.partition("## Components")[2].partition("\n## ")[0]
    named = re.findall(r"`([.#][a-z0-9-]+)`", components)
    assert len(named) > 20
    assert [each for each in named if each not in SHEET] == []
