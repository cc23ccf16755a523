"""Players are found by an id or by a name, whoever made up the id."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.decisions import Act
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.records import Ownership, Profile
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.find import find
from leaderboard_app.usecases.moderate import remove, set_profile
from tests.worlds import BOARD, DUBLIN, NOW, OREGON, REGIONS, hash_of, send, submission

WIDE = replace(BOARD, shards=4)
OWNERSHIP = Ownership(OREGON, REGIONS)
ACT = Act("act", "ann", "a cheat", NOW)


def by(
    name: str, player_id: str | None = None, score: int = 10, writer: str = OREGON
) -> Submission:
    """Return a submission of a player of a name, whose id it gives where none is given."""
    who = Player.named(name, Country("FI"), PlayerId(player_id) if player_id else None)
    one = submission(score, writer=writer, seed=hash_of(f"{name} {player_id}"))
    return replace(one, player=who)


def found(store: DynamoStore, text: str, board: Board = BOARD, limit: int = 20) -> list[str]:
    """Return the ids of whom a text finds."""
    return [one.player.player_id.value for one in find(store, board, text, NOW, limit)]


@pytest.mark.parametrize("text", ["Ada", "ada", " ADA ", "\uff21da", "name:ada"])
def test_a_player_of_the_form_is_found_by_the_name_in_any_case(
    store: DynamoStore, text: str
) -> None:
    send(store, by("Ada"))
    assert found(store, text) == ["name:ada"]


@pytest.mark.parametrize("board", [BOARD, WIDE], ids=["one shard", "four shards"])
def test_players_with_ids_of_their_own_are_found_by_the_name(
    store: DynamoStore, board: Board
) -> None:
    for player_id in ("u-3", "u-1", "u-2"):
        send(store, by("Ada", player_id), board)
    send(store, by("Bob", "u-4"), board)
    send(store, by("Ada"), board)
    assert found(store, "ada", board) == ["name:ada", "u-1", "u-2", "u-3"]
    assert found(store, "u-2", board) == ["u-2"]
    assert found(store, "nobody", board) == []


def test_more_than_are_shown_are_said_to_be_there(store: DynamoStore) -> None:
    for number in range(4):
        send(store, by("Ada", f"u-{number}"))
    assert not find(store, BOARD, "Ada", NOW, 4).more
    some = find(store, BOARD, "Ada", NOW, 3)
    assert (len(some), some.more) == (3, True)


def test_who_plays_in_two_regions_is_found_once(store: DynamoStore) -> None:
    send(store, by("Ada", "u-1"))
    send(store, by("Ada", "u-1", 20, writer=DUBLIN))
    assert found(store, "Ada") == ["u-1"]


def test_a_renamed_player_is_found_by_either_name_under_the_latest(store: DynamoStore) -> None:
    send(store, by("Ada", "u-1"))
    send(store, by("Grace", "u-1", 20))
    assert found(store, "Ada") == found(store, "Grace") == ["u-1"]
    (one,) = find(store, BOARD, "u-1", NOW)
    assert one.player.name == "Grace"


def test_a_name_that_only_a_submission_without_effect_bore_is_not_listed(
    store: DynamoStore,
) -> None:
    send(store, by("Ada", "u-1", 20))
    send(store, by("Grace", "u-1", 10))
    assert found(store, "Grace") == []


def test_the_name_of_the_score_that_counts_after_a_removal_is_listed(store: DynamoStore) -> None:
    """Mending brings up a submission that has had no effect until then, and its name."""
    best = by("Ada", "u-1", 20)
    send(store, best)
    send(store, by("Grace", "u-1", 10))
    remove(store, BOARD, PlayerId("u-1"), best.submission_id, ACT, OWNERSHIP)
    assert found(store, "Grace") == ["u-1"]


def test_boards_list_their_own_players_alone(store: DynamoStore) -> None:
    other = Board("other", "Other")
    send(store, by("Ada", "u-1"))
    assert found(store, "Ada", other) == found(store, "u-1", other) == []


def test_a_banned_player_is_not_found_by_the_id(store: DynamoStore) -> None:
    """By a name they are still listed; their page says what counts."""
    send(store, by("Ada", "u-1"))
    set_profile(store, PlayerId("u-1"), Profile(banned=True), ACT, OWNERSHIP)
    assert found(store, "u-1") == []
    assert found(store, "Ada") == ["u-1"]


def test_an_id_longer_than_a_name_finds_its_player(store: DynamoStore) -> None:
    send(store, by("Ada", "u" * 64))
    assert found(store, "u" * 64) == ["u" * 64]


@pytest.mark.parametrize("text", ["", " ", "\u202e", "x y" * 20, "a\x00"])
def test_what_is_neither_a_name_nor_an_id_is_refused(store: DynamoStore, text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        find(store, BOARD, text, NOW)
    assert refused.value.field == "q"
