"""The game's own metrics, as lines that CloudWatch reads out of a Lambda's log.

Each function returns one line of JSON in CloudWatch's embedded metric format: written to standard
output by itself, it is counted under the namespace `Leaderboard`. What tells one metric from
another are the service and the region alone, as each further dimension is paid for; what else a
line says (the board, the reason) is found by a query on the log.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

NAMESPACE = "Leaderboard"
DIMENSIONS = ("Service", "Region")

ACCEPTED, REFUSED, RANK_AGE = "SubmissionsAccepted", "SubmissionsRefused", "RankAge"


@dataclass(frozen=True, slots=True)
class Metrics:
    """Writes down what happens in one region.

    Attributes:
        service: the deployment's prefix, as `arcade`.
        region: where it happens.
    """

    service: str
    region: str

    def submission_accepted(self, board_id: str, at: datetime) -> str:
        """Return the line for a submission that was stored, and was not known before."""
        return self._line(ACCEPTED, 1, "Count", at, board=board_id)

    def submission_refused(self, reason: str, at: datetime) -> str:
        """Return the line for a submission that was not taken.

        Args:
            reason: why, in a word of a short list (`invalid`, `unavailable`), never what a player
                typed.
            at: when; aware.
        """
        return self._line(REFUSED, 1, "Count", at, reason=reason)

    def rank_age(self, board_id: str, seconds: float, at: datetime) -> str:
        """Return the line for how old the counted ranks of a board are; at least 0 s.

        That is the time since a walk last found them right, be it by counting or because nothing
        had changed. An alarm waits for such lines: each run of the schedule has to say one.
        """
        return self._line(RANK_AGE, max(seconds, 0.0), "Seconds", at, board=board_id)

    def _line(self, name: str, value: float, unit: str, at: datetime, **said: str) -> str:
        metric = {"Name": name, "Unit": unit}
        directive = {"Namespace": NAMESPACE, "Dimensions": [DIMENSIONS], "Metrics": [metric]}
        line = {
            "_aws": {"Timestamp": int(at.timestamp() * 1000), "CloudWatchMetrics": [directive]},
            **dict(zip(DIMENSIONS, (self.service, self.region), strict=True)),
            name: value,
            **said,
        }
        return json.dumps(line, separators=(",", ":"))
