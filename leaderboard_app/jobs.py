"""What runs by itself in every region, once a minute: Zappa's `events` name these functions.

They take what Lambda gives a function, and need none of it. What fails is raised: Lambda then tries
again, counts it and logs it. To run twice does no harm.
"""

from __future__ import annotations

import logging

from leaderboard_app import __version__
from leaderboard_app.factory import utc_now
from leaderboard_app.process import process
from leaderboard_app.usecases.moderate import mend_what_was_asked
from leaderboard_app.usecases.regions import beat

_log = logging.getLogger(__name__)


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
