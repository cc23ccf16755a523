"""The schedule of a sandbox's region: on AWS, EventBridge runs the jobs; here, its server does."""

from __future__ import annotations

import logging
import time
from threading import Thread

from leaderboard_app import jobs
from leaderboard_app.usecases.ports import StoreUnavailable

EVERY_SECONDS = 2.0
"""Far more often than on AWS, so that a person can watch a region fall silent and come back."""

_log = logging.getLogger(__name__)


def start() -> None:
    """Run the jobs from now on, beside whatever else this process does, and until it ends."""
    Thread(target=_run, name="schedule", daemon=True).start()


def run_jobs() -> None:
    """Run each job once; what the table does not take now is done the next time."""
    for job in (jobs.heartbeat, jobs.mend):
        try:
            job({}, None)
        except StoreUnavailable as error:
            _log.warning("%s was not done this time: %s", job.__name__, error)


def _run() -> None:
    while True:
        run_jobs()
        time.sleep(EVERY_SECONDS)
