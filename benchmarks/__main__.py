"""`python -m benchmarks`: measure, print one table, and write it all to a JSON file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import bootstrap.data
from benchmarks import backends, importing, machine, page, results, standin
from benchmarks.results import Result
from benchmarks.runs import Task
from bootstrap.sandbox.loopback import address_of
from leaderboard_app.deployment import Deployment

FILE = Path(bootstrap.data.__file__).with_name("import-data.csv")

NOWHERE = address_of(9)
"""What is asked where no backend runs: a port for what is thrown away. Never AWS."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the command line names."""
    options = _options(arguments)
    facts = machine.facts() | {"quick": options.quick}
    with backends.asked_at(NOWHERE):
        measured = list(_measured(options.only, quick=options.quick))
    print(machine.said(facts))
    print(results.table(measured))
    for line in filter(None, map(importing.explained, measured)):
        print(line)
    results.write(measured, facts, options.output)
    print(f"Details: {options.output}")


def _measured(only: str | None, *, quick: bool) -> Iterator[Result]:
    effort = importing.QUICK if quick else importing.FULL
    task = Task(FILE, Deployment.read(), datetime.now(UTC))
    with backends.ministack() as ministack:
        if only != "import":
            print("Asking for pages ...", file=sys.stderr)
            yield from page.measure(ministack, task, page.QUICK if quick else page.FULL)
        if only != "page":
            yield from importing.measure(ministack, task, effort)
    if only != "page":
        with standin.running() as backend:
            yield from importing.measure(backend, task, effort)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=("page", "import"), help="measure one of the two")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: half a minute")
    parser.add_argument(
        "--output", metavar="FILE", type=Path, default=results.LATEST, help="the JSON file"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
