"""A row of the file as a submission: every value by the domain's own rules."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from bootstrap.importing.scorefile import PLAYER_ID, Record
from leaderboard_app.domain import moments, scores
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.entries import IMPORT
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.submissions import (
    ENTROPY_BYTES,
    FURTHEST_AHEAD,
    Submission,
    SubmissionId,
)

_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?",
    re.ASCII | re.IGNORECASE,
)
_COLUMN_BY_FIELD = {
    "name": "player",
    "player_id": PLAYER_ID,
    "country": "country",
    "score": "score",
}


class BadRow(Exception):
    """A row that is not imported.

    Attributes:
        column: the one at fault; empty where it is the row as a whole.
        reason: one sentence.
    """

    def __init__(self, column: str, reason: str) -> None:
        """Keep both for the file of rejects."""
        super().__init__(reason)
        self.column = column
        self.reason = reason


def submission_of(record: Record, board: Board, now: datetime) -> Submission:
    """Return the submission of a row: the same row, the same submission, whenever it is read.

    Raises:
        BadRow: a value breaks a rule.
    """
    if record.cells is None or record.broken:
        raise BadRow("", record.broken)
    cells = record.cells
    try:
        named = cells.get(PLAYER_ID, "").strip()
        player_id = PlayerId(named) if named else None
        player = Player.named(cells["player"], Country.parse(cells["country"]), player_id)
        score = board.check(scores.parse(cells["score"], board.decimals))
        achieved_at = moment(cells["achieved_at"], now)
        return Submission(
            submission_id=_submission_id(board, player, score, achieved_at),
            board_id=board.board_id,
            player=player,
            score=score,
            writer=IMPORT,
            source=IMPORT,
        )
    except InvalidValue as cause:
        column = _COLUMN_BY_FIELD.get(cause.field, "achieved_at")
        raise BadRow(column, cause.message) from cause


def moment(text: str, now: datetime) -> datetime:
    """Return the time that ISO 8601 text gives.

    Raises:
        InvalidValue: it is something else, names no offset from UTC, lies over 5 minutes ahead, or
            is one that no score can have.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise _no_moment("Write the time like 2026-11-23T18:30:00Z.")
    day, time, offset = match.groups()
    if offset is None:
        raise _no_moment("The time lacks its offset: a Z at its end for UTC, or one like +02:00.")
    try:
        found = datetime.fromisoformat(f"{day}T{time}{offset.upper()}")
    except ValueError as cause:
        raise _no_moment(f"There is no such time: {cause}.") from cause
    if found > now + FURTHEST_AHEAD:
        raise _no_moment("The time lies ahead.")
    moments.to_ms(found)
    return found


def _submission_id(board: Board, player: Player, score: int, achieved_at: datetime) -> SubmissionId:
    """Derive the id from the row: its time, and a digest of the rest."""
    # No value can hold a line break, so that different rows never give the same text.
    rest = (board.board_id, player.player_id.value, str(score), player.country.code, player.name)
    digest = hashlib.sha256("\n".join(rest).encode()).digest()
    return SubmissionId.make(achieved_at, digest[:ENTROPY_BYTES])


def _no_moment(reason: str) -> InvalidValue:
    return InvalidValue.saying("achieved_at", reason)
