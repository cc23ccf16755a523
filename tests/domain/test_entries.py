"""Entries of writers merge into the same bests, in whatever order regions exchange them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.entries import Entry, bests, merge
from leaderboard_app.domain.periods import ALL_TIME, PeriodKind
from leaderboard_app.domain.submissions import Submission
from tests.strategies import knowledge, submissions

KNOWLEDGE = knowledge()
BOARD = Board("global", "Global")


@given(KNOWLEDGE, KNOWLEDGE)
def test_a_merge_is_commutative(
    left: dict[tuple[str, str], Entry], right: dict[tuple[str, str], Entry]
) -> None:
    """Invariant 2: which region's news comes first does not matter."""
    assert _heights(merge(left, right)) == _heights(merge(right, left))


@given(KNOWLEDGE, KNOWLEDGE, KNOWLEDGE)
def test_a_merge_is_associative(
    one: dict[tuple[str, str], Entry],
    two: dict[tuple[str, str], Entry],
    three: dict[tuple[str, str], Entry],
) -> None:
    """Invariant 2: how news is grouped does not matter."""
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(KNOWLEDGE, KNOWLEDGE)
def test_a_merge_is_idempotent(
    left: dict[tuple[str, str], Entry], right: dict[tuple[str, str], Entry]
) -> None:
    """Invariant 2: news that comes twice changes nothing."""
    assert merge(left, left) == left
    once = merge(left, right)
    assert merge(once, right) == once


@given(KNOWLEDGE, KNOWLEDGE)
def test_a_merge_never_lowers_a_best(
    left: dict[tuple[str, str], Entry], right: dict[tuple[str, str], Entry]
) -> None:
    """Invariants 2 and 4: after an exchange every best is as high as it was, or higher."""
    merged = bests(merge(left, right).values())
    for period, best in bests(left.values()).items():
        assert merged[period].height >= best.height


@given(st.lists(submissions(), min_size=1))
def test_the_best_does_not_depend_on_the_order(subs: list[Submission]) -> None:
    """The highest entry of a period is one and the same, however entries are listed."""
    entries = [Entry.of(one, BOARD, ALL_TIME) for one in subs]
    highest = max(entry.height for entry in entries)
    for order in (entries, entries[::-1], sorted(entries, key=lambda entry: entry.height)):
        assert bests(order)["all"].height == highest


@given(submissions())
def test_an_entry_is_its_submission_in_a_period(submission: Submission) -> None:
    """Score, time and writer are the submission's."""
    entry = Entry.of(submission, BOARD, ALL_TIME)
    assert (entry.score, entry.writer) == (submission.score, submission.writer)
    assert entry.achieved_at == submission.achieved_at
    assert entry.expires_at is None


def test_an_entry_of_a_past_day_expires_two_weeks_after_it() -> None:
    """A past period stays readable for a while."""
    board_day = [
        period for period in BOARD.open_periods(_NOON, _NOON) if period.kind is PeriodKind.DAY
    ]
    assert BOARD.expires_at(board_day[0]) == datetime(2026, 12, 8, tzinfo=UTC)


def test_a_score_counts_in_no_period_that_is_no_longer_kept() -> None:
    """An import of old rows fills no days that expired."""
    kinds = [period.kind for period in BOARD.open_periods(_NOON, datetime(2027, 1, 15, tzinfo=UTC))]
    assert kinds == [PeriodKind.ALL, PeriodKind.MONTH, PeriodKind.WEEK]


_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _heights(entries: dict[tuple[str, str], Entry]) -> dict[tuple[str, str], int]:
    return {key: entry.standing for key, entry in entries.items()}
