"""What is installed is what was chosen: every package pinned, and known by its digest."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
LOCKED = ("app.txt", "ops.txt", "dev.txt", "lambda.txt")
DIGEST = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def packages(name: str) -> dict[str, str]:
    """Return the packages of a requirements file, each with all that stands behind it."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    lines = re.sub(r"(?m)^\s*#.*$", "", text).replace("\\\n", " ").splitlines()
    found = [line.partition("--hash") for line in lines if line.strip()]
    return {wanted.strip(): sign + rest for wanted, sign, rest in found}


@pytest.mark.parametrize("name", LOCKED)
def test_every_package_is_pinned_and_known_by_its_digest(name: str) -> None:
    found = packages(name)
    assert found
    for wanted, digests in found.items():
        specifiers = [one.operator for one in Requirement(wanted).specifier]
        assert specifiers == ["=="], wanted
        assert DIGEST.search(digests), wanted


def test_no_file_names_an_index_or_a_package_by_its_address() -> None:
    for name in LOCKED:
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        assert not re.search(r"--(?:extra-)?index-url|--find-links|://| @ ", text), name


def test_pip_is_told_to_ask_for_digests() -> None:
    commands = re.findall(r"(?m)^INSTALL := .*$", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert len(commands) == 1
    assert "--require-hashes" in commands[0]
    assert "--require-hashes" in (ROOT / ".ci" / "audit.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["axe", "lighthouse", "observatory"])
def test_the_scanners_packages_are_known_by_their_digests_and_run_nothing(name: str) -> None:
    folder = ROOT / ".ci" / name
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    others = {path: each for path, each in lock["packages"].items() if path}
    assert others
    for path, each in others.items():
        assert each.get("integrity"), path
        assert "resolved" not in each, path
    assert "ignore-scripts=true\n" in (folder / ".npmrc").read_text(encoding="utf-8")
