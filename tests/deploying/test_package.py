"""A package holds what is meant to be in it, compiled, whatever lay about where it was packed."""

from __future__ import annotations

import importlib.util
import struct
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from bootstrap.deploying.package import CONTENTS, LIBRARIES, MADE, tidy
from bootstrap.exits import Problem

RUNTIME = f"python{sys.version_info.major}.{sys.version_info.minor}"
ABI = f"cpython-{sys.version_info.major}{sys.version_info.minor}"
UNCHECKED_HASH = 0b01

MODULES = {
    "wsgi.py": "app = object()",
    "handler.py": "import wsgi",
    "zappa_settings.py": "DEBUG = False",
    "zappa_settings.json": "{}",
}
LYING_ABOUT = (
    ".env",
    ".sandbox/secret-key",
    "leaderboard_app/.env",
    "leaderboard_app/__pycache__/stale.cpython-39.pyc",
    "leaderboard_app/old.pyc",
    "tests/test_all.py",
    "bootstrap/cli.py",
    "boto3/__init__.py",
    "mypy/__init__.py",
    "package_info.json",
    "markupsafe/_speedups.c",
    "markupsafe/_speedups.cpython-39-x86_64-linux-gnu.so",
    f"markupsafe/_speedups.{ABI}-darwin.so",
)


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Return what Zappa would pack, in a checkout where much lies about."""
    path = tmp_path / "package.zip"
    folders = [name for name in CONTENTS - MADE if "." not in name]
    files = MODULES | {f"{name}/__init__.py": "" for name in folders}
    files |= dict.fromkeys(LYING_ABOUT, "x")
    files[f"markupsafe/_speedups.{ABI}-x86_64-linux-gnu.so"] = "x"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def add(folder: Path) -> None:
    """Add what is made for the package alone."""
    for name in MADE:
        (folder / name).mkdir()
        (folder / name / "template.py").write_text("name = 'template'", encoding="utf-8")


def test_only_what_is_meant_stays(packed: Path) -> None:
    names = tidy(packed, RUNTIME, add)
    assert {name.partition("/")[0] for name in names} == CONTENTS | {"__pycache__"}
    assert not set(names) & set(LYING_ABOUT)
    assert f"markupsafe/_speedups.{ABI}-x86_64-linux-gnu.so" in names


def test_bytecode_is_told_by_hash_and_never_looked_at_again(packed: Path) -> None:
    tidy(packed, RUNTIME, add)
    with zipfile.ZipFile(packed) as archive:
        compiled = archive.read(f"__pycache__/wsgi.{ABI}.pyc")
        sources = [name for name in archive.namelist() if name.endswith(".py")]
        bytecode = [name for name in archive.namelist() if name.endswith(".pyc")]
    assert compiled[:4] == importlib.util.MAGIC_NUMBER
    assert struct.unpack("<I", compiled[4:8])[0] == UNCHECKED_HASH
    assert len(bytecode) == len(sources)


def test_bytecode_is_used_where_files_can_not_be_written(packed: Path, tmp_path: Path) -> None:
    """As on Lambda, with all files of 1980, which is what made Zappa's own stale."""
    tidy(packed, RUNTIME, add)
    task = tmp_path / "task"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(task)
    code = "import sys, wsgi; print(wsgi.__cached__, wsgi.__spec__.loader.__class__.__name__)"
    (task / "wsgi.py").write_text("raise SystemError('compiled anew')", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=task, capture_output=True, text=True, check=True
    )
    assert f"wsgi.{ABI}.pyc" in ran.stdout


def test_the_same_content_gives_the_same_package(packed: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    again.write_bytes(packed.read_bytes())
    tidy(packed, RUNTIME, add)
    tidy(again, RUNTIME, add)
    assert packed.read_bytes() == again.read_bytes()


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("wsgi.py", "")
    with pytest.raises(Problem, match=r"lacks blinker, click, .*requirements/ops\.txt"):
        tidy(path, RUNTIME, add)


def test_a_package_that_grew_too_large_is_refused(packed: Path) -> None:
    with pytest.raises(Problem, match="bytes, and may have 10"):
        tidy(packed, RUNTIME, add, most=10)


def test_a_module_that_is_no_python_is_refused(packed: Path) -> None:
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("leaderboard_app/broken.py", "def")
    with pytest.raises(Problem, match="can't be compiled"):
        tidy(packed, RUNTIME, add)


def test_the_libraries_are_those_that_the_app_and_zappas_handler_need() -> None:
    """Those of install_requires, with all that they need, but for boto3: that is on Lambda."""
    on_lambda = needed("boto3")
    wanted = needed("flask", "flask-wtf", "wtforms", "durationpy") - on_lambda
    provided = metadata.packages_distributions()
    folders = {name for name, by in provided.items() if wanted & {each.lower() for each in by}}
    assert folders >= LIBRARIES
    assert {name for name in folders if not name.startswith("_")} == LIBRARIES


def needed(*names: str) -> set[str]:
    """Return distributions and what they need, in lower case."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in found:
            continue
        found.add(name)
        requirements = (Requirement(each) for each in metadata.requires(name) or ())
        waiting += [
            each.name
            for each in requirements
            if each.marker is None or each.marker.evaluate({"extra": ""})
        ]
    return found
