"""On a board of firsts a player's earliest submission counts, whatever comes when and where."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.boards import Board, Operator
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.entries import IMPORT, Entry
from leaderboard_app.domain.mending import every_writer, mending_writes
from leaderboard_app.domain.periods import ALL_TIME, PeriodKind
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.records import EntryWrite, Ownership, Record, writes_for
from leaderboard_app.domain.submissions import Submission, SubmissionId

OREGON, DUBLIN = "us-west-2", "eu-west-1"
REGIONS = (OREGON, DUBLIN)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BOARD = Board("firsts", "Firsts", minimum=-10, periods=(PeriodKind.ALL,), operator=Operator.FIRST)
ADA = Player(PlayerId("ada"), "Ada", Country("GB"))
PLAYED = st.lists(
    st.tuples(st.integers(-5, 5), st.sampled_from([*REGIONS, IMPORT]), st.integers(0, 9)),
    min_size=1,
    max_size=8,
    unique_by=lambda each: each[2],
)
"""Scores, their writers and how many minutes ago each was achieved."""


def played(score: int, writer: str = OREGON, minutes_ago: int = 0) -> Submission:
    """Return a submission of Ada's."""
    submission_id = SubmissionId.make(NOW - timedelta(minutes=minutes_ago), bytes(10))
    return Submission(submission_id, BOARD.board_id, ADA, score, writer, "form")


def entry(one: Submission, *, ranked: bool = True) -> Entry:
    """Return the entry that a submission gives."""
    return Entry.of(one, BOARD, ALL_TIME, ranked=ranked)


def record(*entries: Entry) -> Record:
    """Return a record on the board."""
    return Record(entries, operator=BOARD.operator)


def writes(known: Record, one: Submission, region: str = OREGON) -> tuple[EntryWrite, ...]:
    """Return what a submission in a region writes."""
    return writes_for(known, one, BOARD, Ownership(region, REGIONS), NOW)


def test_a_better_score_that_comes_later_changes_nothing() -> None:
    """Invariant 3, with earlier for higher."""
    assert writes(record(entry(played(1, minutes_ago=5))), played(9)) == ()


def test_a_worse_score_that_was_achieved_earlier_counts_instead() -> None:
    """As when a game was offline: what counts is when it was achieved, not when it came in."""
    earlier = played(1, minutes_ago=5)
    assert writes(record(entry(played(9))), earlier) == (EntryWrite(entry(earlier)),)


def test_a_later_score_in_another_region_is_kept_unranked() -> None:
    """Invariant 5: only the first is ranked, though the other stands higher."""
    known = record(entry(played(1, DUBLIN, 5)))
    later = played(9)
    assert writes(known, later) == (EntryWrite(entry(later, ranked=False)),)


def test_where_the_first_is_removed_the_next_one_counts() -> None:
    """Invariant 5: worked out anew from the submissions, in whatever order they are listed."""
    first, second, third = played(5, minutes_ago=3), played(1, minutes_ago=2), played(9)
    known = replace(record(entry(first)), removed=frozenset({first.submission_id}))
    for listed in ([first, second, third], [third, second, first]):
        mended = mending_writes(known, listed, BOARD, every_writer, NOW)
        assert mended == (EntryWrite(entry(second), instead_of=first.submission_id),)


def test_the_first_counts_again_once_it_is_restored() -> None:
    first, second = played(5, minutes_ago=3), played(1, minutes_ago=2)
    mended = mending_writes(record(entry(second)), [first, second], BOARD, every_writer, NOW)
    assert mended == (EntryWrite(entry(first)),)


@given(PLAYED, st.randoms(use_true_random=False))
def test_in_any_order_and_region_the_first_is_kept_and_ranked_once(
    scores: Sequence[tuple[int, str, int]], dice: random.Random
) -> None:
    """Invariants 2 and 5, where every region sees all at once: one ranked entry, the first one."""
    subs = [played(*each) for each in scores]
    known = record()
    for one in dice.sample(subs, len(subs)):
        region = one.writer if one.writer in REGIONS else OREGON
        known = known.after(writes(known, one, region))
        for other in REGIONS:
            covers = Ownership(other, REGIONS).covers
            known = known.after(mending_writes(known, (), BOARD, covers, NOW))
    first = min(subs, key=lambda one: one.achieved_at)
    assert [each.submission_id for each in known.entries if each.ranked] == [first.submission_id]
    assert known.bests()["all"].score == first.score
