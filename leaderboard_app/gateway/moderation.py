"""What operators decide, stored with the request to every region to mend what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from leaderboard_app.domain.decisions import Act, MendRequest
from leaderboard_app.domain.deeds import Deed, What
from leaderboard_app.domain.errors import NothingToDecide
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.records import NOBODY_SPECIAL, Profile
from leaderboard_app.domain.submissions import SubmissionId
from leaderboard_app.gateway import conditions, decided, items, schema
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.table import Table
from leaderboard_app.usecases.ports import Release


class Moderation:
    """Stores decisions. Each goes into one transaction with a mend request for every region.

    So a decision without its requests is never stored, and whatever interrupts the mending, some
    region's next run takes it up. With it goes a line of the log, which nothing ever changes.
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
        release: Release | None = None,
    ) -> None:
        """Let a submission count no more."""
        removal = items.removal_item(player_id, board_id, submission_id, act)
        deed = Deed(act, What.REMOVED, player_id, board_id, submission_id)
        self._decide(self._about_score(removal, release), deed, regions)

    def restore(
        self,
        board_id: str,
        player_id: PlayerId,
        submission_id: SubmissionId,
        act: Act,
        regions: Iterable[str],
        release: Release | None = None,
    ) -> None:
        """Let a removed submission count again."""
        removal = items.removal_item(player_id, board_id, submission_id, act)
        restored = removal | {"restored_at": removal["at"]}
        deed = Deed(act, What.RESTORED, player_id, board_id, submission_id)
        self._decide(self._about_score(restored, release), deed, regions)

    def set_profile(
        self,
        player_id: PlayerId,
        profile: Profile,
        act: Act,
        regions: Iterable[str],
        instead_of: Profile | None = None,
    ) -> None:
        """Ban, void, or take either back; the player is listed while something is taken."""
        profiled = items.profile_item(player_id, profile, act)
        known = conditions.if_profile_is(instead_of) if instead_of else {}
        actions = [self._table.put_action(profiled, known)]
        listed = {"pk": {"S": schema.MODERATED}, "sk": {"S": player_id.value}}
        if profile == NOBODY_SPECIAL:
            actions.append({"Delete": {"TableName": self._table.name, "Key": listed}})
        else:
            actions.append(self._table.put_action(profiled | listed))
        what = What.between(instead_of or NOBODY_SPECIAL, profile)
        self._decide(actions, Deed(act, what, player_id), regions)

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

    def _about_score(self, removal: Item, release: Release | None) -> list[Mapping[str, Any]]:
        """Return the actions that decide about a score, a held one while it is held."""
        if release is None:
            return [self._table.put_action(removal)]
        known = self._table.put_action(removal, conditions.if_held())
        return [known, decided.release_action(self._table, *release)]

    def _decide(
        self, actions: Sequence[Mapping[str, Any]], deed: Deed, regions: Iterable[str]
    ) -> None:
        """Do the actions, log the deed and ask every region to mend, all or nothing."""
        act = deed.act
        requests = (MendRequest(region, deed.player_id, act.act_id) for region in regions)
        asks = (self._table.put_action(items.mend_item(request)) for request in requests)
        logged = self._table.put_action(decided.deed_item(deed))
        if not self._table.transact([*actions, logged, *asks]):
            raise NothingToDecide("Somebody else decided meanwhile: look at what stands there now.")
