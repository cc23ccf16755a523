"""`python -m bootstrap standings`."""

from __future__ import annotations

import secrets
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import click

from bootstrap import exits
from bootstrap.exits import Problem
from bootstrap.exporting.command import PeriodType
from bootstrap.settings import Reader, deployment
from bootstrap.steering.reaching import asking, stores
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.records import Ownership
from leaderboard_app.gateway.clock import utc_now
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.walk import Outcome, Report, Walker

ALL_REGIONS = "all"
RUN = timedelta(minutes=10)
"""How long one run takes at most; the next one goes on from there, until all is done."""

_CODES = (exits.DONE, exits.REFUSED, exits.USAGE, exits.UNAVAILABLE, exits.DENIED)
_UNDONE = frozenset({Outcome.PAUSED, Outcome.LEFT})


@click.command("standings", epilog=exits.explained(*_CODES, exits.UNWELL, exits.INTERRUPTED))
@click.option("--board", "board_id", help="Walk this board's rankings alone.")
@click.option(
    "--period",
    type=PeriodType(),
    help="Walk this period alone: all, a month (2026-11), a week (2026-W48) or a day (2026-11-23).",
)
@click.option(
    "--region",
    default=ALL_REGIONS,
    show_default=True,
    help="Walk in this region alone; each walks for itself.",
)
@click.option("--all", "every", is_flag=True, help="Walk the unchanged rankings, too.")
@click.pass_obj
@exits.interruptible()
def standings_command(
    read: Reader, board_id: str | None, period: Period | None, region: str, *, every: bool
) -> None:
    """Walk the rankings that changed, so that places and spreads are those of now.

    The schedule does it every 5 minutes. A line tells what became of each ranking; where another
    run walks one at this time, it is left to that, and the command ends with 7.
    """
    described = deployment(read)
    _refuse_unknown(described, region)
    counted: Counter[Outcome] = Counter()
    for name, store in stores(described).items():
        if region not in {ALL_REGIONS, name}:
            continue
        with asking(f"Could not walk the rankings of table {described.table} in {name}"):
            work = _Work(described, name, store)
            for report in work.run(work.boards(board_id), period, every=every):
                counted[report.outcome] += 1
                click.echo(_line(name, report))
    click.echo(f"{counted[Outcome.WALKED]} walked, {counted[Outcome.UNCHANGED]} unchanged.")
    if counted[Outcome.HELD]:
        sys.exit(exits.UNWELL)


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be walked in a region."""

    deployment: Deployment
    region: str
    store: DynamoStore

    def boards(self, board_id: str | None) -> Sequence[Board]:
        """Return the board that is named, or all."""
        boards = self.store.boards()
        chosen = [each for each in boards if board_id in {None, each.board_id}]
        if not chosen:
            known = ", ".join(sorted(each.board_id for each in boards)) or "none yet"
            wanted = "at all" if board_id is None else repr(board_id[:40])
            raise Problem(f"There is no board {wanted}. The boards are: {known}.")
        return chosen

    def run(
        self, boards: Sequence[Board], period: Period | None, *, every: bool
    ) -> Iterator[Report]:
        """Yield what became of each ranking, until nothing is left to go on with."""
        chosen = [each for each in boards if period is None or period.kind in each.periods]
        if period and not chosen:
            raise Problem(f"No board that is meant keeps a ranking by {period.kind}.")
        undone: list[View] = []
        for report in self._walker().walk(chosen, period, every=every):
            yield report
            if report.outcome in _UNDONE:
                undone.append(report.view)
        while undone:
            view = undone.pop(0)
            for report in self._walker().walk([view.board], view.period, every=True):
                yield report
                if report.outcome in _UNDONE:
                    undone.append(view)

    def _walker(self) -> Walker:
        ownership = Ownership(self.region, self.deployment.regions)
        return Walker(self.store, ownership, utc_now, utc_now() + RUN, secrets.token_hex(8))


def _refuse_unknown(described: Deployment, region: str) -> None:
    if region != ALL_REGIONS and region not in described.regions:
        known = ", ".join(described.regions)
        raise Problem(f"No stage runs in {region!r}: the regions are {known}.")


def _line(region: str, report: Report) -> str:
    ranking = f"{region} {report.view.board.board_id} {report.view.period}: {report.outcome}"
    if report.outcome not in {Outcome.WALKED, Outcome.PAUSED}:
        return ranking
    said = f"{ranking}, {report.total:,} players"
    if report.pruned:
        said += f", {report.pruned} put right"
    if report.asked:
        said += f", {report.asked} asked of other regions"
    return said
