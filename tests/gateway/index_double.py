"""A table in memory that holds a million standings, and counts calls and capacity units exactly.

It stands in for botocore's client under the real gateway: `store_on(double)`. Queries find their
place by bisection, pages end at 1 MB, and units are DynamoDB's (0.5 for each 4 KB read eventually,
1 consistently; 1 for each KB written). `fill` ranks any number of players without an item for
each; what is put by the gateway is ranked beside them.
"""

from __future__ import annotations

import bisect
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from botocore.exceptions import ClientError

from leaderboard_app.domain.boards import Board
from leaderboard_app.domain.periods import Period
from leaderboard_app.gateway import schema
from leaderboard_app.gateway.clock import utc_now
from leaderboard_app.gateway.items import Item
from leaderboard_app.gateway.store import DynamoStore
from tests.worlds import OREGON

T = TypeVar("T")
Answer = dict[str, Any]
Key = tuple[str, str]

ROW_BYTES = 170
"""What a row of an index weighs: its keys, the table's keys, name, country and expiry."""
PAGE_BYTES, READ_UNIT_BYTES, WRITE_UNIT_BYTES = 2**20, 4096, 1024

_INDEXES = {schema.BOARD_INDEX: schema.BOARD_KEY, schema.COUNTRY_INDEX: schema.COUNTRY_KEY}
_CLAUSE = re.compile(r"(attribute_not_exists)\((\w+)\)|(\w+) (<=|<|>|=) (:\w+)")
_KEY_CLAUSE = re.compile(
    r"(?P<key>\w+) (?P<op>=|<|>) (?P<value>:\w+)|begins_with\((?P<prefixed>\w+), (?P<prefix>:\w+)\)"
    r"|(?P<between>\w+) BETWEEN (?P<low>:\w+) AND (?P<high>:\w+)"
)


class OneByOne:
    """A fanout that makes its calls one after the other: no thread, so every run is the same."""

    def __init__(self) -> None:
        self.rounds: list[int] = []
        """How many calls each round trip made at once."""

    def at_once(self, calls: Sequence[Callable[[], T]]) -> list[T]:
        if calls:
            self.rounds.append(len(calls))
        return [call() for call in calls]


class Ranked:
    """One partition of an index: standings, rising, and whose they are."""

    def __init__(self, standings: Sequence[int] = (), keys: Sequence[Key | int] = ()) -> None:
        self.standings = list(standings)
        self.keys: list[Key | int] | array[int] = array("L", keys) if keys else []  # type: ignore[arg-type]

    def add(self, standing: int, key: Key) -> None:
        if isinstance(self.keys, array):
            self.keys = list(self.keys)
        at = self.place_of(standing, key)
        self.standings.insert(at, standing)
        self.keys.insert(at, key)

    def place_of(self, standing: int, key: Key) -> int:
        """Return where a key stands or would stand: those of one standing are in their order."""
        at = bisect.bisect_left(self.standings, standing)
        while at < len(self.standings) and self.standings[at] == standing:
            if key_of(self.keys[at]) >= key:
                break
            at += 1
        return at

    def drop(self, standing: int, key: Key) -> None:
        at = bisect.bisect_left(self.standings, standing)
        while self.keys[at] != key:
            at += 1
        del self.standings[at], self.keys[at]


