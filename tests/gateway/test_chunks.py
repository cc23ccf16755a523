"""Chunks fill transactions without ever asking two things of one item."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from leaderboard_app.domain.entries import IMPORT
from leaderboard_app.domain.submissions import Submission
from leaderboard_app.gateway.chunks import MAX_ACTIONS, Chunk, chunks_of
from tests.worlds import BOARD, NOW, submission


def rows(players: int, each: int, days: int = 0) -> list[Submission]:
    """Return submissions, one player after another and then all over again."""
    return [
        submission(
            100 * turn + number,
            f"p{number}",
            writer=IMPORT,
            at=NOW - timedelta(days=turn % days if days else 0, seconds=turn),
        )
        for turn in range(each)
        for number in range(players)
    ]


@pytest.mark.parametrize(
    "submissions",
    [
        rows(1, 1),
        rows(20, 1),
        rows(21, 1),
        rows(60, 7),
        rows(60, 7, days=7),
        rows(1, 300, days=300),
    ],
    ids=["one", "full", "one too many", "some come again", "on other days", "one player"],
)
def test_chunks_hold_everything_once_and_fit_a_transaction(submissions: list[Submission]) -> None:
    chunks = list(chunks_of(BOARD, submissions, NOW))
    held = [one.submission_id for chunk in chunks for one in chunk.submissions]
    assert sorted(held) == sorted(one.submission_id for one in submissions)
    for chunk in chunks:
        actions = chunk.actions("t-leaderboard")
        keys = Counter(str((a["Put"]["Item"]["pk"], a["Put"]["Item"]["sk"])) for a in actions)
        assert len(actions) == len(chunk) <= MAX_ACTIONS
        assert set(keys.values()) == {1}


def test_a_player_who_comes_again_is_in_one_chunk() -> None:
    """Else the chunks' transactions would cancel one another."""
    chunks = list(chunks_of(BOARD, rows(60, 7), NOW))
    met = Counter(
        name for chunk in chunks for name in {one.player.name for one in chunk.submissions}
    )
    assert set(met.values()) == {1}


def test_what_is_refused_stays_out_whichever_submission_raises_it() -> None:
    """A stored submission gives no entry; an entry that was outdone is tried by no lower one."""
    low, high = submission(10, writer=IMPORT), submission(30, writer=IMPORT)
    chunk = Chunk.of(BOARD, [low, high], NOW)
    assert len(chunk) == 2 + 4 + 1
    outdone = chunk.without([False, False, True, False, False, False])
    assert (len(outdone.submissions), len(outdone.entries)) == (2, 3)
    left = outdone.without([False, True, False, False, False])
    assert left.submissions == (low,)
    assert [entry.score for entry in left.entries.values()] == [10] * 3


def test_a_submission_that_comes_twice_is_held_once() -> None:
    one = submission(10, writer=IMPORT)
    (chunk,) = chunks_of(BOARD, [one, replace(one)], NOW)
    assert chunk.submissions == (one,)
