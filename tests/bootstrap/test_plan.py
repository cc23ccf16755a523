"""The plan: the steps from what is there to what should be, by values alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bootstrap.exits import Problem
from bootstrap.table.plan import Action, States, Step, plan
from bootstrap.table.shape import INDEX_KEYS, TABLE_KEYS, TYPES
from bootstrap.table.state import IndexState, TableState
from leaderboard_app.deployment import Deployment, Stage

OREGON, DUBLIN, SYDNEY = "us-west-2", "eu-west-1", "ap-southeast-2"
THREE = Deployment(
    "arcade", (Stage("oregon", OREGON), Stage("dublin", DUBLIN), Stage("sydney", SYDNEY))
)
REGIONS = THREE.regions
SHOWN = frozenset({"name", "country", "expires_at"})
INDEXES = {name: IndexState(keys, "INCLUDE", SHOWN) for name, keys in INDEX_KEYS.items()}
BARE = TableState(TABLE_KEYS, TYPES, "PAY_PER_REQUEST", stream=None, indexes={})
WHOLE = replace(
    BARE,
    stream="NEW_AND_OLD_IMAGES",
    indexes=INDEXES,
    ttl="expires_at",
    protected=True,
    recoverable=True,
)
CREATED = "create the table arcade-leaderboard: on demand, 2 indexes, a stream, deletion protection"
NOTHING: States = dict.fromkeys(REGIONS)


def whole_in(region: str) -> TableState:
    return replace(WHOLE, replicas={r: "ACTIVE" for r in REGIONS if r != region})


EVERYTHING: States = {region: whole_in(region) for region in REGIONS}


def planned(states: States, found: frozenset[str] = frozenset({"global"})) -> list[str]:
    return [str(step) for step in plan(THREE, states, ["global"], found)]


def refusal(**changes: object) -> str:
    """Return what is said of Oregon's table where these attributes are different."""
    wrong = replace(EVERYTHING[OREGON] or WHOLE, **changes)  # type: ignore[arg-type]
    with pytest.raises(Problem) as refused:
        plan(THREE, {**EVERYTHING, OREGON: wrong}, ["global"], ["global"])
    return refused.value.message


def test_nothing_is_left_to_do_where_everything_is_in_place() -> None:
    assert planned(EVERYTHING) == []


def test_where_nothing_is_there_everything_is_made_in_order() -> None:
    assert planned(NOTHING, frozenset()) == [
        f"us-west-2: {CREATED}",
        "us-west-2: let items expire at expires_at",
        "us-west-2: turn on point-in-time recovery",
        "us-west-2: add the replica in eu-west-1",
        "eu-west-1: turn on point-in-time recovery",
        "eu-west-1: turn on deletion protection",
        "us-west-2: add the replica in ap-southeast-2",
        "ap-southeast-2: turn on point-in-time recovery",
        "ap-southeast-2: turn on deletion protection",
        "us-west-2: add the board global",
    ]


def test_a_region_added_to_the_stages_gets_its_replica_and_nothing_else_changes() -> None:
    two = replace(WHOLE, replicas={DUBLIN: "ACTIVE"})
    states = {OREGON: two, DUBLIN: replace(two, replicas={OREGON: "ACTIVE"}), SYDNEY: None}

    assert planned(states) == [
        "us-west-2: add the replica in ap-southeast-2",
        "ap-southeast-2: turn on point-in-time recovery",
        "ap-southeast-2: turn on deletion protection",
    ]


def test_a_new_first_region_becomes_a_replica_of_the_table_that_is_there() -> None:
    there = replace(WHOLE, replicas={SYDNEY: "ACTIVE"})
    states = {OREGON: None, DUBLIN: there, SYDNEY: replace(there, replicas={DUBLIN: "ACTIVE"})}

    assert planned(states)[0] == "eu-west-1: add the replica in us-west-2"


def test_a_table_that_lost_its_indexes_stream_and_safeguards_gets_them_back() -> None:
    bare = replace(BARE, replicas=whole_in(OREGON).replicas)

    assert planned({**EVERYTHING, OREGON: bare}) == [
        "us-west-2: turn on the stream, which replicas need",
        "us-west-2: create the index Board-Score-Index",
        "us-west-2: create the index Country-Score-Index",
        "us-west-2: let items expire at expires_at",
        "us-west-2: turn on point-in-time recovery",
        "us-west-2: turn on deletion protection",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "UPDATING"},
        {"indexes": {**INDEXES, "Extra": IndexState(("a",), "ALL", status="CREATING")}},
        {"replicas": {DUBLIN: "CREATING", SYDNEY: "ACTIVE"}},
    ],
)
def test_what_an_earlier_run_left_under_way_is_waited_for_first(
    change: Mapping[str, object],
) -> None:
    unsettled = replace(whole_in(OREGON), **change)  # type: ignore[arg-type]

    steps = plan(THREE, {**EVERYTHING, OREGON: unsettled}, ["global"], [])

    assert steps[0] == Step(Action.WAIT, OREGON)
    assert steps[-1] == Step(Action.ADD_BOARD, OREGON, "global")


def test_a_board_that_is_there_is_left_alone_whatever_else_is() -> None:
    assert planned(EVERYTHING, frozenset({"global", "speedrun"})) == []
    assert planned(EVERYTHING, frozenset({"speedrun"})) == ["us-west-2: add the board global"]


