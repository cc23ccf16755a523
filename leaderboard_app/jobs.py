"""What runs by itself in every region, by the clock: Zappa's `events` name these functions.

They take what Lambda gives a function, and need none of it. What fails is raised: Lambda then tries
again, counts it and logs it. To run twice does no harm.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from datetime import timedelta

from leaderboard_app import __version__
from leaderboard_app.gateway.clock import utc_now
from leaderboard_app.logs import METRICS
from leaderboard_app.metrics import Metrics
from leaderboard_app.process import Process, process
from leaderboard_app.usecases.moderate import mend_what_was_asked
from leaderboard_app.usecases.regions import beat
from leaderboard_app.usecases.walk import Outcome, Report, Walker

RUN_SECONDS = 60
"""How long a run of the walks takes at most where nobody says: in the sandbox."""
MEMORY_MB = 1024
"""How much memory there is where nobody says."""

_log = logging.getLogger(__name__)
_counted = logging.getLogger(METRICS)


def heartbeat(_event: object, _context: object) -> None:
    """Say that this region is alive.

    Raises:
        StoreUnavailable: its table does not take it.
    """
    here = process()
    region = here.settings.region
    beat(here.store.roster, region, __version__, here.settings.sites.get(region), utc_now())


def mend(_event: object, _context: object) -> int:
    """Mend what operators asked this region to mend; return how many requests there were.

    Raises:
        StoreUnavailable: what is left is mended at the next run.
    """
    here = process()
    asked = mend_what_was_asked(here.store, here.ownership, utc_now())
    if asked:
        _log.info("Worked on %d mend requests.", asked)
    return asked


def walk(_event: object, context: object) -> int:
    """Walk this region's rankings that changed; return how many were walked to their end.

    Ends in time, by what Lambda's context says is left, and goes on from there at the next run. A
    sixteenth of the memory that the context names may be taken to know who was met.

    Raises:
        StoreUnavailable: what is left is walked at the next run.
    """
    here = process()
    left = getattr(context, "get_remaining_time_in_millis", lambda: RUN_SECONDS * 1000)()
    memory = int(getattr(context, "memory_limit_in_mb", MEMORY_MB))
    walker = Walker(
        store=here.store,
        ownership=here.ownership,
        clock=utc_now,
        deadline=utc_now() + timedelta(milliseconds=left),
        holder=secrets.token_hex(8),
        filter_bytes=memory * 2**20 // 16,
    )
    reports = list(walker.walk(here.store.boards()))
    _count_ages(here, reports)
    told = [each for each in reports if each.outcome is not Outcome.UNCHANGED]
    for each in told:
        ranking = each.view.board.board_id, each.view.period
        _log.info("%s, %s: %s, %d players.", *ranking, each.outcome, each.total)
    return sum(each.outcome is Outcome.WALKED for each in told)


def _count_ages(here: Process, reports: Iterable[Report]) -> None:
    """Count, for each board, for how long the places in its stalest ranking were not made anew."""
    now, region = utc_now(), here.settings.region
    metrics = Metrics(here.settings.deployment.prefix, region)
    ages: dict[str, float] = {}
    for report in reports:
        if report.right_at:
            board_id, age = report.view.board.board_id, (now - report.right_at).total_seconds()
            ages[board_id] = max(age, ages.get(board_id, 0.0))
    for board_id, age in ages.items():
        _counted.info("%s", metrics.rank_age(board_id, age, now))
