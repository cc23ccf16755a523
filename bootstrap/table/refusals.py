"""What is there and can't be mended by a step: said in one line, with what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bootstrap.exits import Problem
from bootstrap.table.shape import BILLING, INDEX_KEYS, PROJECTION, STREAM, TABLE_KEYS, TYPES, Keys
from bootstrap.table.state import ACTIVE, IN_THE_MAKING, TableState
from leaderboard_app.deployment import Deployment
from leaderboard_app.gateway.schema import SHOWN_ATTRIBUTES, TTL_ATTRIBUTE

_ANOTHER_NAME = "This can't be changed: remove that table, or choose another project_name"


def check(deployment: Deployment, states: Mapping[str, TableState | None], home: str) -> None:
    """Do nothing where steps can mend what is there.

    Raises:
        Problem: they can't; it names the first thing that differs.
    """
    for region, state in states.items():
        if state:
            for reason in (*_shape(state), *_standing_alone(region, states[home], home)):
                raise Problem(f"Table {deployment.table} in {region} {reason}.")


def _shape(state: TableState) -> Iterator[str]:
    """Yield what is wrong with a table by itself, the worst first."""
    if state.status not in {ACTIVE, *IN_THE_MAKING}:
        yield f"is {state.status}: wait until that is over, then run apply again"
    if state.keys != TABLE_KEYS:
        found, wanted = _named(state.keys), _named(TABLE_KEYS)
        yield f"has the keys {found} instead of {wanted}. {_ANOTHER_NAME}"
    for name, kind in state.types.items():
        if kind != TYPES.get(name, kind):
            yield f"has the key {name} of type {kind} instead of {TYPES[name]}. {_ANOTHER_NAME}"
    if state.billing != BILLING:
        yield (
            f"is billed as {state.billing} instead of {BILLING}: switch it with aws dynamodb "
            f"update-table --billing-mode {BILLING}, then run apply again"
        )
    if state.stream not in {None, STREAM}:
        yield (
            f"has a stream of {state.stream} instead of {STREAM}: turn the stream off, "
            "then run apply again"
        )
    if state.ttl not in {None, TTL_ATTRIBUTE}:
        wrong = f"lets items expire at {state.ttl} instead of {TTL_ATTRIBUTE}"
        yield f"{wrong}: turn its time to live off, then run apply again"
    yield from _indexes(state)
    yield from _replicas(state)


def _indexes(state: TableState) -> Iterator[str]:
    cure = "delete that index, then run apply again, which makes it anew"
    for name, keys in INDEX_KEYS.items():
        index = state.indexes.get(name)
        if index is None:
            continue
        if index.status not in {ACTIVE, *IN_THE_MAKING}:
            yield f"has its index {name} {index.status}: wait until that is over, then run again"
        if index.keys != keys:
            found, wanted = _named(index.keys), _named(keys)
            yield f"has the index {name} on {found} instead of {wanted}: {cure}"
        if (index.projection, index.attributes) != (PROJECTION, frozenset(SHOWN_ATTRIBUTES)):
            found = f"{index.projection} {' '.join(sorted(index.attributes))}".strip()
            wanted = f"{PROJECTION} {' '.join(sorted(SHOWN_ATTRIBUTES))}"
            yield f"has the index {name} projecting {found} instead of {wanted}: {cure}"


def _replicas(state: TableState) -> Iterator[str]:
    for region, status in state.replicas.items():
        if status not in {ACTIVE, *IN_THE_MAKING}:
            yield f"has a replica in {region} that is {status}: mend that first, then run again"


def _standing_alone(region: str, at_home: TableState | None, home: str) -> Iterator[str]:
    if region != home and at_home and region not in at_home.replicas:
        yield (
            f"is no replica of the one in {home}, and two tables can't be joined: "
            "remove one of them, then run apply again"
        )


def _named(keys: Keys) -> str:
    return " and ".join(keys)