def test_replicas_and_indexes_that_nobody_asked_for_are_left_alone() -> None:
    more = replace(
        whole_in(OREGON),
        replicas={**whole_in(OREGON).replicas, "sa-east-1": "ACTIVE"},
        indexes={**INDEXES, "Extra": IndexState(("a",), "ALL")},
    )

    assert planned({**EVERYTHING, OREGON: more}) == []


def test_other_keys_are_refused() -> None:
    assert refusal(keys=("id",)) == (
        "Table arcade-leaderboard in us-west-2 has the keys id instead of pk and sk. This can't "
        "be changed: remove that table, or choose another project_name."
    )


def test_keys_of_another_type_are_refused() -> None:
    assert "has the key standing of type S instead of N" in refusal(types={"standing": "S"})


def test_provisioned_billing_is_refused() -> None:
    assert "is billed as PROVISIONED instead of PAY_PER_REQUEST" in refusal(billing="PROVISIONED")


def test_a_stream_that_shows_less_is_refused() -> None:
    assert "has a stream of KEYS_ONLY" in refusal(stream="KEYS_ONLY")


def test_an_expiry_by_another_attribute_is_refused() -> None:
    assert "lets items expire at ttl instead of expires_at" in refusal(ttl="ttl")


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (IndexState(("board_key", "score"), "INCLUDE", SHOWN), "on board_key and score instead of"),
        (IndexState(("board_key", "standing"), "ALL"), "projecting ALL instead of INCLUDE country"),
        (
            IndexState(("board_key", "standing"), "INCLUDE", frozenset({"name"})),
            "projecting INCLUDE name instead of INCLUDE country expires_at name",
        ),
        (IndexState(("board_key", "standing"), "INCLUDE", SHOWN, "DELETING"), "DELETING: wait"),
    ],
)
def test_an_index_of_another_shape_is_refused(index: IndexState, said: str) -> None:
    assert said in refusal(indexes={**INDEXES, "Board-Score-Index": index})


@pytest.mark.parametrize("status", ["DELETING", "ARCHIVED", "INACCESSIBLE_ENCRYPTION_CREDENTIALS"])
def test_a_table_that_is_on_its_way_out_is_refused(status: str) -> None:
    assert f"is {status}: wait until that is over" in refusal(status=status)


def test_a_replica_that_failed_is_refused() -> None:
    failed = {DUBLIN: "CREATION_FAILED", SYDNEY: "ACTIVE"}

    assert "has a replica in eu-west-1 that is CREATION_FAILED" in refusal(replicas=failed)


def test_two_separate_tables_of_one_name_are_refused() -> None:
    with pytest.raises(Problem, match="eu-west-1 is no replica of the one in us-west-2"):
        planned({OREGON: WHOLE, DUBLIN: WHOLE, SYDNEY: None})


def done(states: States, step: Step) -> States:
    """Return the states once DynamoDB has done a step, as far as the plan can see."""
    state, region = states[step.region], step.region
    match step.action:
        case Action.CREATE_TABLE:
            made = replace(BARE, stream=WHOLE.stream, indexes=INDEXES, protected=True)
            return {**states, region: made}
        case Action.ADD_REPLICA:
            assert state
            assert state.stream
            assert states[step.subject] is None
            return with_replica(states, region, step.subject)
        case _:
            assert state
            return {**states, region: changed(state, step)}


def changed(state: TableState, step: Step) -> TableState:
    match step.action:
        case Action.ENABLE_STREAM:
            return replace(state, stream="NEW_AND_OLD_IMAGES")
        case Action.CREATE_INDEX:
            indexes = {**state.indexes, step.subject: INDEXES[step.subject]}
            return replace(state, indexes=indexes)
        case Action.ENABLE_TTL:
            return replace(state, ttl=step.subject)
        case Action.ENABLE_RECOVERY:
            return replace(state, recoverable=True)
        case Action.PROTECT:
            return replace(state, protected=True)
        case _:
            return state


def with_replica(states: States, home: str, region: str) -> States:
    """Return the states with one region more in the group, its safeguards off."""
    at_home = states[home]
    assert at_home
    group = {home, region, *at_home.replicas}
    copied = replace(at_home, protected=False, recoverable=False)
    members = {**states, region: copied}
    return {
        name: replace(state, replicas=dict.fromkeys(group - {name}, "ACTIVE"))
        if state and name in group
        else state
        for name, state in members.items()
    }


TABLES = st.builds(
    replace,
    st.just(BARE),
    stream=st.sampled_from([None, "NEW_AND_OLD_IMAGES"]),
    indexes=st.sets(st.sampled_from(sorted(INDEXES))).map(lambda n: {k: INDEXES[k] for k in n}),
    ttl=st.sampled_from([None, "expires_at"]),
    protected=st.booleans(),
    recoverable=st.booleans(),
)


@given(table=TABLES, there=st.sets(st.sampled_from(REGIONS)), cuts=st.lists(st.integers(0, 4)))
def test_from_whatever_a_cut_off_run_left_the_next_one_ends_with_everything_in_place(
    table: TableState, there: set[str], cuts: list[int]
) -> None:
    streaming = replace(table, stream=table.stream if len(there) < 2 else "NEW_AND_OLD_IMAGES")
    states: States = {
        region: replace(streaming, replicas=dict.fromkeys(there - {region}, "ACTIVE"))
        if region in there
        else None
        for region in REGIONS
    }
    for count in cuts:
        for step in plan(THREE, states, [], [])[:count]:
            states = done(states, step)

    for step in plan(THREE, states, [], []):
        states = done(states, step)

    left = [step for step in plan(THREE, states, [], []) if step.action is not Action.CREATE_INDEX]
    assert left == []
