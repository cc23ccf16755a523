"""The schedule of a sandbox's region: on AWS, EventBridge runs the jobs; here, its server does."""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Sequence
from threading import Thread

from leaderboard_app import jobs
from leaderboard_app.usecases.ports import StoreUnavailable

EVERY_SECONDS = 2.0
"""Far more often than on AWS, so that a person can watch a region fall silent and come back."""

WALKED_SOON, SOON = 3, 30
"""At first the rankings are walked in every third round, so that the example scores have their
places in seconds; after that many rounds, once in that many: a minute."""

Job = Callable[[object, object], object]

_log = logging.getLogger(__name__)


def start() -> None:
    """Run the jobs from now on, beside whatever else this process does, and until it ends."""
    Thread(target=_run, name="schedule", daemon=True).start()


def run_jobs(due: Sequence[Job] = (jobs.heartbeat, jobs.mend)) -> None:
    """Run each job once; what the table does not take now is done the next time."""
    for job in due:
        try:
            job({}, None)
        except StoreUnavailable as error:
            _log.warning("%s was not done this time: %s", getattr(job, "__name__", job), error)


def due_in(number: int) -> tuple[Job, ...]:
    """Return the jobs of a round, counted from 0: the walks not in each."""
    walked = number % (WALKED_SOON if number < SOON else SOON) == 0
    return (jobs.heartbeat, jobs.mend, jobs.walk) if walked else (jobs.heartbeat, jobs.mend)


def _run() -> None:
    for number in itertools.count():
        run_jobs(due_in(number))
        time.sleep(EVERY_SECONDS)
