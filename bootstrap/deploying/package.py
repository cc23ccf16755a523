"""The package that is uploaded: what is meant to be in it, compiled, and nothing else.

Zappa packs the whole working folder and the whole virtual environment, so what is in its package
depends on the machine. Ours is chosen from that, name by name. Zappa also stamps every file with
1980, so that Python takes all bytecode for stale and compiles some 590 modules at each cold start:
ours is told by the source's hash instead, and is not looked at again.
"""

from __future__ import annotations

import compileall
import py_compile
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from bootstrap.exits import Problem
from leaderboard_app.process import COMPILED_TEMPLATES

APP = frozenset({"leaderboard_app", "static", "templates", "wsgi.py", "zappa_settings.json"})
FROM_ZAPPA = frozenset({"handler.py", "zappa", "zappa_settings.py"})
LIBRARIES = frozenset(
    {
        *("blinker", "click", "flask", "itsdangerous", "jinja2", "markupsafe", "werkzeug"),
        *("flask_wtf", "wtforms"),
        # Zappa's handler imports it.
        "durationpy",
    }
)
"""What is not on Lambda anyway: boto3, and what it needs, is."""

MADE = frozenset({COMPILED_TEMPLATES})

CONTENTS = APP | FROM_ZAPPA | LIBRARIES | MADE

MAX_BYTES = 5_000_000
LAMBDA_FOLDER = "/var/task"
ARCHITECTURE = "x86_64-linux-gnu"

_BYTECODE = "__pycache__"
_LEFT_OUT = frozenset({".c", ".h", ".po", ".pxd", ".pyc", ".pyi", ".pyx", ".typed"})
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
_RUN_BY_ALL = 0o755 << 16


def tidy(
    package: Path, runtime: str, add: Callable[[Path], None], most: int = MAX_BYTES
) -> tuple[str, ...]:
    """Make a package hold what is meant to be in it, compiled; return the names of that.

    The same content gives the same package, byte for byte.

    Args:
        package: what Zappa packed; it is replaced.
        runtime: the Python that it runs on, this process's own, as `python3.13`.
        add: writes what else belongs into it, into a folder with what it holds.
        most: how many bytes it may have.

    Raises:
        Problem: something is missing from it, or it has become too large.
    """
    with tempfile.TemporaryDirectory(prefix="package-") as name:
        folder = Path(name)
        with zipfile.ZipFile(package) as packed:
            wanted = [entry for entry in packed.namelist() if _is_wanted(entry, runtime)]
            packed.extractall(folder, wanted)
        add(folder)
        _check_complete({path.name for path in folder.iterdir()})
        _compile(folder)
        names = _pack(folder, package)
    size = package.stat().st_size
    if size > most:
        raise Problem(
            f"The package has {size:,} bytes, and may have {most:,}: look into {package} for "
            "what does not belong there, and leave it out in bootstrap/deploying/package.py."
        )
    return names


def _is_wanted(entry: str, runtime: str) -> bool:
    path = PurePosixPath(entry)
    if entry.endswith("/") or path.parts[0] not in CONTENTS or _BYTECODE in path.parts:
        return False
    if path.suffix == ".so":
        # Of another Python or system, it is of no use there; MarkupSafe does without.
        return path.name.endswith(f".{_abi(runtime)}-{ARCHITECTURE}.so")
    return path.suffix not in _LEFT_OUT and not any(part.startswith(".") for part in path.parts)


def _abi(runtime: str) -> str:
    """Return `cpython-313` for `python3.13`."""
    return runtime.replace("python", "cpython-").replace(".", "")


def _check_complete(names: set[str]) -> None:
    missing = CONTENTS - names
    if missing:
        raise Problem(
            f"The package lacks {', '.join(sorted(missing))}: deploy from the checkout, in an "
            "environment with requirements/ops.txt, and see that no `exclude` of "
            "zappa_settings.json names it."
        )


def _compile(folder: Path) -> None:
    """Compile all modules, for tracebacks that name the files as they lie on Lambda."""
    good = compileall.compile_dir(
        folder,
        quiet=2,
        stripdir=str(folder),
        prependdir=LAMBDA_FOLDER,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    if not good:
        raise Problem(
            "A module of the package can't be compiled: python -m compileall -q leaderboard_app "
            "says which."
        )


def _pack(folder: Path, package: Path) -> tuple[str, ...]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _FIRST_MOMENT)
            entry.create_system, entry.external_attr = 3, _RUN_BY_ALL
            packed.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
        return tuple(packed.namelist())
