"""Few words for what tests often need: players, submissions, boards, regions."""

from __future__ import annotations

from datetime import UTC, datetime

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.records import Ownership
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.usecases.ports import Store
from leaderboard_app.usecases.submit import Accepted, submit

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OREGON, DUBLIN = "us-west-2", "eu-west-1"
REGIONS = (OREGON, DUBLIN)
BOARD = Board("global", "Global")


def player(name: str = "ada", country: str = "FI") -> Player:
    """Return a player whose id is the name in lower case."""
    return Player(PlayerId(name.lower()), name, Country(country))


def submission(
    score: int,
    name: str = "ada",
    *,
    country: str = "FI",
    at: datetime = NOW,
    writer: str = OREGON,
    seed: int = 0,
    board: Board = BOARD,
) -> Submission:
    """Return a submission; its id differs by player, score, time and seed."""
    who = player(name, country)
    entropy = (hash_of(f"{name} {score} {seed}")).to_bytes(10)
    return Submission(SubmissionId.make(at, entropy), board.board_id, who, score, writer, "form")


def hash_of(text: str) -> int:
    """Return 80 bits of a text, the same in every process."""
    value = 0
    for char in text:
        value = (value * 1_000_003 + ord(char)) % 2**80
    return value


def send(store: Store, one: Submission, board: Board = BOARD, now: datetime = NOW) -> Accepted:
    """Submit to the store of the submission's own region."""
    return submit(store, board, one, Ownership(one.writer, REGIONS), now)
