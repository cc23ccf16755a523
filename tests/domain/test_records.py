"""A submission writes its writer's own entries, raises them alone, and ranks the best alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.entries import IMPORT, Entry
from leaderboard_app.domain.periods import ALL_TIME, PeriodKind
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.records import (
    EntryWrite,
    Ownership,
    Profile,
    Record,
    regions_to_ask,
    writes_for,
)
from leaderboard_app.domain.submissions import Submission, SubmissionId

OREGON, DUBLIN = "us-west-2", "eu-west-1"
REGIONS = (OREGON, DUBLIN)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BOARD = Board("global", "Global", periods=(PeriodKind.ALL,))
ADA = Player(PlayerId("ada"), "Ada", Country("GB"))


def submission(score: int, writer: str = OREGON, at: datetime = NOW, seed: int = 0) -> Submission:
    """Return a submission of Ada's."""
    submission_id = SubmissionId.make(at, score.to_bytes(9, signed=True) + bytes([seed]))
    return Submission(submission_id, "global", ADA, score, writer, "form")


def entry(score: int, writer: str, *, ranked: bool = True, at: datetime = NOW) -> Entry:
    """Return an entry of Ada's in all time."""
    return Entry.of(submission(score, writer, at), BOARD, ALL_TIME).with_rank(ranked=ranked)


def writes(
    record: Record, score: int, region: str = OREGON, at: datetime = NOW
) -> tuple[EntryWrite, ...]:
    """Return what a submission in a region writes."""
    return writes_for(record, submission(score, region, at), BOARD, Ownership(region, REGIONS), NOW)


def test_a_first_score_makes_a_ranked_entry() -> None:
    """Nothing was there."""
    assert writes(Record(), 10) == (EntryWrite(entry(10, OREGON)),)


def test_a_lower_score_leaves_the_entry_unchanged() -> None:
    """Invariant 3: an entry only ever rises."""
    assert writes(Record((entry(10, OREGON),)), 9) == ()


def test_the_same_submission_again_writes_nothing() -> None:
    """Invariant 3: sending again changes nothing."""
    assert writes(Record((entry(10, OREGON),)), 10) == ()


def test_a_score_below_another_writers_best_is_kept_unranked() -> None:
    """Invariant 5: only the best entry is ranked."""
    record = Record((entry(10, DUBLIN),))
    assert writes(record, 5) == (EntryWrite(entry(5, OREGON, ranked=False)),)


def test_a_writer_takes_its_own_entry_out_when_another_stands_higher() -> None:
    """Invariant 5: seen at the writer's next submission, even one that raises nothing."""
    record = Record((entry(10, DUBLIN), entry(5, OREGON)))
    assert writes(record, 1) == (EntryWrite(entry(5, OREGON, ranked=False)),)


def test_the_owner_of_an_entry_that_was_outdone_is_asked_to_take_it_out() -> None:
    """Invariant 5: soon, where the owner would else not hear of the player for long."""
    record = Record((entry(10, DUBLIN), entry(5, IMPORT)))
    written = writes(record, 20)
    assert regions_to_ask(record, written, Ownership(OREGON, REGIONS)) == {DUBLIN}
    written = writes(record, 20, DUBLIN)
    assert regions_to_ask(record, written, Ownership(DUBLIN, REGIONS)) == {OREGON}


def test_nobody_is_asked_where_the_best_alone_is_ranked() -> None:
    record = Record((entry(10, DUBLIN, ranked=False), entry(15, OREGON)))
    assert regions_to_ask(record, writes(record, 20), Ownership(OREGON, REGIONS)) == set()
    assert regions_to_ask(record, writes(record, 1), Ownership(OREGON, REGIONS)) == set()


def test_a_writer_leaves_another_regions_entry_alone() -> None:
    """Invariant 1: its owner takes it out."""
    record = Record((entry(10, DUBLIN),))
    assert [write.entry.writer for write in writes(record, 20)] == [OREGON]


