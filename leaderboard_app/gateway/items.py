"""Items: how values of the domain lie in the table, and back. Shapes are those of the wire.

What is read is trusted less than what is written: an item of an earlier release may lack what
later ones have, so a missing attribute has a default wherever the domain has one.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from leaderboard_app.domain.boards import Board, Operator, Order, Retention
from leaderboard_app.domain.boundaries import Boundaries
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.decisions import Act, MendRequest
from leaderboard_app.domain.entries import Entry
from leaderboard_app.domain.periods import Period, PeriodKind
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.domain.rankings import Row
from leaderboard_app.domain.records import Profile
from leaderboard_app.domain.scores import Unit
from leaderboard_app.domain.submissions import Submission, SubmissionId
from leaderboard_app.gateway import schema, wire

Item = dict[str, Any]

_KEPT = ("month", "week", "day")
_STANDING_BYTES = 16
"""A standing has 37 digits, which is 124 bits with its sign."""


def entry_item(entry: Entry, board: Board) -> Item:
    """Return an entry's item; index keys only while it is ranked."""
    player = entry.player
    item = {
        "pk": wire.string(schema.player(player.player_id)),
        "sk": wire.string(schema.entry(entry.board_id, entry.period, entry.writer)),
        "standing": wire.number(entry.standing),
        "score": wire.number(entry.score),
        "achieved_at": wire.moment(entry.achieved_at),
        "submission_id": wire.string(entry.submission_id.value),
        "name": wire.string(player.name),
        "country": wire.string(player.country.code),
    }
    if entry.expires_at:
        item["expires_at"] = wire.seconds(entry.expires_at)
    if entry.ranked:
        shard = schema.shard_of(player.player_id, board)
        item["board_key"] = wire.string(schema.board_key(entry.board_id, entry.period, shard))
        item["country_key"] = wire.string(
            schema.country_key(entry.board_id, entry.period, player.country, shard)
        )
    return item


def entry_of(item: Mapping[str, Any]) -> Entry:
    """Return the entry of an item."""
    _, board_id, _, period, writer = item["sk"]["S"].split("#", 4)
    expires_at = item.get("expires_at")
    return Entry(
        player=_player(item),
        board_id=board_id,
        period=Period.parse(period),
        writer=writer,
        score=int(item["score"]["N"]),
        submission_id=SubmissionId(item["submission_id"]["S"]),
        standing=int(item["standing"]["N"]),
        expires_at=datetime.fromtimestamp(int(expires_at["N"]), UTC) if expires_at else None,
        ranked="board_key" in item,
    )


def row_of(item: Mapping[str, Any]) -> Row:
    """Return the row of an index's item."""
    return Row(
        player_id=schema.player_id(item["pk"]["S"]),
        name=item["name"]["S"],
        country=_country(item["country"]["S"]),
        standing=int(item["standing"]["N"]),
    )


def submission_item(submission: Submission, expires_at: datetime) -> Item:
    """Return a submission's item."""
    player = submission.player
    item = {
        "pk": wire.string(schema.player(player.player_id)),
        "sk": wire.string(schema.submission(submission.board_id, submission.submission_id)),
        "score": wire.number(submission.score),
        "name": wire.string(player.name),
        "country": wire.string(player.country.code),
        "writer": wire.string(submission.writer),
        "source": wire.string(submission.source),
        "expires_at": wire.seconds(expires_at),
    }
    if submission.metadata:
        item["metadata"] = wire.string(submission.metadata)
    return item


def submission_of(item: Mapping[str, Any]) -> Submission:
    """Return the submission of an item."""
    _, board_id, _, submission_id = item["sk"]["S"].split("#", 3)
    return Submission(
        submission_id=SubmissionId(submission_id),
        board_id=board_id,
        player=_player(item),
        score=int(item["score"]["N"]),
        writer=item["writer"]["S"],
        source=item["source"]["S"],
        metadata=item.get("metadata", {}).get("S", ""),
    )


def standing_removal_of(item: Mapping[str, Any]) -> SubmissionId | None:
    """Return the submission that a removal names; None where it was restored."""
    if "restored_at" in item:
        return None
    return SubmissionId(item["sk"]["S"].rsplit("#", 1)[1])


def removal_item(player_id: PlayerId, board_id: str, submission_id: SubmissionId, act: Act) -> Item:
    """Return the item of a removal that stands."""
    return {
        "pk": wire.string(schema.player(player_id)),
        "sk": wire.string(schema.removal(board_id, submission_id)),
    } | act_attributes(act)


def act_attributes(act: Act) -> Item:
    """Return what is kept of an act beside what it changes."""
    return {
        "act_id": wire.string(act.act_id),
        "by": wire.string(act.by),
        "why": wire.string(act.why),
        "at": wire.moment(act.at),
    }


def profile_item(player_id: PlayerId, profile: Profile, act: Act) -> Item:
    """Return a profile's item."""
    item = {
        "pk": wire.string(schema.player(player_id)),
        "sk": wire.string(schema.PROFILE),
        "banned": {"BOOL": profile.banned},
    }
    if profile.voided_at:
        item["voided_at"] = wire.moment(profile.voided_at)
    return item | act_attributes(act)


