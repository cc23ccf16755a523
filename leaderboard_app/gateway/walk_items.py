"""Items of the walks: what is kept of a ranking that was walked, and how far a walk came."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import Row, View
from leaderboard_app.domain.walks import Markers, PastPeriod, Tally, Walked
from leaderboard_app.gateway import items, schema, wire
from leaderboard_app.gateway.items import Item
from leaderboard_app.usecases.walk_ports import Checkpoint

FORM = 1
"""The form of checkpoints: one of another form, as of another release, is not gone on from."""

KEPT = timedelta(days=1)
"""How long a checkpoint serves: to walk anew is better than to go on from what is older."""

PIECE_BYTES = 256 * 2**10
"""Together with base64's third, a piece stays below the 400 KB that an item may have."""


def walked_item(view: View, region: str, walked: Walked) -> Item:
    """Return the item of what a region keeps of a ranking beside its boundaries."""
    past = walked.past
    item: Item = {
        "pk": {"S": schema.winners(view.board.board_id)},
        "sk": {"S": schema.of_region(region, past.period)},
        "total": wire.number(past.total),
        "taken_at": wire.moment(past.taken_at),
        "winners": {"L": [{"M": _row_item(row)} for row in past.winners]},
        "markers": _markers_item(walked.markers),
        "changed_at": wire.moment(walked.changed_at),
    }
    if expires_at := view.board.expires_at(past.period):
        item["expires_at"] = wire.seconds(expires_at)
    return item


def walked_of(item: Mapping[str, Any]) -> Walked:
    """Return what an item keeps of a ranking."""
    past = PastPeriod(
        period=period_of(item),
        winners=tuple(_row_of(each["M"]) for each in item["winners"]["L"]),
        total=int(item["total"]["N"]),
        taken_at=wire.moment_of(item["taken_at"]),
    )
    return Walked(past, _markers_of(item), wire.moment_of(item["changed_at"]))


def period_of(item: Mapping[str, Any]) -> Period:
    """Return the period that the sort key of a region's item names."""
    return Period.parse(item["sk"]["S"].split("#", 1)[1])


def checkpoint_attributes(
    view: View, region: str, checkpoint: Checkpoint, pieces: str, now: datetime
) -> Item:
    """Return what is kept of a checkpoint beside its layers, which lie in pieces of that name."""
    boundaries = checkpoint.tally.boundaries(checkpoint.taken_at)
    tallied = items.boundaries_item(view.board.board_id, view.period, region, boundaries, None)
    return {name: value for name, value in tallied.items() if name not in {"pk", "sk"}} | {
        "form": wire.number(FORM),
        "past": wire.number(checkpoint.past or 0),
        "room": wire.number(checkpoint.room),
        "layers": {"L": [wire.number(len(layer)) for layer in checkpoint.layers]},
        "pieces": {"S": pieces},
        "markers": _markers_item(checkpoint.markers),
        "changed_at": wire.moment(checkpoint.changed_at),
        "good_until": wire.seconds(now + KEPT),
        "expires_at": wire.seconds(now + KEPT),
    }


def is_good(item: Mapping[str, Any], now: datetime) -> bool:
    """Say whether an item holds a checkpoint to go on from."""
    good_until = int(item.get("good_until", {}).get("N", 0))
    return good_until > now.timestamp() and item["form"] == wire.number(FORM)


def checkpoint_of(item: Mapping[str, Any], pieces: Sequence[Item]) -> Checkpoint | None:
    """Return the checkpoint of an item and its pieces; None where a piece is missing."""
    sizes = [int(size["N"]) for size in item["layers"]["L"]]
    layers = _layers_of(pieces, sizes)
    if layers is None:
        return None
    boundaries = items.boundaries_of(item)
    places = boundaries.total, boundaries.step, boundaries.standings, boundaries.lowest
    return Checkpoint(
        taken_at=boundaries.taken_at,
        past=int(item["past"]["N"]),
        tally=Tally(*places),
        room=int(item["room"]["N"]),
        layers=layers,
        markers=_markers_of(item),
        changed_at=wire.moment_of(item["changed_at"]),
    )


def piece_items(
    partition: str, name: str, layers: Sequence[bytes], now: datetime
) -> Iterator[Item]:
    """Yield the layers of a checkpoint in pieces; none holds of two layers."""
    starts = ((layer, at) for layer in layers for at in range(0, len(layer), PIECE_BYTES))
    for number, (layer, at) in enumerate(starts):
        packed = zlib.compress(layer[at : at + PIECE_BYTES], 1)
        yield {
            "pk": {"S": partition},
            "sk": {"S": f"{name}#{number:04}"},
            "bits": {"S": base64.b64encode(packed).decode()},
            "expires_at": wire.seconds(now + KEPT),
        }


def _layers_of(pieces: Iterable[Item], sizes: Sequence[int]) -> list[bytes] | None:
    """Return layers of these sizes; None where a piece is missing."""
    coming = iter(pieces)
    layers = []
    for size in sizes:
        some = islice(coming, -(-size // PIECE_BYTES))
        layer = b"".join(zlib.decompress(base64.b64decode(piece["bits"]["S"])) for piece in some)
        if len(layer) != size:
            return None
        layers.append(layer)
    return layers


def _row_item(row: Row) -> Item:
    return {
        "player_id": {"S": row.player_id.value},
        "name": {"S": row.name},
        "country": {"S": row.country.code},
        "standing": wire.number(row.standing),
    }


def _row_of(value: Mapping[str, Any]) -> Row:
    return Row(
        player_id=PlayerId(value["player_id"]["S"]),
        name=value["name"]["S"],
        country=Country(value["country"]["S"]),
        standing=int(value["standing"]["N"]),
    )


def _markers_item(markers: Markers) -> dict[str, Item]:
    return {"M": {region: wire.number(at) for region, at in markers.items()}}


def _markers_of(item: Mapping[str, Any]) -> Markers:
    return {region: int(at["N"]) for region, at in item["markers"]["M"].items()}