def test_an_entry_that_rises_above_again_is_ranked_again() -> None:
    """Invariant 5: put back."""
    record = Record((entry(10, DUBLIN), entry(5, OREGON, ranked=False)))
    assert writes(record, 20) == (EntryWrite(entry(20, OREGON)),)


def test_the_first_region_looks_after_imported_entries() -> None:
    """Invariant 5, where the writer is no live region: one region does it, and no other."""
    record = Record((entry(5, IMPORT),))
    assert EntryWrite(entry(5, IMPORT, ranked=False)) in writes(record, 20, OREGON)
    assert [write.entry.writer for write in writes(record, 20, DUBLIN)] == [DUBLIN]


def test_a_region_that_was_removed_is_looked_after_as_well() -> None:
    """Its entries stay, and the first region keeps them in order."""
    record = Record((entry(5, "sa-east-1"),))
    assert EntryWrite(entry(5, "sa-east-1", ranked=False)) in writes(record, 20, OREGON)


def test_of_one_submission_known_to_two_writers_one_entry_is_ranked() -> None:
    """The same id was sent to both regions: both stand equal, the writer's name decides."""
    record = Record((replace(entry(10, DUBLIN), submission_id=submission(10).submission_id),))
    assert not any(write.entry.ranked for write in writes(record, 10, DUBLIN))
    assert [write.entry.ranked for write in writes(record, 10, OREGON)] == [True]


def test_a_removed_submission_sent_again_is_ranked_nowhere() -> None:
    """Invariant 5: an entry counts only if no standing removal names its submission."""
    record = Record(removed=frozenset({submission(10).submission_id}))
    assert writes(record, 10) == ()


def test_an_entry_whose_submission_was_removed_gives_way_to_a_lower_score() -> None:
    """Invariant 5: where the best falls away, another takes its place."""
    record = Record((entry(10, OREGON),), removed=frozenset({submission(10).submission_id}))
    assert writes(record, 5) == (
        EntryWrite(entry(5, OREGON), instead_of=submission(10).submission_id),
    )


def test_a_score_from_before_a_void_does_not_count() -> None:
    """Invariant 5: achieved_at > voided_at."""
    record = Record((entry(10, OREGON),), profile=Profile(voided_at=NOW))
    assert record.bests() == {}
    later = NOW + timedelta(milliseconds=1)
    raised = writes(record, 5, at=later)
    assert [(write.entry.score, write.entry.ranked) for write in raised] == [(5, True)]


def test_nothing_of_a_banned_player_counts() -> None:
    """Invariant 5: ranked nowhere."""
    record = Record((entry(10, DUBLIN),), profile=Profile(banned=True))
    assert record.bests() == {}
    assert writes(record, 20) == ()


@given(
    st.lists(
        st.tuples(st.integers(-3, 3), st.sampled_from(REGIONS), st.integers(0, 3)), max_size=12
    )
)
def test_after_any_submissions_the_best_is_kept_and_ranked_once(
    played: list[tuple[int, str, int]],
) -> None:
    """Invariants 2 and 5, where every region sees all at once: one ranked entry, the best one."""
    record = Record()
    board = replace(BOARD, minimum=-10)
    taken = []
    for score, region, minutes in played:
        one = submission(score, region, NOW - timedelta(minutes=minutes))
        taken.append(Entry.of(one, board, ALL_TIME))
        written = writes_for(record, one, board, Ownership(region, REGIONS), NOW)
        record = record.after(written)
        # Each region puts its own entries in order when it next hears of the player.
        for other in REGIONS:
            mended = writes_for(record, one, board, Ownership(other, REGIONS), NOW)
            record = record.after(write for write in mended if write.entry.writer == other)
    ranked = [entry for entry in record.entries if entry.ranked]
    assert [entry.standing for entry in ranked] == (
        [max(e.standing for e in taken)] if taken else []
    )
