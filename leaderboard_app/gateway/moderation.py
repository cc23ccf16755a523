"""What operators decide, stored with the request to every region to mend what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
        self._decide([self._table.put_action(removal)], player_id, act, regions)

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
        self._decide([self._table.put_action(restored)], player_id, act, regions)

    def set_profile(
        self, player_id: PlayerId, profile: Profile, act: Act, regions: Iterable[str]
    ) -> None:
        """Ban, void, or take either back; the player is listed while something is taken."""
        profiled = items.profile_item(player_id, profile, act)
        actions = [self._table.put_action(profiled)]
        listed = {"pk": {"S": schema.MODERATED}, "sk": {"S": player_id.value}}
        if profile == NOBODY_SPECIAL:
            actions.append({"Delete": {"TableName": self._table.name, "Key": listed}})
        else:
            actions.append(self._table.put_action(profiled | listed))
        self._decide(actions, player_id, act, regions)

    def moderated(self) -> dict[PlayerId, Profile]:
        """Return the players whose profile takes something from them, each with it."""
        found = self._table.query_partition(schema.MODERATED)
        return {PlayerId(item["sk"]["S"]): items.profile_of(item) for item in found}

    def mends_asked(self, region: str) -> tuple[MendRequest, ...]:
        """Return a region's mend requests, oldest act first."""
        found = self._table.query_partition(schema.mends(region))
        return tuple(items.mend_of(item) for item in found)

    def note_seen(self, request: MendRequest, at: datetime) -> None:
        """Note when a region first worked on a request of its own."""
        self._table.put(items.mend_item(replace(request, seen_at=at)), {})

    def settle(self, request: MendRequest) -> None:
        """Forget a request."""
        self._table.delete(
            schema.mends(request.region), schema.mend(request.player_id, request.act_id)
        )

    def _decide(
        self,
        actions: Sequence[Mapping[str, Any]],
        player_id: PlayerId,
        act: Act,
        regions: Iterable[str],
    ) -> None:
        """Do the actions and ask every region to mend, all or nothing."""
        requests = (MendRequest(region, player_id, act.act_id) for region in regions)
        asks = (self._table.put_action(items.mend_item(request)) for request in requests)
        self._table.transact([*actions, *asks])
