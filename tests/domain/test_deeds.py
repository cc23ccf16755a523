"""What was done to a player is told by what stood before and after."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from leaderboard_app.domain.deeds import What
from leaderboard_app.domain.records import NOBODY_SPECIAL, Profile

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON.replace(hour=13)


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (NOBODY_SPECIAL, Profile(banned=True), What.BANNED),
        (Profile(banned=True), NOBODY_SPECIAL, What.UNBANNED),
        (Profile(banned=True, voided_at=NOON), Profile(voided_at=NOON), What.UNBANNED),
        (NOBODY_SPECIAL, Profile(voided_at=NOON), What.VOIDED),
        (Profile(voided_at=NOON), Profile(voided_at=LATER), What.VOIDED),
        (Profile(voided_at=NOON), NOBODY_SPECIAL, What.UNVOIDED),
        (Profile(banned=True, voided_at=NOON), NOBODY_SPECIAL, What.PARDONED),
        (NOBODY_SPECIAL, Profile(banned=True, voided_at=NOON), What.BANNED),
        (NOBODY_SPECIAL, NOBODY_SPECIAL, What.PARDONED),
    ],
)
def test_a_change_of_a_profile_has_a_name(before: Profile, after: Profile, what: What) -> None:
    assert What.between(before, after) is what
