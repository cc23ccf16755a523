"""Loading keeps players about whom something was decided out of the rankings, until mended."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.entries import IMPORT
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.records import Ownership, Profile
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway.bulk import BulkLoader
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import moderate
from leaderboard_app.usecases.load import load
from leaderboard_app.usecases.ports import Loaded
from leaderboard_app.usecases.read import top
from tests.worlds import BOARD, NOW, OREGON, REGIONS, player, submission

OWNERSHIP = Ownership(OREGON, REGIONS)
ACT = Act("1", "operator", "a cheat", NOW)


def imported(score: int, name: str = "ada", hours_ago: int = 1) -> Submission:
    """Return an imported submission."""
    return submission(score, name, writer=IMPORT, at=NOW - timedelta(hours=hours_ago))


def import_(store: DynamoStore, *many: Submission) -> Loaded:
    """Load submissions."""
    loader = BulkLoader(OREGON, store.table_name)
    return sum(load(store, loader, BOARD, many, OWNERSHIP, NOW), Loaded())


def shown(store: DynamoStore) -> list[tuple[str, int]]:
    """Return who stands where with what."""
    rows = top(store, View(BOARD, ALL_TIME), NOW).rows
    return [(row.name, row.score(BOARD.order)) for row in rows]


def test_a_banned_players_rows_are_stored_and_ranked_nowhere(store: DynamoStore) -> None:
    profile = Profile(banned=True)
    moderate.set_profile(store, player().player_id, profile, ACT, OWNERSHIP)
    assert import_(store, imported(10), imported(5, "bob")) == Loaded(stored=2)
    assert shown(store) == [("bob", 5)]
    assert len(store.history(BOARD, player().player_id, 5, NOW)[1]) == 1


@pytest.mark.parametrize("first", [30, 5])
def test_of_a_voided_player_what_came_after_is_ranked(store: DynamoStore, first: int) -> None:
    """Also below an imported entry that counts no more."""
    import_(store, imported(first, hours_ago=9))
    profile = Profile(voided_at=NOW - timedelta(hours=8))
    moderate.set_profile(store, player().player_id, profile, ACT, OWNERSHIP)
    import_(store, imported(10, hours_ago=1), imported(20, hours_ago=10))
    assert shown(store) == [("ada", 10)]
