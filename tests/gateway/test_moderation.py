"""Decisions are stored whole, with a request for every region: over moto and MiniStack."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders

from leaderboard_app.domain.decisions import Act, MendRequest
from leaderboard_app.domain.records import NOBODY_SPECIAL, Profile
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.ports import StoreUnavailable
from tests.gateway.calls import expecting
from tests.worlds import BOARD, DUBLIN, NOW, OREGON, REGIONS, player, submission

ADA = player().player_id
ACT = Act("000001", "operator", "a cheat", NOW)


def test_a_removal_is_one_call_and_part_of_the_record(store: DynamoStore) -> None:
    one = submission(10).submission_id
    with expecting(store, 1):
        store.moderation.remove("global", ADA, one, ACT, REGIONS)
    assert store.record(BOARD, ADA, NOW).removed == {one}
    with expecting(store, 1):
        store.moderation.restore("global", ADA, one, ACT, REGIONS)
    assert store.record(BOARD, ADA, NOW).removed == frozenset()


def test_a_profile_is_part_of_the_record_and_lists_its_player(store: DynamoStore) -> None:
    profile = Profile(banned=True, voided_at=NOW)
    store.moderation.set_profile(ADA, profile, ACT, REGIONS)
    assert store.record(BOARD, ADA, NOW).profile == profile
    assert store.moderation.moderated() == {ADA: profile}
    store.moderation.set_profile(ADA, NOBODY_SPECIAL, ACT, REGIONS)
    assert store.record(BOARD, ADA, NOW).profile == NOBODY_SPECIAL
    assert store.moderation.moderated() == {}


def test_each_region_finds_its_own_requests_and_forgets_them(store: DynamoStore) -> None:
    store.moderation.set_profile(ADA, Profile(banned=True), ACT, REGIONS)
    asked = MendRequest(OREGON, ADA, "000001")
    assert store.moderation.mends_asked(OREGON) == (asked,)
    store.moderation.note_seen(asked, NOW)
    (seen,) = store.moderation.mends_asked(OREGON)
    assert seen.seen_at == NOW
    store.moderation.settle(seen)
    assert store.moderation.mends_asked(OREGON) == ()
    assert store.moderation.mends_asked(DUBLIN) == (MendRequest(DUBLIN, ADA, "000001"),)


def test_a_full_record_holds_every_submission(store: DynamoStore) -> None:
    many = [submission(number, seed=number) for number in range(30)]
    for one in many:
        store.keep(BOARD, one, NOW.replace(year=2027), [])
    with expecting(store, 2):
        _, submissions = store.full_record(BOARD, ADA, NOW)
    assert set(submissions) == set(many)


@pytest.mark.ministack
@pytest.mark.parametrize("reason", ["TransactionConflict", "ThrottlingError"])
def test_a_decision_that_crosses_another_write_is_to_be_made_again(
    real_store: DynamoStore, reason: str
) -> None:
    """DynamoDB cancels one of two transactions that meet: nothing of it is stored."""
    reasons = [{"Code": "None"}, {"Code": reason}]
    said = {"__type": "x#TransactionCanceledException", "CancellationReasons": reasons}

    def cancel(request: AWSPreparedRequest, **_: object) -> Any:  # noqa: ANN401 - as a hook may.
        raw: Any = BytesIO(json.dumps(said).encode())
        raw.stream = lambda: iter([raw.read()])
        return AWSResponse(request.url, 400, HTTPHeaders(), raw)

    events = real_store.client.meta.events
    events.register_first("before-send.dynamodb.TransactWriteItems", cancel)
    with pytest.raises(StoreUnavailable, match=reason):
        real_store.moderation.set_profile(ADA, Profile(banned=True), ACT, REGIONS)
