"""What every region shows, looked at once: tables, heartbeats, requests; for status and doctor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from bootstrap import aws
from bootstrap.exits import Denied, Problem
from bootstrap.steering.reaching import asking, stores
from bootstrap.table.shape import TABLE_KEYS, TYPES
from bootstrap.table.state import CREATING, TableState, look
from leaderboard_app.deployment import Deployment
from leaderboard_app.domain.regions import RegionState
from leaderboard_app.gateway.store import DynamoStore
from leaderboard_app.usecases.regions import complete

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(slots=True)
class Seen:
    """What one region shows.

    Attributes:
        table: its table; None where there is none.
        items: how many items DynamoDB last counted, up to six hours ago on AWS.
        states: every region of the deployment, as this one sees it.
        boards: ids; None where they can't be read.
        mends: how many mend requests wait here for this region.
        skew_seconds: how far this machine's clock is ahead of the region's; None where not told.
        problem: why the region can't be looked at, or not wholly.
    """

    table: TableState | None = None
    items: int = 0
    states: tuple[RegionState, ...] = ()
    boards: tuple[str, ...] | None = None
    mends: int = 0
    skew_seconds: float | None = None
    problem: Problem | None = field(default=None, repr=False)


def survey(deployment: Deployment, clock: Callable[[], datetime]) -> dict[str, Seen]:
    """Return what each region shows.

    Raises:
        Problem: the environment names an address or a profile that can't be used.
    """
    clients, by_region = aws.dynamodb(deployment.regions), stores(deployment)
    return {
        region: _look(deployment, region, clients[region], by_region[region], clock)
        for region in deployment.regions
    }


def check(deployment: Deployment, found: dict[str, Seen]) -> None:
    """Do nothing where there is something to report on.

    Raises:
        Denied: AWS asks for other credentials.
        Problem: no region answers, none has a table, or a table of the name is somebody else's.
    """
    problems = [seen.problem for seen in found.values() if seen.problem]
    for problem in problems:
        if isinstance(problem, Denied) or len(problems) == len(found):
            raise problem
    for region, seen in found.items():
        if seen.table and is_foreign(seen.table):
            raise Problem(foreign(deployment, region))
    if not problems and not any(seen.table for seen in found.values()):
        where = " or ".join(found)
        raise Problem(
            f"There is no table {deployment.table} in {where}. Run python -m bootstrap apply."
        )


def is_foreign(table: TableState) -> bool:
    """Say whether a table has keys that no table of ours has."""
    return table.keys != TABLE_KEYS or any(
        kind != TYPES.get(name, kind) for name, kind in table.types.items()
    )


def foreign(deployment: Deployment, region: str) -> str:
    """Return what to say of another project's table."""
    return (
        f"Table {deployment.table} in {region} belongs to another project, by its keys. "
        "Choose another project_name in zappa_settings.json, or the right account."
    )


def _look(
    deployment: Deployment,
    region: str,
    client: DynamoDBClient,
    store: DynamoStore,
    clock: Callable[[], datetime],
) -> Seen:
    seen = Seen()

    def note_date(http_response: Any, **_: object) -> None:  # noqa: ANN401 - botocore's own.
        told = http_response.headers.get("date") if http_response else None
        if told:
            seen.skew_seconds = (clock() - _utc(told)).total_seconds()

    client.meta.events.register("after-call.dynamodb.DescribeTable", note_date)
    try:
        with asking(f"Could not look at table {deployment.table} in {region}"):
            seen.table = look(client, deployment.table)
            if seen.table and seen.table.status != CREATING and not is_foreign(seen.table):
                _read(deployment, region, client, store, seen)
    except Problem as problem:
        seen.problem = problem
    return seen


def _read(
    deployment: Deployment, region: str, client: DynamoDBClient, store: DynamoStore, seen: Seen
) -> None:
    described = client.describe_table(TableName=deployment.table)["Table"]
    seen.items = described.get("ItemCount", 0)
    seen.boards = tuple(board.board_id for board in store.boards())
    seen.states = complete(store.roster.states(), deployment.regions)
    seen.mends = len(store.moderation.mends_asked(region))


def _utc(told: str) -> datetime:
    moment = parsedate_to_datetime(told)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
