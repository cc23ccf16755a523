"""Operators' decisions count at once where they were made, and can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.decisions import SETTLING, Act
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.periods import ALL_TIME
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.records import NOBODY_SPECIAL, Ownership, Profile
from leaderboard_app.gateway import items
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases import moderate
from leaderboard_app.usecases.read import top
from tests.worlds import BOARD, DUBLIN, NOW, OREGON, REGIONS, player, send, submission

ADA = player().player_id
IN_OREGON, IN_DUBLIN = Ownership(OREGON, REGIONS), Ownership(DUBLIN, REGIONS)


def act(number: int = 1, minutes: int = 0) -> Act:
    """Return an operator's act."""
    return Act(f"{number:06}", "operator", "a cheat", NOW + timedelta(minutes=minutes))


def shown(store: DynamoStore) -> list[tuple[str, int]]:
    """Return who stands where with what."""
    rows = top(store, View(BOARD, ALL_TIME), NOW).rows
    return [(row.name, row.score(BOARD.order)) for row in rows]


@pytest.fixture
def played(store: DynamoStore) -> DynamoStore:
    """Return a store where Ada has 10 and 30 by Oregon, 20 by Dublin, and Bob has 15."""
    store.client.put_item(TableName=store.table_name, Item=items.board_item(BOARD))
    for one in (submission(10), submission(30), submission(20, writer=DUBLIN)):
        send(store, one)
    send(store, submission(15, "bob"))
    return store


def test_a_removed_best_gives_way_to_the_next_best_at_once(played: DynamoStore) -> None:
    """Invariant 5: also where another writer holds the next best."""
    moderate.remove(played, BOARD, ADA, submission(30).submission_id, act(), IN_OREGON)
    assert shown(played) == [("ada", 20), ("bob", 15)]
    moderate.remove(played, BOARD, ADA, submission(20).submission_id, act(2), IN_OREGON)
    assert shown(played) == [("bob", 15), ("ada", 10)]
    moderate.remove(played, BOARD, ADA, submission(10).submission_id, act(3), IN_OREGON)
    assert shown(played) == [("bob", 15)]


def test_a_restored_score_stands_again(played: DynamoStore) -> None:
    one = submission(30).submission_id
    moderate.remove(played, BOARD, ADA, one, act(), IN_OREGON)
    moderate.restore(played, BOARD, ADA, one, act(2), IN_DUBLIN)
    assert shown(played) == [("ada", 30), ("bob", 15)]


def test_a_banned_player_is_ranked_nowhere_until_pardoned(played: DynamoStore) -> None:
    moderate.set_profile(played, ADA, Profile(banned=True), act(), IN_DUBLIN)
    assert shown(played) == [("bob", 15)]
    assert played.moderation.moderated() == {ADA: Profile(banned=True)}
    moderate.set_profile(played, ADA, NOBODY_SPECIAL, act(2), IN_OREGON)
    assert shown(played) == [("ada", 30), ("bob", 15)]
    assert played.moderation.moderated() == {}


def test_a_void_takes_what_came_before_and_nothing_after(played: DynamoStore) -> None:
    moderate.set_profile(played, ADA, Profile(voided_at=NOW), act(), IN_OREGON)
    assert shown(played) == [("bob", 15)]
    later = NOW + timedelta(minutes=1)
    send(played, submission(5, at=later), now=later)
    assert shown(played) == [("bob", 15), ("ada", 5)]


def test_every_region_is_asked_to_mend_and_forgets_it_when_all_is_settled(
    played: DynamoStore,
) -> None:
    moderate.remove(played, BOARD, ADA, submission(30).submission_id, act(), IN_OREGON)
    for ownership in (IN_OREGON, IN_DUBLIN):
        assert moderate.mend_what_was_asked(played, ownership, NOW) == 1
        assert moderate.mend_what_was_asked(played, ownership, NOW + SETTLING) == 1
        assert moderate.mend_what_was_asked(played, ownership, NOW + SETTLING) == 0


def test_what_a_crossing_write_overwrote_is_mended_by_its_owner(played: DynamoStore) -> None:
    """Invariant 4: entries are worked out from submissions, which nobody overwrites."""
    moderate.remove(played, BOARD, ADA, submission(30).submission_id, act(), IN_OREGON)
    lost = {"pk": {"S": "player#ada"}, "sk": {"S": f"board#global#entry#all#{DUBLIN}"}}
    played.client.delete_item(TableName=played.table_name, Key=lost)
    moderate.mend_what_was_asked(played, IN_DUBLIN, NOW)
    assert shown(played) == [("ada", 20), ("bob", 15)]


def test_a_region_that_was_outdone_takes_its_entry_out_at_its_next_run(
    played: DynamoStore,
) -> None:
    """Invariant 5: soon after, not only when the player comes back there."""
    send(played, submission(40, writer=DUBLIN))
    assert moderate.mend_what_was_asked(played, IN_OREGON, NOW) == 1
    entries = played.record(BOARD, ADA, NOW).entries
    ranked = {(entry.writer, entry.score) for entry in entries if entry.ranked}
    assert ranked == {(DUBLIN, 40)}


def test_mending_what_is_right_writes_nothing(played: DynamoStore) -> None:
    assert not moderate.mend(played, BOARD, ADA, IN_OREGON.covers, NOW)


def test_a_decision_counts_on_every_board(played: DynamoStore) -> None:
    other = Board("other", "Other")
    played.client.put_item(TableName=played.table_name, Item=items.board_item(other))
    send(played, submission(7, board=other), other)
    moderate.set_profile(played, ADA, Profile(banned=True), act(), IN_OREGON)
    assert top(played, View(other, ALL_TIME), NOW).rows == ()


@pytest.mark.parametrize(("by", "why"), [("", "x"), ("x", ""), ("x", "  "), ("x", "y" * 501)])
def test_a_decision_that_nobody_explains_is_refused(by: str, why: str) -> None:
    with pytest.raises(InvalidValue):
        Act("1", by, why, NOW)
