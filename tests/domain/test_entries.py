"""Entries of writers merge into the same bests, in whatever order regions exchange them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain.boards import Board, Operator
from leaderboard_app.domain.entries import Entry, Height, bests, merge
from leaderboard_app.domain.periods import ALL_TIME, PeriodKind
from leaderboard_app.domain.submissions import Submission
from tests.strategies import knowledge, submissions

KNOWLEDGE = knowledge()
OPERATORS = st.sampled_from(Operator)
Known = dict[tuple[str, str], Entry]
BOARD = Board("global", "Global")


@given(KNOWLEDGE, KNOWLEDGE, OPERATORS)
def test_a_merge_is_commutative(left: Known, right: Known, operator: Operator) -> None:
    """Invariant 2: which region's news comes first does not matter."""
    one_way, other_way = merge(left, right, operator), merge(right, left, operator)
    assert _heights(one_way, operator) == _heights(other_way, operator)


@given(KNOWLEDGE, KNOWLEDGE, KNOWLEDGE, OPERATORS)
def test_a_merge_is_associative(one: Known, two: Known, three: Known, operator: Operator) -> None:
    """Invariant 2: how news is grouped does not matter."""
    left_first = merge(merge(one, two, operator), three, operator)
    assert left_first == merge(one, merge(two, three, operator), operator)


@given(KNOWLEDGE, KNOWLEDGE, OPERATORS)
def test_a_merge_is_idempotent(left: Known, right: Known, operator: Operator) -> None:
    """Invariant 2: news that comes twice changes nothing."""
    assert merge(left, left, operator) == left
    once = merge(left, right, operator)
    assert merge(once, right, operator) == once


@given(KNOWLEDGE, KNOWLEDGE, OPERATORS)
def test_a_merge_never_lowers_what_counts(left: Known, right: Known, operator: Operator) -> None:
    """Invariants 2 and 4: after an exchange every best is as high as it was, or higher."""
    merged = bests(merge(left, right, operator).values(), operator)
    for period, best in bests(left.values(), operator).items():
        assert merged[period].height(operator) >= best.height(operator)


@given(st.lists(submissions(), min_size=1), OPERATORS)
def test_what_counts_does_not_depend_on_the_order(
    subs: list[Submission], operator: Operator
) -> None:
    """The highest entry of a period is one and the same, however entries are listed."""
    entries = [Entry.of(one, BOARD, ALL_TIME) for one in subs]
    for order in (entries, entries[::-1], sorted(entries, key=lambda entry: entry.height())):
        counting = bests(order, operator)["all"]
        match operator:
            case Operator.BEST:
                assert counting.standing == max(entry.standing for entry in entries)
            case Operator.FIRST:
                assert counting.submission_id == min(one.submission_id for one in subs)


@given(submissions(), submissions())
def test_a_later_submission_has_a_larger_id_as_text_and_as_number(
    one: Submission, other: Submission
) -> None:
    """DynamoDB compares ids as text, the merge as numbers; both by their time first."""
    ids = one.submission_id, other.submission_id
    assert (str(ids[0]) < str(ids[1])) == (int(ids[0]) < int(ids[1]))
    if one.achieved_at < other.achieved_at:
        assert ids[0] < ids[1]


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


def _heights(entries: Known, operator: Operator) -> dict[tuple[str, str], Height]:
    return {key: entry.height(operator) for key, entry in entries.items()}
