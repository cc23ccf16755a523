"""The table's names: its keys and indexes, each built in one place.

See docs/architecture.md for the chart of what is asked and how.
"""

from __future__ import annotations

from leaderboard_app.domain import standings
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.periods import Period
from leaderboard_app.domain.players import PlayerId
from leaderboard_app.domain.rankings import View
from leaderboard_app.domain.submissions import SubmissionId

PARTITION_KEY, SORT_KEY = "pk", "sk"
STANDING = "standing"
TTL_ATTRIBUTE = "expires_at"

BOARD_INDEX, BOARD_KEY = "Board-Score-Index", "board_key"
COUNTRY_INDEX, COUNTRY_KEY = "Country-Score-Index", "country_key"

SHOWN_ATTRIBUTES = ("name", "country", TTL_ATTRIBUTE)
"""What the indexes carry beside keys: what a row shows. Score and time are in the standing."""

BOARDS = "board"
PROFILE = "profile"
REGIONS = "region"
MODERATED = "moderated"
"""The partition that lists the players whose profile takes something from them."""

_PLAYER = "player#"
_DRAINING = "#draining"


def player(player_id: PlayerId) -> str:
    """Return the partition of a player."""
    return _PLAYER + player_id.value


def player_id(partition: str) -> PlayerId:
    """Return the player of a partition."""
    return PlayerId(partition.removeprefix(_PLAYER))


def entry(board_id: str, period: Period, writer: str) -> str:
    """Return the sort key of an entry."""
    return f"board#{board_id}#entry#{period.key}#{writer}"


def submission(board_id: str, submission_id: SubmissionId) -> str:
    """Return the sort key of a submission."""
    return f"board#{board_id}#submission#{submission_id}"


def removal(board_id: str, submission_id: SubmissionId) -> str:
    """Return the sort key of a removal."""
    return f"board#{board_id}#removal#{submission_id}"


def mends(region: str) -> str:
    """Return the partition of a region's mend requests."""
    return f"mend#{region}"


def mend(player_id: PlayerId, act_id: str) -> str:
    """Return the sort key of a mend request."""
    return f"{act_id}#{player_id}"


def draining(region: str) -> str:
    """Return the sort key of the item that says whether a region is draining."""
    return region + _DRAINING


def region(sort_key: str) -> str:
    """Return the region of a sort key in the regions' partition."""
    return sort_key.removesuffix(_DRAINING)


def standings_of(board_id: str, period: Period) -> str:
    """Return the partition of what regions know of a ranking as a whole."""
    return f"standings#{board_id}#{period.key}"


def everything_on(board_id: str) -> str:
    """Return what the sort keys of all a player's items on a board begin with."""
    return f"board#{board_id}#"


def entries_and_removals(board_id: str) -> tuple[str, str]:
    """Return the sort keys that a board's entries and removals lie between: neighbours."""
    return f"board#{board_id}#entry#", f"board#{board_id}#removal$"


def submissions(board_id: str) -> str:
    """Return what the sort keys of a board's submissions begin with."""
    return f"board#{board_id}#submission#"


def is_submission(sort_key: str) -> bool:
    """Say whether a sort key of a player's items on a board is a submission's."""
    return sort_key.split("#", 3)[2] == "submission"


def is_removal(sort_key: str) -> bool:
    """Say whether a sort key between a board's entries and removals is a removal's."""
    return sort_key.split("#", 3)[2] == "removal"


def board_key(board_id: str, period: Period, shard: int) -> str:
    """Return the key of a shard of a ranking."""
    return f"{board_id}#{period.key}#{shard}"


def country_key(board_id: str, period: Period, country: Country, shard: int) -> str:
    """Return the key of a shard of a country's ranking."""
    return f"{board_id}#{period.key}#{country.code}#{shard}"


def shard_of(player_id: PlayerId, board: Board) -> int:
    """Return the shard that a player's new entries on a board go to."""
    return standings.shard_of(player_id, board.shards)


def index_of(view: View) -> tuple[str, str]:
    """Return the index that holds a view, and its partition key's name."""
    return (COUNTRY_INDEX, COUNTRY_KEY) if view.country else (BOARD_INDEX, BOARD_KEY)


def shards_of(view: View) -> list[str]:
    """Return the index partitions that hold a view."""
    board_id, period, country = view.board.board_id, view.period, view.country
    shards = range(view.board.shards)
    if country:
        return [country_key(board_id, period, country, shard) for shard in shards]
    return [board_key(board_id, period, shard) for shard in shards]
