"""A submission id is a UUIDv7 that carries the time of the score."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard_app.domain import moments
from leaderboard_app.domain.errors import InvalidValue
from leaderboard_app.domain.submissions import SubmissionId
from tests.strategies import MOMENTS

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ENTROPY = st.binary(min_size=10, max_size=10)


@given(MOMENTS, ENTROPY)
def test_an_id_is_a_uuid_of_version_7_that_gives_back_its_time(
    at: datetime, entropy: bytes
) -> None:
    """RFC 9562: 48 bits of time, then version, variant and what is random."""
    made = SubmissionId.make(at, entropy)
    assert uuid.UUID(made.value).version == 7
    assert uuid.UUID(made.value).variant == uuid.RFC_4122
    assert made.achieved_at == moments.from_ms(moments.to_ms(at))


@given(MOMENTS, MOMENTS, ENTROPY, ENTROPY)
def test_ids_sort_by_time(one: datetime, other: datetime, left: bytes, right: bytes) -> None:
    """A player's history is in order by itself."""
    first, second = SubmissionId.make(one, left), SubmissionId.make(other, right)
    if moments.to_ms(one) < moments.to_ms(other):
        assert first.value < second.value


@given(MOMENTS, ENTROPY, ENTROPY)
def test_entropy_tells_ids_of_one_moment_apart(at: datetime, one: bytes, other: bytes) -> None:
    """74 bits of it: the version and the variant take six of the eighty."""
    kept = (one[0] & 0x0F, one[1], one[2] & 0x3F, one[3:])
    others = (other[0] & 0x0F, other[1], other[2] & 0x3F, other[3:])
    same = SubmissionId.make(at, one) == SubmissionId.make(at, other)
    assert same == (kept == others)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no id",
        str(uuid.UUID(int=0)),
        "0190163d-8694-4000-8000-000000000000",
        "0190163d-8694-7000-c000-000000000000",
        "0190163D-8694-7000-8000-00000000000A",
        "0190163d86947000800000000000000a",
        "0190163d-8694-7000-8000-00000000000a\n",
        "ffffffff-ffff-7000-8000-000000000000",
    ],
)
def test_what_is_no_lower_case_uuid7_of_our_time_is_refused(text: str) -> None:
    """One id, one spelling: else a retry in capitals would count twice."""
    with pytest.raises(InvalidValue):
        SubmissionId(text)


def test_a_time_of_the_last_week_is_taken() -> None:
    """Up to 7 days back and 5 minutes ahead, both included."""
    for at in (NOW, NOW - timedelta(days=7), NOW + timedelta(minutes=5)):
        made = SubmissionId.make(at, bytes(10))
        assert made.check_time(NOW) is made


def test_an_older_time_or_one_further_ahead_is_refused() -> None:
    """By a millisecond."""
    instant = timedelta(milliseconds=1)
    for at in (NOW - timedelta(days=7) - instant, NOW + timedelta(minutes=5) + instant):
        with pytest.raises(InvalidValue):
            SubmissionId.make(at, bytes(10)).check_time(NOW)


def test_a_naive_time_is_refused() -> None:
    """Nobody knows which moment it means."""
    with pytest.raises(InvalidValue):
        SubmissionId.make(datetime(2026, 11, 23), bytes(10))  # noqa: DTZ001 - it is the point.
