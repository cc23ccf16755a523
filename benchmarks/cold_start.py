"""From a fresh process to the first page: our package against one by Zappa's defaults.

Both hold this checkout, and are run as Lambda runs them: unpacked, all files of 1980 and no
bytecode written, in a process that has imported nothing yet, with Lambda's boto3 beside them.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from benchmarks import cold_child, packages
from benchmarks.backends import Backend
from benchmarks.measure import Times
from benchmarks.packages import Pythons
from benchmarks.results import Result
from bootstrap.secret.parameters import Vault
from bootstrap.secret.run import Keeper
from bootstrap.table.apply import Apply
from leaderboard_app.deployment import Deployment

TARGET, FIRST_PAGE_TARGET = 0.45, 3.0
FULL, QUICK = 15, 3
"""Processes of each side."""

COUNTRIES = ("AT", "BE", "CA", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IT", "NO", "SE", "US")
"""A warm page is that of another country each time: read and made, and not remembered."""

TOP_IMPORTS = 12

_LAMBDA_MOMENT = 315532800
"""1 January 1980, as Zappa stamps every file of a package."""

_AT_IMPORT = {"INSTANTIATE_LAMBDA_HANDLER_ON_IMPORT": "1"}

_PAGE = "/boards/global"
_EVENT = {
    "resource": "/{proxy+}",
    "path": _PAGE,
    "httpMethod": "GET",
    "headers": {"Host": "abcdef1234.execute-api.us-west-2.amazonaws.com"},
    "queryStringParameters": None,
    "requestContext": {"stage": "oregon", "identity": {"sourceIp": "203.0.113.9"}},
    "body": None,
    "isBase64Encoded": False,
}
_WARM = [_EVENT | {"queryStringParameters": {"country": code}} for code in COUNTRIES]


@dataclass(frozen=True, slots=True)
class Contender:
    """A package, unpacked.

    Attributes:
        task: where.
        environ: the variables that it runs with.
    """

    task: Path
    environ: Mapping[str, str]


def measure(backend: Backend, rounds: int) -> Iterator[Result]:
    """Yield how the packages compare, and our first page with a warm one."""
    deployment = Deployment.read()
    Apply.to(deployment, lambda _: None).run()
    Keeper(Vault.of(deployment), lambda _: None).run()
    pythons = packages.pythons()
    with TemporaryDirectory() as name:
        folder = Path(name)
        packed = packages.ours(pythons, folder), packages.defaults(pythons, folder)
        ours = _unpacked(packed[0], folder / "ours", backend, _AT_IMPORT)
        theirs = _unpacked(packed[1], folder / "theirs", backend, {})
        sizes = [package.stat().st_size for package in packed]
        yield from _compared(pythons, ours, theirs, rounds, sizes)


def _compared(
    pythons: Pythons, ours: Contender, theirs: Contender, rounds: int, sizes: Sequence[int]
) -> Iterator[Result]:
    mine: list[dict[str, float]] = []
    zappas: list[dict[str, float]] = []
    for number in range(-1, rounds):
        sides = [(ours, mine), (theirs, zappas)]
        for contender, taken in sides if number % 2 else reversed(sides):
            ran = _started(pythons, contender)
            # The first of each fills the system's cache of files, and does not count.
            if number >= 0:
                taken.append(ran)
    notes = {"bytes": sizes, "imports": _top_imports(pythons, ours)}
    yield Result(
        "cold-start",
        f"cold start to the first page, {pythons.version}, against Zappa's defaults",
        _times(mine, "whole"),
        _times(zappas, "whole"),
        TARGET,
        notes=notes,
    )
    what = "of it, our first page against a warm one"
    first, warm = _times(mine, "first"), _times(mine, "warm")
    yield Result("first-page", what, first, warm, FIRST_PAGE_TARGET)


def explained(result: Result) -> str | None:
    """Return the slowest imports in a line, where a result has them."""
    imports = result.notes.get("imports")
    if not imports:
        return None
    told = ", ".join(f"{each['module']} {each['ms']}" for each in imports)
    return f"Slowest imports of our cold start, each without its own, in ms: {told}"


def _unpacked(package: Path, task: Path, backend: Backend, more: Mapping[str, str]) -> Contender:
    with zipfile.ZipFile(package) as packed:
        packed.extractall(task)
    for path in task.rglob("*"):
        os.utime(path, (_LAMBDA_MOMENT, _LAMBDA_MOMENT))
    environ = {
        **os.environ,
        **more,
        "AWS_REGION": Deployment.read().regions[0],
        "AWS_ENDPOINT_URL": backend.endpoint,
        "LEADERBOARD_SECRET_PARAMETER": f"/{Deployment.read().prefix}",
        # As on Lambda, where the folder can't be written to.
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return Contender(task, environ)


def _started(pythons: Pythons, contender: Contender) -> dict[str, float]:
    """Return the seconds of one process: to the first page, that page, and a warm one."""
    began = time.perf_counter()
    # The log goes into a file: a pipe that nobody reads would hold the child up once it is full.
    with TemporaryFile("w+") as log, _child(pythons, contender, log) as child:
        assert child.stdout  # noqa: S101 - it is a pipe.
        # Before that line, Zappa says that it makes its handler.
        page = next((line.strip() for line in child.stdout if line.startswith("page")), "no page")
        whole = time.perf_counter() - began
        said = child.stdout.read()
        log.seek(0)
        errors = log.read()
    if page != "page 200":
        raise RuntimeError(f"A cold start failed: {page} {said[-500:]} {errors[-2000:]}")
    return {"whole": whole, **json.loads(said.splitlines()[-1])}


def _child(
    pythons: Pythons, contender: Contender, log: IO[str] | int, options: Sequence[str] = ()
) -> subprocess.Popen[str]:
    arguments = [str(cold_child.__file__), json.dumps(_EVENT), json.dumps(_WARM)]
    return subprocess.Popen(  # noqa: S603 - our own program.
        [pythons.running, "-P", *options, *arguments],
        cwd=contender.task,
        env=contender.environ,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )


def _times(runs: Sequence[Mapping[str, float]], part: str) -> Times:
    return Times(tuple(run[part] for run in runs))


def _top_imports(pythons: Pythons, contender: Contender) -> list[dict[str, Any]]:
    """Return the modules that take longest to import, each without those that it imports."""
    with _child(pythons, contender, subprocess.PIPE, ["-X", "importtime"]) as child:
        told = child.communicate()[1]
    lines = (line for line in told.splitlines() if line.startswith("import time:"))
    rows = [line.removeprefix("import time:").split("|") for line in lines]
    times = [(int(row[0]), row[2].strip()) for row in rows if row[0].strip().isdigit()]
    top = sorted(times, reverse=True)[:TOP_IMPORTS]
    return [{"module": module, "ms": round(took / 1000, 1)} for took, module in top]
