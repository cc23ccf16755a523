"""An interpreter is judged by running it: what is on the path may be a shim that only fails."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bootstrap.deploying.offline import pythons

THIS = f"python{sys.version_info.major}.{sys.version_info.minor}"


def put_on_the_path(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_this_python_is_taken_where_it_is_the_one() -> None:
    found = pythons.find(THIS)
    assert found.version == THIS
    assert Path(found.path).exists()


def test_a_shim_that_fails_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_on_the_path(tmp_path, "python3.99", "echo 'python3.99: command not found' >&2; exit 127")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert pythons.find("python3.99").version == THIS


def test_a_shim_that_answers_as_another_version_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_on_the_path(tmp_path, "python3.99", f'exec {sys.executable} "$@"')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert pythons.find("python3.99").version == THIS


def test_a_version_behind_pyenv_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "test -n \"$PYENV_VERSION\" || exit 127; printf 'python3.99\\n/somewhere/python\\n'"
    put_on_the_path(tmp_path, "python3.99", script)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.delenv("PYENV_VERSION", raising=False)
    assert pythons.find("python3.99") == pythons.Python("python3.99", "/somewhere/python")
