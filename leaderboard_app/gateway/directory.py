"""The names directory: players by name, for those whose id says nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.listings import Listing
from leaderboard_app.domain.players import Player, PlayerId
from leaderboard_app.gateway import schema
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.table import Table


def listing_item(listing: Listing, board: Board) -> Item:
    """Return a listing's item."""
    player = listing.player
    shard = schema.shard_of(player.player_id, board)
    return {
        "pk": {"S": schema.names(board.board_id, listing.key, shard)},
        "sk": {"S": schema.listing(player.player_id, listing.writer)},
        "name": {"S": player.name},
        "country": {"S": player.country.code},
    }


def listed_player(item: Mapping[str, Any]) -> Player:
    """Return the player of a listing's item."""
    player_id = schema.listed(item["sk"]["S"])
    return Player(player_id, item["name"]["S"], Country(item["country"]["S"]))


@dataclass(frozen=True, slots=True)
class Listings:
    """What one Query of a shard of a name's listings gave; more are there where not `complete`."""

    items: tuple[Item, ...]
    complete: bool


_WRITERS = 3
"""Listings to read for each player: one by each writer, of which there are seldom more."""


class Directory:
    """Finds the players of a board that are listed under a name."""

    def __init__(self, table: Table) -> None:
        """Read from a table."""
        self._table = table

    def reading(self, board: Board, key: str, limit: int) -> list[Callable[[], Listings]]:
        """Return the calls that read listings of a name, as many as `limit` players may have.

        One Query a shard: a name that many players share, as `Player 1`, is spread like them.
        """
        return [
            partial(self._listings, schema.names(board.board_id, key, shard), limit * _WRITERS)
            for shard in range(board.shards)
        ]

    def _listings(self, partition: str, limit: int) -> Listings:
        found = self._table.query(
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": partition}},
            Limit=limit,
        )["Items"]
        return Listings(tuple(found), complete=len(found) < limit)


def players_of(listings: Sequence[Listings], limit: int) -> tuple[tuple[Player, ...], bool]:
    """Return up to `limit` whom listings name, each once, by id; and whether there are no more."""
    found: dict[PlayerId, Player] = {}
    for item in chain.from_iterable(each.items for each in listings):
        player = listed_player(item)
        found.setdefault(player.player_id, player)
    players = tuple(found[player_id] for player_id in sorted(found)[:limit])
    return players, len(found) <= limit and all(each.complete for each in listings)
