"""What operators decide, stored with the request to every region to mend what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from leaderboard_app.domain.decisions import Act, MendRequest
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import NOBODY_SPECIAL, Profile
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.gateway import items, schema
from leaderboard_app.gateway.table import Table


class Moderation:
    """Stores decisions. Each goes into one transaction with a mend request for every region.

    So a decision without its requests is never stored, and whatever interrupts the mending, some
    region's next run takes it up.
    """

    def __init__(self, table: Table) -> None:
        """Store into a table."""
        self._table = table

    def remove(
        self,
        board_id: str,
        player_id: PlayerId,
        submission_id: SubmissionId,
        act: Act,
        regions: Iterable[str],
    ) -> None:
        """Let a submission count no more."""
        removal = items.removal_item(player_id, board_id, submission_id, act)
        self._table.transact(
            [self._table.put_action(removal), *self._asks(player_id, act, regions)]
        )

    def restore(
        self,
        board_id: str,
        player_id: PlayerId,
        submission_id: SubmissionId,
        act: Act,
        regions: Iterable[str],
    ) -> None:
        """Let a removed submission count again."""
        removal = items.removal_item(player_id, board_id, submission_id, act)
        restored = removal | {"restored_at": removal["at"]}
        self._table.transact(
            [self._table.put_action(restored), *self._asks(player_id, act, regions)]
        )

    def set_profile(
        self, player_id: PlayerId, profile: Profile, act: Act, regions: Iterable[str]
    ) -> None:
        """Ban, void, or take either back; the player is listed while something is taken."""
        actions = [self._table.put_action(items.profile_item(player_id, profile, act))]
        listed = {"pk": {"S": schema.MODERATED}, "sk": {"S": player_id.value}}
        if profile == NOBODY_SPECIAL:
            actions.append({"Delete": {"TableName": self._table.name, "Key": listed}})
        else:
            profiled = items.profile_item(player_id, profile, act)
            actions.append(self._table.put_action(profiled | listed))
        self._table.transact([*actions, *self._asks(player_id, act, regions)])

    def moderated(self) -> dict[PlayerId, Profile]:
        """Return the players whose profile takes something from them, each with it."""
        found = self._table.query_all(
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": schema.MODERATED}},
        )
        return {PlayerId(item["sk"]["S"]): items.profile_of(item) for item in found}

    def mends_asked(self, region: str) -> tuple[MendRequest, ...]:
        """Return a region's mend requests, oldest act first."""
        found = self._table.query_all(
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": schema.mends(region)}},
        )
        return tuple(items.mend_of(item) for item in found)

    def note_seen(self, request: MendRequest, at: datetime) -> None:
        """Note when a region first worked on a request of its own."""
        self._table.put(items.mend_item(replace(request, seen_at=at)), {})

    def settle(self, request: MendRequest) -> None:
        """Forget a request."""
        self._table.delete(
            schema.mends(request.region), schema.mend(request.player_id, request.act_id)
        )

    def _asks(
        self, player_id: PlayerId, act: Act, regions: Iterable[str]
    ) -> list[Mapping[str, Any]]:
        requests = (MendRequest(region, player_id, act.act_id) for region in regions)
        return [self._table.put_action(items.mend_item(request)) for request in requests]