def mend_item(request: MendRequest) -> Item:
    """Return a mend request's item."""
    item = {
        "pk": wire.string(schema.mends(request.region)),
        "sk": wire.string(schema.mend(request.player_id, request.act_id)),
    }
    if request.seen_at:
        item["seen_at"] = wire.moment(request.seen_at)
    return item


def mend_of(item: Mapping[str, Any]) -> MendRequest:
    """Return the mend request of an item."""
    act_id, player_id = item["sk"]["S"].split("#", 1)
    seen_at = item.get("seen_at")
    return MendRequest(
        region=item["pk"]["S"].split("#", 1)[1],
        player_id=PlayerId(player_id),
        act_id=act_id,
        seen_at=wire.moment_of(seen_at) if seen_at else None,
    )


def profile_of(item: Mapping[str, Any]) -> Profile:
    """Return the profile of an item."""
    voided_at = item.get("voided_at")
    return Profile(
        banned=item.get("banned", {}).get("BOOL", False),
        voided_at=wire.moment_of(voided_at) if voided_at else None,
    )


def board_item(board: Board) -> Item:
    """Return a board's item."""
    item: Item = {
        "pk": wire.string(schema.BOARDS),
        "sk": wire.string(board.board_id),
        "title": wire.string(board.title),
        "order": wire.string(board.order),
        "decimals": wire.number(board.decimals),
        "minimum": wire.number(board.minimum),
        "maximum": wire.number(board.maximum),
        "periods": {"L": [wire.string(kind) for kind in board.periods]},
        "shards": wire.number(board.shards),
        "operator": wire.string(board.operator),
        "unit": wire.string(board.unit),
        "kept_days": {
            "M": {field: wire.number(getattr(board.retention, field)) for field in _KEPT}
        },
        "is_open": {"BOOL": board.is_open},
    }
    if board.max_rise is not None:
        item["max_rise"] = wire.number(board.max_rise)
    if board.spread_before and board.spread_from:
        item["spread_before"] = wire.number(board.spread_before)
        item["spread_from"] = wire.moment(board.spread_from)
    return item


def board_of(item: Mapping[str, Any]) -> Board:
    """Return the board of an item."""
    kept = item.get("kept_days", {}).get("M", {})
    return Board(
        board_id=item["sk"]["S"],
        title=item["title"]["S"],
        order=Order(item["order"]["S"]),
        decimals=int(item["decimals"]["N"]),
        minimum=int(item["minimum"]["N"]),
        maximum=int(item["maximum"]["N"]),
        periods=tuple(PeriodKind(kind["S"]) for kind in item["periods"]["L"]),
        shards=int(item["shards"]["N"]),
        operator=Operator(item.get("operator", {}).get("S", Operator.BEST)),
        unit=Unit(item.get("unit", {}).get("S", Unit.POINTS)),
        retention=Retention(**{field: int(days["N"]) for field, days in kept.items()}),
        is_open=item.get("is_open", {}).get("BOOL", True),
        max_rise=int(item["max_rise"]["N"]) if "max_rise" in item else None,
        spread_before=int(item["spread_before"]["N"]) if "spread_before" in item else None,
        spread_from=wire.moment_of(item["spread_from"]) if "spread_from" in item else None,
    )


def boundaries_item(
    board_id: str, period: Period, region: str, boundaries: Boundaries, expires_at: datetime | None
) -> Item:
    """Return the item of a ranking's boundaries, as a region took them: at most 50 KB."""
    packed = b"".join(each.to_bytes(_STANDING_BYTES, signed=True) for each in boundaries.standings)
    item = {
        "pk": wire.string(schema.standings_of(board_id, period)),
        "sk": wire.string(region),
        "total": wire.number(boundaries.total),
        "step": wire.number(boundaries.step),
        "standings": wire.string(base64.b64encode(packed).decode()),
        "taken_at": wire.moment(boundaries.taken_at),
    }
    if boundaries.lowest is not None:
        item["lowest"] = wire.number(boundaries.lowest)
    if expires_at:
        item["expires_at"] = wire.seconds(expires_at)
    return item


def boundaries_of(item: Mapping[str, Any]) -> Boundaries:
    """Return the boundaries of an item."""
    packed = base64.b64decode(item["standings"]["S"])
    starts = range(0, len(packed), _STANDING_BYTES)
    pieces = (packed[start : start + _STANDING_BYTES] for start in starts)
    return Boundaries(
        total=int(item["total"]["N"]),
        step=int(item["step"]["N"]),
        standings=tuple(int.from_bytes(piece, signed=True) for piece in pieces),
        lowest=int(item["lowest"]["N"]) if "lowest" in item else None,
        taken_at=wire.moment_of(item["taken_at"]),
    )


def is_expired(item: Mapping[str, Any], now: datetime) -> bool:
    """Say whether an item's time is over: DynamoDB deletes up to 48 hours late."""
    expires_at = item.get("expires_at")
    return expires_at is not None and int(expires_at["N"]) <= now.timestamp()


@cache
def _country(code: str) -> Country:
    # As many as there are countries: what is none raises, and is not remembered.
    return Country(code)


def _player(item: Mapping[str, Any]) -> Player:
    player_id = schema.player_id(item["pk"]["S"])
    return Player(player_id, item["name"]["S"], Country(item["country"]["S"]))
