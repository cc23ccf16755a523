"""The documents as their tests read them: blocks of commands, tables, headings, links."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leaderboard_app.deployment import SETTINGS_FILE

CHECKOUT = SETTINGS_FILE.parent
DOCS = CHECKOUT / "docs"

BOOTSTRAP = ["python", "-m", "bootstrap"]

_BLOCK = re.compile(
    r"(?:<!-- tried on: (?P<tried>\w+) -->\n)?^ *```(?P<kind>\w*)\n(?P<text>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)
_INDENTED = re.compile(r"(?:^    \S.*\n)+", re.MULTILINE)
_INLINE = re.compile(r"`([^`]+)`")
_WORDS_OF_COMMANDS = ("python", "zappa", "make", "aws", "dig", "curl", "touch", "rm", "kill")


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Attributes:
        kind: what stands behind the fence: `sh`, `insights`.
        text: its lines.
        tried: where a test runs it; empty for nowhere.
    """

    kind: str
    text: str
    tried: str

    def commands(self) -> list[list[str]]:
        """Return its commands, each as a shell would split it."""
        return _commands(self.text)


def read(name: str) -> str:
    """Return a document."""
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(name: str) -> list[Block]:
    """Return the fenced blocks of a document, in order."""
    return [
        Block(found["kind"], found["text"], found["tried"] or "")
        for found in _BLOCK.finditer(read(name))
    ]


def commands(name: str) -> Iterator[list[str]]:
    """Yield every command of a document: in fenced and indented blocks, and within lines."""
    text = read(name)
    for block in blocks(name):
        if block.kind == "sh":
            yield from block.commands()
    prose = _BLOCK.sub("", text)
    for found in _INDENTED.finditer(prose):
        yield from _commands(found[0])
    for found in _INLINE.finditer(prose):
        words = " ".join(found[1].split())
        if words.startswith(_WORDS_OF_COMMANDS) and " " in words:
            yield from _commands(words)


def anchors(name: str) -> set[str]:
    """Return what a link into a document may name: its headings as GitHub makes anchors of them."""
    headings = re.findall(r"^#+ (.+)$", read(name), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {each.replace(" ", "-") for each in kept}


def links(name: str) -> Iterator[tuple[Path, str]]:
    """Yield each link to a file of ours: the file, and the anchor in it, or nothing."""
    for target in re.findall(r"\]\(([^)\s]+)\)", read(name)):
        if "://" not in target:
            path, _, anchor = target.partition("#")
            yield ((DOCS / path).resolve() if path else DOCS / name), anchor


def rows(name: str, header: str) -> list[list[str]]:
    """Return the rows of the table of a document whose header begins with a text."""
    lines = read(name).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {header} |"))
    found = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


def _commands(text: str) -> list[list[str]]:
    joined = text.replace("\\\n", " ")
    return [words for line in joined.splitlines() if (words := shlex.split(line, comments=True))]
