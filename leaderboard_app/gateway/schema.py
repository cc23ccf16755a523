"""The table's names: its keys and indexes, each built in one place.

See docs/architecture.md for the chart of what is asked and how.
"""

from __future__ import annotations

from datetime import date, datetime

from leaderboard_app.domain import moments, standings
from leaderboard_app.domain.allowances import Client
from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.countries import Country
from leaderboard_app.domain.keys import KeyId
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
KEYS = "key"
MODERATED = "moderated"
"""The partition that lists the players whose profile takes something from them."""

_TIES = 10**9
_PLAYER = "player#"
_DRAINING = "#draining"
_REVOKED = "#revoked"


def player(player_id: PlayerId) -> str:
    """Return the partition of a player."""
    return _PLAYER + player_id.value


def player_id(partition: str) -> PlayerId:
    """Return the player of a partition."""
    return PlayerId(partition.removeprefix(_PLAYER))


def player_of(partition: str) -> str:
    """Return the player's id of a partition as it stands there, of which a walk meets millions."""
    return partition[len(_PLAYER) :]


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


def revocation(key_id: KeyId) -> str:
    """Return the sort key of the item that says since when an API key is revoked."""
    return key_id.value + _REVOKED


def is_revocation(sort_key: str) -> bool:
    """Say whether a sort key in the keys' partition is a revocation's."""
    return sort_key.endswith(_REVOKED)


def standings_of(board_id: str, period: Period) -> str:
    """Return the partition of what regions know of a ranking as a whole."""
    return f"standings#{board_id}#{period.key}"


def names(board_id: str, key: str, shard: int) -> str:
    """Return the partition of a shard of a board's players who are listed under a name's key."""
    return f"name#{board_id}#{shard}#{key}"


def listing(player_id: PlayerId, writer: str) -> str:
    """Return the sort key of a player's listing by a writer."""
    return f"{player_id}#{writer}"


def listed(sort_key: str) -> PlayerId:
    """Return the player of a listing's sort key: an id has no #."""
    return PlayerId(sort_key.split("#", 1)[0])


def changes(board_id: str) -> str:
    """Return the partition of the markers that say which of a board's rankings changed."""
    return f"changed#{board_id}"


def winners(board_id: str) -> str:
    """Return the partition of what regions keep of each ranking that they walked: its winners."""
    return f"winners#{board_id}"


def walk(board_id: str, period: Period) -> str:
    """Return the partition of a ranking's walks that are under way."""
    return f"walk#{board_id}#{period.key}"


def of_region(region: str, period: Period) -> str:
    """Return the sort key of what a region keeps of a ranking."""
    return f"{region}#{period.key}"


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


def allowance(client: Client, minute: datetime) -> str:
    """Return the partition of what a client did in a minute."""
    return f"allowance#{client.name}#{minute:%Y-%m-%dT%H:%MZ}"


def board_key(board_id: str, period: Period, shard: int) -> str:
    """Return the key of a shard of a ranking."""
    return f"{board_id}#{period.key}#{shard}"


def country_key(board_id: str, period: Period, country: Country, shard: int) -> str:
    """Return the key of a shard of a country's ranking."""
    return f"{board_id}#{period.key}#{country.code}#{shard}"


def recent(board_id: str, day: date, shard: int) -> str:
    """Return the index key of a shard of a board's submissions of a day.

    It has four parts, a ranking's has three: whatever boards are called, none is the other.
    """
    return f"recent#{board_id}#{day.isoformat()}#{shard}"


def held(board_id: str, shard: int) -> str:
    """Return the index key of a shard of a board's held submissions; four parts, too."""
    return f"held#{board_id}#waiting#{shard}"


def recent_standing(submission_id: SubmissionId) -> int:
    """Return what orders submissions in those lists: their time, and no two are equal."""
    return moments.to_ms(submission_id.achieved_at) * _TIES + int(submission_id) % _TIES


def removal_of(sort_key: str) -> str:
    """Return the sort key of the removal of a submission, by the submission's."""
    _, board_id, _, submission_id = sort_key.split("#", 3)
    return f"board#{board_id}#removal#{submission_id}"


def acts(year: int, month: int) -> str:
    """Return the partition of what was decided in a month, in UTC."""
    return f"act#{year:04}-{month:02}"


def act(at: datetime, act_id: str) -> str:
    """Return the sort key of a decision: in the order of time."""
    return f"{moments.to_ms(at):013}#{act_id}"


def shard_of(player_id: PlayerId, board: Board) -> int:
    """Return the shard that a player's new entries on a board go to."""
    return standings.shard_of(player_id, board.shards_written)


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