class IndexDouble:
    """The calls of a DynamoDB client that the gateway makes.

    Attributes:
        calls: how many of each operation.
        units: capacity units by operation.
        items: what was put, by key; filled players have none.
    """

    def __init__(self, row_bytes: int = ROW_BYTES, page_bytes: int = PAGE_BYTES) -> None:
        self.calls: Counter[str] = Counter()
        self.units: Counter[str] = Counter()
        self.items: dict[str, dict[str, Item]] = defaultdict(dict)
        self._row_bytes = row_bytes
        self._page_rows = max(1, page_bytes // row_bytes)
        self._indexes: dict[tuple[str, str], Ranked] = {}
        self._filled: dict[str, Sequence[int]] = {}

    def fill(self, board: Board, period: Period, standings: Sequence[int]) -> None:
        """Rank players `p0`, `p1` … with these standings, in place of any that were."""
        self._filled[schema.entry(board.board_id, period, OREGON)] = standings
        order = sorted(range(len(standings)), key=standings.__getitem__)
        for shard in range(board.shards):
            numbers = [n for n in order if n % board.shards == shard]
            key = schema.BOARD_INDEX, schema.board_key(board.board_id, period, shard)
            self._indexes[key] = Ranked([standings[n] for n in numbers], numbers)

    # The calls of the client -------------------------------------------------------------------

    def query(self, **asked: Any) -> Answer:  # noqa: ANN401 - boto3's words.
        self.calls["Query"] += 1
        if "IndexName" in asked:
            return self._query_index(**asked)
        conditions = dict(_conditions(asked))
        pk = conditions.pop("pk")[1]
        found = [i for sk, i in sorted(self._partition(pk).items()) if _holds(conditions, sk)]
        if not asked.get("ScanIndexForward", True):
            found.reverse()
        found = found[: asked.get("Limit")]
        self._read("Query", sum(map(size_of, found)), consistent=asked.get("ConsistentRead", False))
        return {"Items": found, "Count": len(found)}

    def get_item(self, **asked: Any) -> Answer:  # noqa: ANN401
        self.calls["GetItem"] += 1
        item = self._find(asked["Key"])
        size = size_of(item) if item else 0
        self._read("GetItem", size, consistent=asked.get("ConsistentRead", False))
        return {"Item": item} if item else {}

    def batch_get_item(self, **asked: Any) -> Answer:  # noqa: ANN401
        self.calls["BatchGetItem"] += 1
        ((table, wanted),) = asked["RequestItems"].items()
        found = [self._find(key) for key in wanted["Keys"]]
        for item in found:
            size = size_of(item) if item else 0
            self._read("BatchGetItem", size, consistent=wanted.get("ConsistentRead", False))
        return {"Responses": {table: [item for item in found if item]}, "UnprocessedKeys": {}}

    def put_item(self, **asked: Any) -> Answer:  # noqa: ANN401
        self.calls["PutItem"] += 1
        item = asked["Item"]
        self.units["PutItem"] += -(-size_of(item) // WRITE_UNIT_BYTES)
        self._check(self._find(item), asked, "PutItem")
        self._store(item)
        return {}

    def update_item(self, **asked: Any) -> Answer:  # noqa: ANN401
        self.calls["UpdateItem"] += 1
        old = self._find(asked["Key"])
        self._check(old, asked, "UpdateItem")
        item = dict(old or asked["Key"])
        for clause in asked["UpdateExpression"].removeprefix("SET ").split(", "):
            name, value = clause.split(" = ")
            item[name] = asked["ExpressionAttributeValues"][value]
        self.units["UpdateItem"] += -(-size_of(item) // WRITE_UNIT_BYTES)
        self._store(item)
        return {"Attributes": item} if asked.get("ReturnValues") == "ALL_NEW" else {}

    def delete_item(self, **asked: Any) -> Answer:  # noqa: ANN401
        self.calls["DeleteItem"] += 1
        self.units["DeleteItem"] += 1
        old = self._find(asked["Key"])
        self._check(old, asked, "DeleteItem")
        if old:
            self._unindex(old)
            del self.items[old["pk"]["S"]][old["sk"]["S"]]
        return {}

    def transact_write_items(self, **asked: Any) -> Answer:  # noqa: ANN401
        """Do puts and deletes that nothing stands against: conditions are not looked at."""
        for action in asked["TransactItems"]:
            if put := action.get("Put"):
                assert "ConditionExpression" not in put, "the double has no conditions here"
                self.put_item(Item=put["Item"])
            else:
                self.delete_item(Key=action["Delete"]["Key"])
        return {}

    # What is behind them -----------------------------------------------------------------------

    def _query_index(self, **asked: Any) -> Answer:  # noqa: ANN401
        index = asked["IndexName"]
        conditions = dict(_conditions(asked))
        shard = self._indexes.get((index, conditions[_INDEXES[index]][1]), Ranked())
        places = self._places(shard, asked, conditions.get(schema.STANDING))
        limit = min(asked.get("Limit", self._page_rows), self._page_rows)
        taken = places[:limit]
        self._read("Query", len(taken) * self._row_bytes, consistent=False)
        answer: Answer = {"Count": len(taken)}
        if asked.get("Select") != "COUNT":
            projected = _projected(asked)
            answer["Items"] = [self._row(shard, place, index, projected) for place in taken]
        # As DynamoDB does: a page that its limit ended has a key, though nothing may follow.
        if taken and (len(places) > limit or len(taken) == asked.get("Limit")):
            answer["LastEvaluatedKey"] = self._row(shard, taken[-1], index, {"pk", "sk"})
            answer["LastEvaluatedKey"]["standing"] = {"N": str(shard.standings[taken[-1]])}
        return answer

    def _places(self, shard: Ranked, asked: Answer, bound: tuple[str, str] | None) -> Sequence[int]:
        low, high = 0, len(shard.standings)
        if bound and bound[0] not in {"<", ">"}:
            low = bisect.bisect_left(shard.standings, int(bound[0]))
            high = bisect.bisect_right(shard.standings, int(bound[1]))
        elif bound and bound[0] == "<":
            high = bisect.bisect_left(shard.standings, int(bound[1]))
        elif bound:
            low = bisect.bisect_right(shard.standings, int(bound[1]))
        forward = asked.get("ScanIndexForward", True)
        if after := asked.get("ExclusiveStartKey"):
            # What it names may be gone by now: its place is still known.
            key = after["pk"]["S"], after["sk"]["S"]
            at = shard.place_of(int(after["standing"]["N"]), key)
            is_there = at < len(shard.keys) and key_of(shard.keys[at]) == key
            low, high = (at + is_there, high) if forward else (low, at)
        return range(low, high) if forward else range(high - 1, low - 1, -1)

    def _row(self, shard: Ranked, place: int, index: str, projected: set[str] | None) -> Item:
        key = shard.keys[place]
        if isinstance(key, int):
            item: Item = {
                "pk": {"S": key_of(key)[0]},
                "standing": {"N": str(shard.standings[place])},
            }
            if projected != {"pk", "standing"}:
                item |= {"sk": {"S": "?"}, "name": {"S": f"P{key}"}, "country": {"S": "FI"}}
        else:
            shown = {"pk", "sk", _INDEXES[index], "standing", *schema.SHOWN_ATTRIBUTES}
            stored = self.items[key[0]][key[1]]
            item = {name: value for name, value in stored.items() if name in shown}
        return {n: v for n, v in item.items() if projected is None or n in projected}

    def _partition(self, pk: str) -> dict[str, Item]:
        """Return a partition's items, those of a filled player among them."""
        found = dict(self.items.get(pk, {}))
        number = pk.removeprefix("player#p")
        if pk.startswith("player#p") and number.isdecimal():
            for sort, standings in self._filled.items():
                if int(number) < len(standings) and sort not in found:
                    found[sort] = _entry(pk, sort, int(number), standings[int(number)])
        return found

    def _find(self, key: Mapping[str, Any]) -> Item | None:
        return self._partition(key["pk"]["S"]).get(key["sk"]["S"])

    def _store(self, item: Item) -> None:
        key = item["pk"]["S"], item["sk"]["S"]
        if old := self.items[key[0]].get(key[1]):
            self._unindex(old)
        self.items[key[0]][key[1]] = dict(item)
        for index, name in _INDEXES.items():
            if name in item:
                shard = self._indexes.setdefault((index, item[name]["S"]), Ranked())
                shard.add(int(item["standing"]["N"]), key)

    def _unindex(self, item: Item) -> None:
        for index, name in _INDEXES.items():
            if name in item:
                key = item["pk"]["S"], item["sk"]["S"]
                self._indexes[index, item[name]["S"]].drop(int(item["standing"]["N"]), key)

    def _read(self, operation: str, size: int, *, consistent: bool) -> None:
        blocks = max(1, -(-size // READ_UNIT_BYTES))
        self.units[operation] += blocks if consistent else blocks / 2  # type: ignore[assignment]

    def _check(self, old: Item | None, asked: Answer, operation: str) -> None:
        expression = asked.get("ConditionExpression")
        if expression and not any(
            _passes(old or {}, clause, asked.get("ExpressionAttributeValues", {}))
            for clause in expression.split(" OR ")
        ):
            error: Any = {"Error": {"Code": "ConditionalCheckFailedException", "Message": ""}}
            raise ClientError(error, operation)


def store_on(
    double: IndexDouble,
    region: str = OREGON,
    fanout: OneByOne | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> DynamoStore:
    """Return a region's store, the real gateway, whose client is the double."""
    return DynamoStore(
        region,
        "double-leaderboard",
        fanout=fanout or OneByOne(),
        client=cast("Any", double),
        clock=clock,
    )


def standings_of(scores: Iterable[int]) -> list[int]:
    """Return standings of `p0`, `p1` … with these scores, each in its own millisecond."""
    return [
        score * 10**22 + (10**13 - 1 - number) * 10**9 + number * 2_654_435_761 % 10**9
        for number, score in enumerate(scores)
    ]


def key_of(key: Key | int) -> Key:
    """Return the table's key of what an index holds; a filled player's is as good as one."""
    return (f"player#p{key}", "?") if isinstance(key, int) else key


def size_of(item: Mapping[str, Any]) -> int:
    """Return about what an item weighs in bytes."""
    return sum(len(name) + len(str(next(iter(value.values())))) for name, value in item.items())


def _entry(pk: str, sort: str, number: int, standing: int) -> Item:
    _, board_id, _, period, _ = sort.split("#")
    return {
        "pk": {"S": pk},
        "sk": {"S": sort},
        "standing": {"N": str(standing)},
        "score": {"N": str(standing // 10**22)},
        "submission_id": {"S": "019aafc4-f400-7000-8000-000000000000"},
        "name": {"S": f"P{number}"},
        "country": {"S": "FI"},
        "board_key": {"S": f"{board_id}#{period}#0"},
    }


def _conditions(asked: Answer) -> Iterator[tuple[str, tuple[str, str]]]:
    values = {
        name: next(iter(v.values())) for name, v in asked["ExpressionAttributeValues"].items()
    }
    for clause in _KEY_CLAUSE.finditer(asked["KeyConditionExpression"]):
        if clause["key"]:
            yield clause["key"], (clause["op"], values[clause["value"]])
        elif clause["prefixed"]:
            yield clause["prefixed"], ("prefix", values[clause["prefix"]])
        else:
            yield clause["between"], (values[clause["low"]], values[clause["high"]])


def _holds(conditions: Mapping[str, tuple[str, str]], sort: str) -> bool:
    if "sk" not in conditions:
        return True
    first, second = conditions["sk"]
    if first in {"prefix", "="}:
        return sort.startswith(second) if first == "prefix" else sort == second
    return first <= sort <= second


def _projected(asked: Answer) -> set[str] | None:
    if "ProjectionExpression" not in asked:
        return None
    names = asked.get("ExpressionAttributeNames", {})
    return {names.get(name, name) for name in asked["ProjectionExpression"].split(", ")}


def _passes(old: Item, clause: str, values: Mapping[str, Any]) -> bool:
    match = _CLAUSE.fullmatch(clause.strip())
    assert match, f"the double does not know {clause!r}"
    if match[1]:
        return match[2] not in old
    if match[3] not in old:
        return False
    ((kind, stored),) = old[match[3]].items()
    given = values[match[5]][kind]
    left, right = (int(stored), int(given)) if kind == "N" else (stored, given)
    return {"<=": left <= right, "<": left < right, ">": left > right, "=": left == right}[match[4]]
