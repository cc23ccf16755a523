"""`python -m benchmarks`: measure, print one table, and write it all to a JSON file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import bootstrap.data
from benchmarks import (
    backends,
    cold_start,
    importing,
    machine,
    page,
    ranks,
    results,
    standin,
    submitting,
)
from benchmarks.results import Result
from benchmarks.runs import Task
from bootstrap.sandbox.loopback import address_of
from leaderboard_app.deployment import Deployment

FILE = Path(bootstrap.data.__file__).with_name("import-data.csv")

_PARTS = ("cold-start", "page", "submit", "rank", "import")

NOWHERE = address_of(9)
"""What is asked where no backend runs: a port for what is thrown away. Never AWS."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the command line names."""
    options = _options(arguments)
    facts = machine.facts() | {"quick": options.quick}
    with backends.asked_at(NOWHERE):
        measured = list(_measured(options.only, options.dynamodb_local, quick=options.quick))
    print(machine.said(facts))
    print(results.table(measured))
    for explained in (importing.explained, cold_start.explained, ranks.explained):
        for line in filter(None, map(explained, measured)):
            print(line)
    results.write(measured, facts, options.output)
    print(f"Details: {options.output}")


def _measured(only: str | None, dynamodb_local: Path | None, *, quick: bool) -> Iterator[Result]:
    effort = importing.QUICK if quick else importing.FULL
    task = Task(FILE, Deployment.read(), datetime.now(UTC))
    with backends.ministack() as ministack:
        if only in {None, "cold-start"}:
            print("Starting cold ...", file=sys.stderr)
            rounds = cold_start.QUICK if quick else cold_start.FULL
            yield from cold_start.measure(ministack, rounds)
        if only in {None, "page"}:
            print("Asking for pages ...", file=sys.stderr)
            yield from page.measure(ministack, task, page.QUICK if quick else page.FULL)
        if only in {None, "submit"}:
            print("Submitting ...", file=sys.stderr)
            rounds = submitting.QUICK if quick else submitting.FULL
            yield from submitting.measure(ministack, rounds)
        if only in {None, "rank"} and dynamodb_local is None:
            print("Ranking ...", file=sys.stderr)
            yield from ranks.measure(ministack, ranks.QUICK if quick else ranks.SIZES)
        if only in {None, "import"}:
            yield from importing.measure(ministack, task, effort)
    if only in {None, "rank"} and dynamodb_local is not None:
        print("Ranking ...", file=sys.stderr)
        with backends.dynamodb_local(dynamodb_local) as backend:
            yield from ranks.measure(backend, ranks.SIZES if quick else ranks.BIG)
    if only in {None, "import"}:
        with standin.running() as backend:
            yield from importing.measure(backend, task, effort)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=_PARTS, help="measure one of them")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: half a minute")
    parser.add_argument(
        "--dynamodb-local",
        metavar="FOLDER",
        type=Path,
        help="rank on the DynamoDB Local in there, whose read units are true: some minutes",
    )
    parser.add_argument(
        "--output", metavar="FILE", type=Path, default=results.LATEST, help="the JSON file"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
